"""How an office's papers look: emblem, logo, name, colours, size of text, who signs."""
