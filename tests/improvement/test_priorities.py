"""The matrix of impact and effort: what a place advises, and that no move is lost."""

import pytest

from improvement import matrix
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from tests.improvement.factories import add_point, make_plan


@pytest.mark.parametrize(
    ("impact", "effort", "advice"),
    [
        (5, 1, "now"),
        (3, 3, "now"),
        (3, 4, "project"),
        (5, 5, "project"),
        (2, 3, "spare"),
        (2, 4, "rethink"),
        (None, 3, None),
        (3, None, None),
    ],
)
def test_place_advises(impact, effort, advice):
    assert matrix.quadrant(impact, effort) == advice


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def point(office):
    return add_point(make_plan(office, cycle=make_assessment(office).cycle))


def send(client, office, point, script=True, **data):
    headers = {"X-Requested-With": "autosave"} if script else {}
    url = office.url(f"2570/plan/points/{point.pk}/place/")
    return client.post(url, data, headers=headers)


def test_each_move_is_saved_and_a_late_one_shows_where_the_point_lies(client_for, office, point):
    first = send(client_for(office.deputy), office, point, impact=5, effort=4, version=1)
    assert first.json() == {"version": 2, "advice": "โครงการใหญ่"}
    late = send(client_for(office.officer), office, point, impact=1, effort=1, version=1)
    assert late.status_code == 409
    assert {name: late.json()[name] for name in ("impact", "effort", "version")} == {
        "impact": 5,
        "effort": 4,
        "version": 2,
    }
    assert str(office.deputy) in late.json()["message"]
    page = send(client_for(office.officer), office, point, False, impact=1, effort=1, version=1)
    assert page.status_code == 409
    assert str(office.deputy) in page.text
    point.refresh_from_db()
    assert (point.impact, point.effort) == (5, 4)


def test_without_script_two_selects_place_a_point_and_take_it_out(client_for, office, point):
    client = client_for(office.officer)
    assert send(client, office, point, False, impact=3, effort=2, version=1).status_code == 302
    assert "ทำทันที" in client.get(office.url("2570/plan/points/")).text
    assert send(client, office, point, False, impact="", effort="", version=2).status_code == 302
    point.refresh_from_db()
    assert (point.impact, point.effort, point.version) == (None, None, 3)


@pytest.mark.parametrize(("impact", "effort"), [("6", "1"), ("3", ""), ("x", "1")])
def test_half_or_impossible_places_are_refused(client_for, office, point, impact, effort):
    answer = send(client_for(office.officer), office, point, impact=impact, effort=effort)
    assert answer.status_code == 422
    assert answer.json() == {"message": "เลือกทั้งผลกระทบและความพยายาม 1 ถึง 5"}
