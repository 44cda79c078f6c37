"""The director returns single actions with a reason each."""

import pytest

from approvals.models import TransitionLog
from approvals.transitions import perform
from improvement import returning
from tests.agencies.factories import make_office
from tests.improvement.factories import make_plan, request_of

pytestmark = pytest.mark.django_db


def test_reasons_of_actions_show_until_the_plan_is_submitted_again(client_for):
    office = make_office()
    plan = make_plan(office, "submitted", actions=2)
    first, second = plan.actions.all()
    director = client_for(office.director)
    url = office.url(f"2570/approvals/{request_of(plan).pk}/")
    assert f'name="action-{first.pk}" form="return-form"' in director.get(url).text
    nothing = director.post(f"{url}return/", {f"action-{first.pk}": " "})
    assert nothing.status_code == 422
    sent = {f"action-{second.pk}": "งบประมาณ\x00สูงเกินไป", "action-999999": "ของแผนอื่น"}
    assert director.post(f"{url}return/", sent).status_code == 302
    plan.refresh_from_db()
    assert plan.status == "returned"
    assert returning.reasons_of(plan) == {second.pk: "งบประมาณสูงเกินไป"}
    log = TransitionLog.objects.filter(transition="return_").get()
    assert log.comment == "จัดอบรมการใช้ข้อมูล: งบประมาณสูงเกินไป"
    officer = client_for(office.officer)
    at_the_action = "pmqa-chip--returned text-wrap"
    assert officer.get(office.url("2570/plan/")).text.count(at_the_action) == 1
    perform(plan, "submit", office.officer)
    assert at_the_action not in officer.get(office.url("2570/plan/")).text
    detail = officer.get(office.url(f"2570/plan/actions/{second.pk}/view/")).text
    assert detail.count("งบประมาณสูงเกินไป") == 1
