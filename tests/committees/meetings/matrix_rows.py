"""Who may open what of the meetings: each part keeps its rows, objects and further rows."""

from tests.committees.meetings import calling_rows, minutes_rows, paper_rows, people_rows

PARTS = (calling_rows, people_rows, minutes_rows, paper_rows)
ROWS = [row for part in PARTS for row in part.ROWS]


def objects(office, below):
    """Make the rows of each part in turn; `below` is what the committees have made.

    A part reads what those before it made as office["…"].
    """
    office.rows.update(below)
    for part in PARTS:
        office.rows.update(part.objects(office))
    return office.rows


def more(office, count):
    """Make further rows of each part: the number of queries must stay the same."""
    for part in PARTS:
        part.more(office, count)
