"""A decided SOP version waits for the officers until they act on it."""

import pytest

from approvals.transitions import perform
from notifications.due_items import due_items
from tests.agencies.factories import make_office
from tests.workflows.sop.drafts import make_draft

pytestmark = pytest.mark.django_db
SOP = "workflows.procedureversion"


def waiting(office, user):
    return [item for item in due_items(office.agency, user) if item.object_type == SOP]


def test_returned_version_waits_for_the_officer_until_submitted_again():
    office = make_office()
    draft = make_draft(office)
    perform(draft, "submit", office.officer)
    assert waiting(office, office.officer) == []
    perform(draft, "return_", office.director, comment="เพิ่มเวลา")
    (item,) = waiting(office, office.officer)
    assert (item.title, item.action) == (
        f"แก้ไข SOP “{draft.procedure.name}” แล้วเสนออีกครั้ง",
        "แก้ไข",
    )
    assert item.url.endswith(f"/sop/{draft.procedure.slug}/{draft.number}/")
    assert waiting(office, office.people["champion1"]) == []
    draft.refresh_from_db()
    perform(draft, "submit", office.officer)
    assert waiting(office, office.officer) == []


def test_approved_version_waits_to_be_put_in_use():
    office = make_office()
    version = make_draft(office, status="approved")
    (item,) = waiting(office, None)
    assert item.title == f"ประกาศใช้ SOP “{version.procedure.name}”"
    assert item.people == (office.officer.pk,)
    perform(version, "put_in_use", office.officer)
    assert waiting(office, office.officer) == []


def test_editor_of_a_returned_version_shows_the_reason(client_for):
    office = make_office()
    draft = make_draft(office)
    perform(draft, "submit", office.officer)
    perform(draft, "return_", office.director, comment="ขั้นที่ 2 ยังไม่มีเวลา")
    address = office.url(f"2570/sop/{draft.procedure.slug}/{draft.number}/edit/")
    assert "ขั้นที่ 2 ยังไม่มีเวลา" in client_for(office.officer).get(address).text
