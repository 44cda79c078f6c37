"""What the plan shows on pages of other rooms."""

import pytest

from assessments.models import Indicator
from tests.agencies.factories import make_office
from tests.improvement.factories import add_action, add_point, make_plan

pytestmark = pytest.mark.django_db


def test_an_indicator_shows_the_actions_that_name_it_or_answer_a_point_about_it(client_for):
    office = make_office()
    plan = make_plan(office, actions=0)
    row = Indicator.objects.create(cycle=plan.cycle, name="ความพึงพอใจ", unit="ร้อยละ")
    point = add_point(plan, indicator=row)
    named = add_action(plan, office.champion1, title="อบรมผู้ให้บริการ", indicator=row)
    answering = add_action(plan, title="ปรับแบบสอบถาม", point=point)
    add_action(plan, title="เรื่องอื่น")

    page = client_for(office.observer).get(office.url(f"2570/indicators/{row.pk}/"))

    assert "เรื่องอื่น" not in page.text
    for action in (named, answering):
        assert f"/actions/{action.pk}/view/" in page.text
        assert action.title in page.text
