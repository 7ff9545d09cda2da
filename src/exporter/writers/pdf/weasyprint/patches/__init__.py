"""What is changed in the renderer while it runs."""
