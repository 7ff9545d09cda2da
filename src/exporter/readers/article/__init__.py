"""Which segments are the article, and what each part of it is."""
