import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from core import clock


def shown(source: str, **context) -> str:
    with translation.override("th"):
        return Template("{% load pmqa %}" + source).render(Context(context))


def test_dates_are_shown_in_thai():
    day = dt.date(2024, 10, 1)

    assert shown("{{ day|thai_date }}", day=day) == "1 ตุลาคม 2567"
    assert shown("{{ day|thai_date_short }}", day=day) == "1 ต.ค. 2567"
    assert shown("{{ day|thai_date_weekday }}", day=day) == "วันอังคารที่ 1 ตุลาคม 2567"
    assert shown("{{ day|thai_date }}", day=None) == ""


def test_instant_is_shown_by_its_day_in_bangkok():
    instant = dt.datetime(2024, 9, 30, 18, 0, tzinfo=dt.UTC)

    assert shown("{{ at|thai_date_short }}", at=instant) == "1 ต.ค. 2567"


@pytest.mark.parametrize(
    ("value", "words"),
    [(Decimal("4.745115"), "4.74512"), (0, "0.00000"), (None, "")],
)
def test_score_has_five_decimals(value, words):
    assert shown("{{ value|score }}", value=value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(Decimal("12000.00"), "12,000"), (Decimal("12000.5"), "12,000.50"), (None, ""), (0, "0")],
)
def test_baht_shows_satang_only_where_there_are_any(value, words):
    assert shown("{{ value|baht }}", value=value) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2027, 6, 30), "15 days left"),
        (dt.date(2027, 6, 16), "1 day left"),
        (dt.date(2027, 6, 15), "Due today"),
        (dt.date(2027, 6, 11), "4 days overdue"),
    ],
)
def test_days_left_is_counted_from_today(day, words):
    with clock.frozen(dt.date(2027, 6, 15)), translation.override("en"):
        text = Template("{% load pmqa %}{{ day|days_left }}").render(Context({"day": day}))

    assert text == words


def test_status_chip_is_icon_and_word():
    assert shown("{% status_chip 'done' label %}", label="<เสร็จ>") == (
        '<span class="pmqa-chip pmqa-chip--done"><i class="bi bi-check-circle-fill" '
        'aria-hidden="true"></i> &lt;เสร็จ&gt;</span>'
    )


def test_progress_is_a_share_of_the_whole():
    assert 'width="50" class="pmqa-progress__bar"' in shown("{% progress 15 30 %}")
    assert 'width="0" class="pmqa-progress__bar"' in shown("{% progress 0 0 %}")
    assert 'width="100" class="pmqa-progress__bar"' in shown("{% progress 7 5 %}")


def test_segments_count_their_states_in_words():
    with translation.override("en"):
        html = Template("{% load pmqa %}{% segments states %}").render(
            Context({"states": ["done", "half", "returned", "empty", "empty"]})
        )

    assert "<title>1 written, 1 being written, 1 returned, 2 not started</title>" in html
    assert "style=" not in html


def test_category_badge_names_its_category():
    assert 'class="pmqa-cat pmqa-cat--3"' in shown("{% category_badge 3 %}")
