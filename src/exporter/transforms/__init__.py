"""Transforms: from document to document."""
