"""Alignment: which passages of two accounts report the same thing."""
