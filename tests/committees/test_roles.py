"""What a seat allows, and what no seat gives to an observer."""

import pytest

from agencies.enums import OfficeRole
from agencies.models import AgencyMembership, User
from committees.roles import champion_categories, written_categories
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees
from tests.committees.in_force import put_in_force

pytestmark = pytest.mark.django_db
YEAR = 2570


@pytest.fixture
def office():
    office = make_office()
    put_in_force(*make_committees(office, YEAR))
    return office


def test_champion_writes_own_category_and_results(office):
    champion = office.champion1

    assert champion_categories(champion, office.agency, YEAR) == {1}
    assert written_categories(champion, office.agency, YEAR) == {1, 7}


def test_observer_with_a_seat_writes_nothing(office):
    AgencyMembership.objects.filter(user=office.champion1).update(role=OfficeRole.OBSERVER)
    observer = User.objects.get(pk=office.champion1.pk)

    assert champion_categories(observer, office.agency, YEAR) == set()
    assert written_categories(observer, office.agency, YEAR) == set()
