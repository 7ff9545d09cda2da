"""The one semantic markup that print and e-book share."""
