"""From decided segments to the document."""
