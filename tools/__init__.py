"""Programs for those who work on exporter."""
