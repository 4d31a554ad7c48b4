"""Generated inputs for every reader."""
