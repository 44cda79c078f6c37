"""Who may take an assessment out as a workbook, and who may bring it in."""

from tests.permission_matrix.table import EVERYONE, row

WRITERS = frozenset({"officer", "champion1", "champion2", "member"})

ROWS = [
    row("assessments:excel-export", get=EVERYONE),
    row("assessments:excel-import", get=EVERYONE, post=WRITERS, ok={422}),
    row("assessments:excel-confirm", post=WRITERS),
]
