"""Text that people type never becomes markup: not on a screen, not in a paper, not in a mail."""

import pytest
from django.contrib.auth import get_user_model

from documents import papers
from documents.pdf_rendering import Layout, PageLayout
from tests.permission_matrix.table import apps_with_rows
from tests.permission_matrix.world import make_world
from tests.security.hostile import EVIL, TAG, allowed_rows, client_of, fill_all_texts, who_may
from workflows.sop.files import import_sop, read_sop, shipped_files

pytestmark = pytest.mark.django_db


def drawn_nowhere(sheet):
    """Stand in for the drawing: three pages, each beginning with a person's text."""
    return b"", Layout([PageLayout([], f'{EVIL} "; }} body {{ display: none \\')] * 3)


def test_texts_are_escaped_on_every_page():
    own, _other = make_world(apps_with_rows()[-1])
    assert fill_all_texts() > 60
    faults = []
    for _app, row in allowed_rows("get"):
        response = client_of(who_may(own, row, "get")).get(own.address(row))
        if response.status_code >= 500:
            faults.append(f"{row.name}: {response.status_code}")
        is_page = "html" in response.headers.get("Content-Type", "")
        if is_page and TAG in response.content.lower():
            faults.append(f"{row.name}: not escaped")

    assert faults == []


@pytest.mark.parametrize("kind", [kind.kind for kind in papers.kinds()])
def test_texts_are_escaped_in_every_paper(kind):
    own, _other = make_world(apps_with_rows()[-1])
    source = next(iter(shipped_files().values())).read_text()
    import_sop(read_sop(source), own.agency, own.people["officer"])
    fill_all_texts()
    # The SOP of the matrix has no steps; the imported one is the newest.
    rows = papers.get(kind).model._default_manager.order_by("-pk" if kind == "sop" else "pk")
    assert rows, f"the matrix makes no object of {kind}"

    html = papers.render(kind, rows[0], draw=drawn_nowhere).html

    assert TAG.decode() not in html
    styles = "".join(part.split("</style>")[0] for part in html.split("<style>")[1:])
    assert "display: none \\" not in styles and '"; }' not in styles


def test_names_do_not_reach_mail_headers(mailoutbox, client):
    """Header injection: a user's name and e-mail cannot add a line to a message's head."""
    user = get_user_model().objects.create_user(
        "victim", "long-enough-1", first_name="a\nBcc: b@example.com", email="v@example.com"
    )

    client.post("/accounts/password/reset/", {"email": user.email})
    client.post("/accounts/password/reset/", {"email": "v@example.com\nBcc: b@example.com"})

    assert [message.to for message in mailoutbox] == [["v@example.com"]]
    head = mailoutbox[0].message().as_bytes().split(b"\n\n")[0]
    assert b"Bcc" not in head
