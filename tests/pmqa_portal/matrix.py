"""Who may open the home page, the health checks and the pages every app shares."""

from tests.permission_matrix.table import EVERYONE, row

ROWS = [
    row("home", kind="login", get=EVERYONE),
    row("healthz", kind="public", get=EVERYONE),
    row("readyz", kind="public", get=EVERYONE),
    row("set_language", kind="public", post=EVERYONE, data={"language": "en", "next": "/"}),
    row("my-work", get=EVERYONE),
    row("layout-reference", get=EVERYONE),
]
