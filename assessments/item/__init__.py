"""The page of one item: its cards, texts that save themselves, links and last year."""
