"""How scores moved: one point a day, and the total of each day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import answering
from assessments.indicators import writing as indicators
from assessments.models import ScorePoint
from assessments.scores.history import days_of_item, days_of_whole
from tests.agencies.factories import make_office
from tests.assessments.factories import add_indicator, make_assessment

MONDAY, TUESDAY = dt.date(2027, 6, 7), dt.date(2027, 6, 8)


def test_total_of_each_day_counts_missing_items_as_0():
    points = [(1, MONDAY, Decimal(500)), (2, MONDAY, Decimal(100)), (1, TUESDAY, Decimal(400))]
    days = days_of_whole(points, [[1, 2], [3]], by_levels=True)
    assert [(day.on, str(day.score)) for day in days] == [
        (MONDAY, "150.00000"),
        (TUESDAY, "125.00000"),
    ]
    days = days_of_whole(points, [[1, 2], [3]], by_levels=False)
    assert [str(day.score) for day in days] == ["600.00000", "500.00000"]


def test_score_taken_back_counts_nothing():
    points = [(1, MONDAY, Decimal(500)), (1, TUESDAY, None)]
    days = days_of_whole(points, [[1]], by_levels=True)
    assert [str(day.score) for day in days] == ["500.00000", "0.00000"]


@pytest.mark.django_db
def test_last_score_of_a_day_holds_and_the_next_day_is_a_new_point(frozen_today):
    office = make_office()
    started = make_assessment(office)
    answer = started.answer("1.2")
    lines = list(answer.item.lines.all())
    frozen_today(MONDAY)
    answering.answer_line(answer, lines[0], "yes", office.champion1)
    answering.answer_line(answer, lines[1], "yes", office.member)
    frozen_today(TUESDAY)
    answering.answer_line(answer, lines[1], "", office.champion1)
    days = [(day.on, str(day.score), day.by) for day in days_of_item(answer)]
    assert days == [
        (MONDAY, "200.00000", office.member),
        (TUESDAY, "100.00000", office.champion1),
    ]


@pytest.mark.django_db
def test_indicator_that_comes_changes_and_goes_moves_the_score(frozen_today):
    office = make_office()
    answer = make_assessment(office).answer("7.1")
    frozen_today(MONDAY)
    indicator = add_indicator(answer, target=100, value=100)
    fields = {"name": "ร้อยละ", "unit": "ร้อยละ", "measure": None, "target": Decimal(100)}
    indicators.save_indicator(indicator, fields, {2570: Decimal(103)}, version=1, by=office.officer)
    assert str(ScorePoint.objects.get().score) == "400.00000"
    indicators.remove_indicator(indicator, office.officer)
    assert ScorePoint.objects.get().score is None


@pytest.mark.django_db
def test_saved_line_asks_at_most_twelve_times(client_for):
    office = make_office()
    answer = make_assessment(office).answer("1.1")
    line = answer.item.lines.first()
    client = client_for(office.champion1)
    address = office.url(f"2570/assessment/item/{answer.pk}/line/{line.pk}/")
    client.post(address, {"answer": "no"})
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, {"answer": "yes"}).status_code == 302
    asked = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= 12, asked
