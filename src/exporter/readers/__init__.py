"""Readers: from a source to a document."""
