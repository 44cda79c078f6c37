"""Who may open what in reports: every member reads, the observer too."""

from tests.permission_matrix.table import EVERYONE, row
from tests.reports.award_rows import AWARD_ROWS, award_objects, more_awards


def objects(office):
    """Rows that addresses name; made once for our office and once for another."""
    return award_objects(office)


def more(office, count):
    """Further rows for each list: the number of queries must stay the same."""
    more_awards(office, count)


ROWS = [
    row("reports:index", get=EVERYONE),
    row("dashboards:director", get=EVERYONE),
    row("dashboards:unit", get=EVERYONE),
    row("dashboards:mine", get=EVERYONE),
    row("dashboards:red", get=EVERYONE),
    row("dashboards:red-export", get=EVERYONE),
    *AWARD_ROWS,
]
