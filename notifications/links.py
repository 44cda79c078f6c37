"""Which addresses of notices may be shown to others than the person who was told."""

OFFICE_PAGES = "/o/"


def for_others(path: str) -> str:
    """Return the path where it names a page that asks who reads it, else "".

    Other addresses (replies to invitations, answers to questions) carry a token: whoever has the
    link speaks for the person it was made for.
    """
    return path if path.startswith(OFFICE_PAGES) else ""
