"""Who may open what in reports: every member reads, the observer too."""

from tests.permission_matrix.table import EVERYONE, row

ROWS = [row("reports:index", get=EVERYONE)]
