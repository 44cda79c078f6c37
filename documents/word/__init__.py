"""Papers as Word files to edit: an official sheet, its shared parts, rich text, the emblem."""
