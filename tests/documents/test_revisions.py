"""No save that was acknowledged is lost, and none is made over a newer one."""

import threading
import time

import pytest
from django.db import OperationalError, connection
from django.db.models import Q

from committees.models import AppointmentOrder
from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict, history_of, save_text
from tests.agencies.factories import make_office

THREADS = 30


def make_order(office):
    return AppointmentOrder.objects.create(agency=office.agency, fiscal_year=2570, title="เดิม")


def save(office, order, title, version, **options):
    changes = {"title": title}
    return save_text(
        order, changes, version=version, by=office.officer, agency=office.agency, **options
    )


@pytest.mark.django_db
def test_save_text_writes_the_row_and_a_revision():
    office = make_office()
    order = make_order(office)

    saved = save(office, order, "ใหม่", 1)

    order.refresh_from_db()
    assert (order.title, order.version, saved.version) == ("ใหม่", 2, 2)
    revision = history_of(order).get()
    assert (revision.version, revision.data) == (2, {"title": "ใหม่"})
    assert revision.saved_by == office.officer


@pytest.mark.django_db
def test_save_text_refuses_an_old_version_and_tells_the_newest():
    office = make_office()
    order = make_order(office)
    save(office, order, "ของคนแรก", 1)

    with pytest.raises(SaveConflict) as caught:
        save(office, order, "ของคนที่สอง", 1)

    assert caught.value.current.title == "ของคนแรก"
    assert caught.value.last.saved_by == office.officer
    assert TextRevision.objects.count() == 1


@pytest.mark.django_db
def test_save_text_answers_a_repeated_request_as_the_first_time():
    office = make_office()
    order = make_order(office)

    first = save(office, order, "ใหม่", 1, request_id="abc")
    again = save(office, order, "ใหม่", 1, request_id="abc")

    assert again == first
    assert TextRevision.objects.count() == 1


@pytest.mark.django_db
def test_save_text_refuses_when_the_state_allows_no_change():
    office = make_office()
    order = make_order(office)

    with pytest.raises(NotEditable):
        save(office, order, "ใหม่", 1, editable=Q(status="signed"))

    order.refresh_from_db()
    assert (order.title, order.version) == ("เดิม", 1)
    assert TextRevision.objects.count() == 0


def crowd(save_one):
    """Let thirty people save one text at once; return what was acknowledged to them.

    `save_one(text, version)` returns the new version, or raises SaveConflict with the newest.
    """
    acknowledged, faults = [], []
    start = threading.Barrier(THREADS)

    def person(number):
        start.wait()
        try:
            version, text = 1, f"ข้อความ {number}"
            while True:
                try:
                    acknowledged.append((save_one(text, version), text))
                    return
                except SaveConflict as conflict:
                    version = conflict.current.version
                except OperationalError as error:
                    # SQLite in memory, as in tests, answers "locked" where a file waits.
                    if "locked" not in str(error):
                        raise
                    time.sleep(0.01)
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return acknowledged


@pytest.mark.django_db(transaction=True)
def test_save_text_loses_no_acknowledged_text_among_thirty_people():
    office = make_office()
    order = make_order(office)

    acknowledged = crowd(lambda text, version: save(office, order, text, version).version)

    kept = {(row.version, row.data["title"]) for row in history_of(order)}
    assert kept == set(acknowledged)
    assert sorted(version for version, _text in acknowledged) == list(range(2, THREADS + 2))


@pytest.mark.django_db(transaction=True)
def test_saving_after_a_comparison_in_python_would_lose_texts():
    """The crowd finds out a naive save: several people are told that the same version is theirs."""
    order = make_order(make_office())
    all_compared = threading.Barrier(THREADS)

    def naive(text, version):
        row = AppointmentOrder.objects.get(pk=order.pk)
        is_newest = row.version == version
        all_compared.wait()
        if not is_newest:
            raise SaveConflict(row, None)
        row.title, row.version = text, version + 1
        while True:
            try:
                row.save()
                return row.version
            except OperationalError:
                time.sleep(0.01)

    acknowledged = crowd(naive)

    assert [version for version, _text in acknowledged] == [2] * THREADS
    order.refresh_from_db()
    assert order.title in {text for _version, text in acknowledged}
