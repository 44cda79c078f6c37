"""Who may open what in reports: every member reads, the observer too."""

from tests.permission_matrix.table import DEPUTIES, DIRECTORS, EVERYONE, OFFICERS, row
from tests.reports.award_rows import AWARD_ROWS, award_objects, more_awards
from tests.reports.certificates import matrix_rows as certificate_rows
from tests.reports.letters import matrix_rows as letter_rows


def objects(office):
    """A letter that can be issued, and a certificate with its recipients."""
    return letter_rows.objects(office) | certificate_rows.objects(office) | award_objects(office)


def more(office, count):
    """Further letters and certificates."""
    letter_rows.more(office, count)
    more_awards(office, count)
    certificate_rows.more(office, count)


ROWS = [
    row("reports:index", get=EVERYONE),
    row(
        "reports:year-book",
        get=OFFICERS | DIRECTORS | DEPUTIES,
        post=OFFICERS | DIRECTORS | DEPUTIES,
        data={"kinds": ["order"], "do": "save"},
    ),
    row("dashboards:director", get=EVERYONE),
    row("dashboards:unit", get=EVERYONE),
    row("dashboards:mine", get=EVERYONE),
    row("dashboards:red", get=EVERYONE),
    row("dashboards:red-export", get=EVERYONE),
    *letter_rows.ROWS,
    *certificate_rows.ROWS,
    *AWARD_ROWS,
]
