"""Scores that people give: by dimension, in private, by consensus, from outside; what if."""
