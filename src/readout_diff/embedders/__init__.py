"""Embedders: passages as vectors that can be compared across languages."""
