"""Checks before a category is submitted: what must be mended, what deserves a look."""
