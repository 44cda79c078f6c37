"""Papers that were issued: frozen, numbered, listed, compared and verified."""
