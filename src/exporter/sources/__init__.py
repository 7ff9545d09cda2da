"""Where pages come from: the one door to files."""
