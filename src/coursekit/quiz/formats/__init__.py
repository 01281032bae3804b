"""One module per exchange format of item banks."""
