"""The matrix itself: each broken rule is found."""

import pytest

from agencies.models import Unit
from tests.permission_matrix.addresses import all_addresses
from tests.permission_matrix.table import EVERYONE, OFFICERS, row
from tests.permission_matrix.test_permission_matrix import Walk


@pytest.fixture
def walk(db, settings):
    settings.ROOT_URLCONF = "tests.permission_matrix.faulty_urls"
    all_addresses.cache_clear()
    walk = Walk("core")
    for office in (walk.own, walk.other):
        office.rows["test_unit"] = Unit.objects.get(agency=office.agency, name="กลุ่มทดสอบ")
    yield walk
    all_addresses.cache_clear()


def test_matrix_accepts_a_view_that_keeps_the_rules(walk):
    walk.walk(row("kept", get=EVERYONE))

    assert walk.faults == []


@pytest.mark.parametrize(
    ("faulty", "fault"),
    [
        (row("open-to-all", get=OFFICERS), "open-to-all GET as observer: 200, expected 403"),
        (
            row("unit-of-any-office", get=EVERYONE, ids={"pk": "test_unit"}),
            "unit-of-any-office GET as officer with the other office's ids: 200, expected 404",
        ),
        (
            row("writes-then-refuses", post=OFFICERS),
            'writes-then-refuses POST as observer: refused, yet wrote UPDATE "agencies_unit"',
        ),
        (
            row("takes-every-method", get=EVERYONE),
            "takes-every-method DELETE as officer: 200, expected 405",
        ),
        (
            row("writes-on-get", get=EVERYONE),
            'writes-on-get GET as officer wrote UPDATE "agencies_unit"',
        ),
        (
            row("without-sign-in", get=EVERYONE),
            "without-sign-in GET as anonymous: 200, expected 302",
        ),
        (
            row(
                "takes-foreign-ids",
                post=OFFICERS,
                foreign_data=lambda own, other: {"unit": other["test_unit"].pk},
            ),
            'takes-foreign-ids with foreign ids as officer wrote UPDATE "agencies_unit"',
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_matrix_notices(walk, faulty, fault):
    walk.walk(faulty)

    assert [found for found in walk.faults if found.startswith(fault)] != [], walk.faults
