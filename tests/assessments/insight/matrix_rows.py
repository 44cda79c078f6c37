"""Who may look at an assessment as a whole and at all of them."""

from tests.permission_matrix.table import EVERYONE, row

ROWS = [
    row("assessments:insight", get=EVERYONE),
    row("assessments:assessment-list", get=EVERYONE),
]
