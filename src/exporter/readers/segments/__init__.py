"""The page as a flat list of segments, and what each looks like."""
