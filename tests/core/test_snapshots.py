"""One state of the database, whatever is committed meanwhile."""

import threading

import pytest
from django.db import DatabaseError, connection

from agencies.models import Agency
from core.snapshots import one_snapshot, outside

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(function):
    """Call the function on a connection of its own, as another process would."""

    def call():
        function()
        connection.close()

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


def rename(name):
    return lambda: Agency.objects.filter(code="one").update(name_th=name)


def name():
    return Agency.objects.get(code="one").name_th


def test_change_committed_midway_does_not_show_until_the_end():
    Agency.objects.create(code="one", name_th="ก่อน", short_name="ก")
    with one_snapshot() as is_fresh:
        seen = [name()]
        elsewhere(rename("หลัง"))
        seen.append(name())
        seen.append(outside(name))
        outside(rename("ข้างนอก"))
        seen.append(name())
    assert is_fresh is True
    assert seen == ["ก่อน", "ก่อน", "หลัง", "ก่อน"]
    assert name() == "ข้างนอก"


def test_nothing_can_be_written_inside_and_everything_after():
    Agency.objects.create(code="one", name_th="ก่อน", short_name="ก")
    with pytest.raises(DatabaseError), one_snapshot(), one_snapshot() as is_fresh:
        assert is_fresh is False
        rename("ใน")()
    rename("หลัง")()
    assert name() == "หลัง"
