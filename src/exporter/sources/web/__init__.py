"""Pages on the web: what is done above :mod:`exporter.sources.fetch`, the one door to the network."""
