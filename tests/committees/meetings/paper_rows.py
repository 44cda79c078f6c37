"""Matrix rows of this part of the meetings."""

ROWS: list = []


def objects(office):
    """Rows that addresses name."""
    return {}


def more(office, count):
    """Further rows for each list."""
