"""Display type: headline, initial, the metrics of faces, codes for cameras."""
