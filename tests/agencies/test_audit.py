import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from agencies import audit
from agencies.models import AuditEntry, AuditHead
from tests.agencies.factories import make_office

pytestmark = pytest.mark.django_db

ON_TABLE = " ON agencies_auditentry" if connection.vendor == "postgresql" else ""


@pytest.fixture
def office():
    office = make_office()
    for number in range(1, 6):
        audit.record(office.agency, office.officer, "test", office.agency, summary=f"ครั้งที่ {number}")
    return office


@pytest.fixture
def as_owner(office):
    """Take the triggers away, as only the owner of the tables can."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_no_update{ON_TABLE}")
        cursor.execute(f"DROP TRIGGER audit_entry_no_delete{ON_TABLE}")
    return office


def entry(office, sequence):
    return AuditEntry.objects.filter(agency=office.agency, sequence=sequence)


def test_whole_chain_verifies(office, capsys):
    call_command("audit_verify", "--agency", "office")

    assert audit.verify(office.agency) == []
    assert capsys.readouterr().out == "office: 5 entries, whole\n"


def test_changed_entry_is_named(as_owner):
    entry(as_owner, 3).update(summary="อื่น")

    assert audit.verify(as_owner.agency) == ["entry 3 was changed"]


def test_deleted_entry_is_named(as_owner, capsys):
    entry(as_owner, 3).delete()

    assert audit.verify(as_owner.agency) == ["entry 3 is missing before 4"]
    with pytest.raises(CommandError):
        call_command("audit_verify")
    assert capsys.readouterr().err == "office: entry 3 is missing before 4\n"


def test_deleted_last_entry_is_named(as_owner):
    entry(as_owner, 5).delete()

    assert audit.verify(as_owner.agency) == ["the chain ends at 4, its head says 5"]


def test_missing_head_is_named(as_owner):
    AuditHead.objects.filter(agency=as_owner.agency).delete()

    assert audit.verify(as_owner.agency) == ["the chain ends at 5, its head says 0"]


def test_reordered_entries_are_named(as_owner):
    entry(as_owner, 2).update(sequence=99)
    entry(as_owner, 3).update(sequence=2)
    entry(as_owner, 99).update(sequence=3)

    assert audit.verify(as_owner.agency) == [
        "entry 2 does not follow the one before it",
        "entry 2 was changed",
        "entry 3 does not follow the one before it",
        "entry 3 was changed",
        "entry 4 does not follow the one before it",
    ]


def test_database_refuses_update_and_delete(office):
    for change in (lambda: entry(office, 2).update(summary="x"), lambda: entry(office, 2).delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

    assert audit.verify(office.agency) == []


def test_unknown_office_is_told(office):
    with pytest.raises(CommandError, match="no office with the code nowhere"):
        call_command("audit_verify", "--agency", "nowhere")
