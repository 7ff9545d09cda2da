"""Writers: from a document to a file."""
