"""The renderer: started, called, overheard."""
