"""Unguessable parts of addresses that open something without signing in."""

import secrets

# Longer ones are none of ours; the database is not asked for them.
LONGEST_TOKEN = 40


def new_token() -> str:
    """Return 32 letters that nobody guesses (192 bits), safe in an address and a QR code."""
    return secrets.token_urlsafe(24)
