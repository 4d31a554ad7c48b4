"""Topics: the scheme that defines them and the tagging of passages with them."""
