"""Who may open what in reports: every member reads, the observer too."""

from tests.permission_matrix.table import EVERYONE, row

ROWS = [
    row("reports:index", get=EVERYONE),
    row("dashboards:director", get=EVERYONE),
    row("dashboards:unit", get=EVERYONE),
    row("dashboards:mine", get=EVERYONE),
    row("dashboards:red", get=EVERYONE),
    row("dashboards:red-export", get=EVERYONE),
]
