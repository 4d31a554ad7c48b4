"""Compare official statements: what both report, what only one mentions, and on what evidence."""
