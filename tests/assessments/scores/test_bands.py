"""The weakest dimension caps the band: literal cases, and against a second small calculation."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments import answering
from assessments.models import ItemAnswer, ScorePoint
from assessments.scores import bands
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment

BANDS = [[0, 5], [10, 15, 20, 25], [30, 35, 40, 45], [50, 55, 60, 65], [70, 75, 80, 85]]
BANDS += [[90, 95, 100]]
STEPS = list(range(0, 101, 5))


def test_ceiling_names_the_weakest_dimension_and_its_band():
    cap = bands.cap_of({"A": 50, "D": 45, "L": 30, "I": 70}, BANDS)
    assert (cap.code, cap.step, cap.low, cap.high) == ("L", 30, 30, 45)
    with translation.override("th"):
        assert cap.words == "L 30% กำหนดเพดานที่ช่วง 30–45"


@pytest.mark.parametrize(
    ("percent", "weakest", "may"),
    [
        (45, 30, True),
        (50, 45, False),
        (30, 45, True),
        (5, 0, True),
        (10, 5, False),
        (100, 90, True),
        (90, 85, False),
        (None, 0, True),
        (0, 100, True),
    ],
)
def test_percentage_may_lie_in_the_weakest_band_or_below(percent, weakest, may):
    assert (bands.refusal(percent, {"A": 100, "L": weakest}, BANDS) == "") == may


def test_nothing_chosen_caps_nothing():
    assert bands.cap_of({}, BANDS) is None
    assert bands.refusal(100, {}, BANDS) == ""


def test_step_between_bands_is_no_step():
    with pytest.raises(ValueError):
        bands.band_of(7, BANDS)


@given(
    st.sampled_from(STEPS),
    st.dictionaries(st.sampled_from(["A", "D", "L", "I"]), st.sampled_from(STEPS), min_size=1),
)
def test_ceiling_agrees_with_an_independent_calculation(percent, dimensions):
    """The top of a step's band by counting upwards until a number that begins a band."""
    top = min(dimensions.values())
    while top + 5 not in (10, 30, 50, 70, 90, 105):
        top += 5
    assert (bands.refusal(percent, dimensions, BANDS) == "") == (percent <= top)


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office, edition="pmqa-2562")


@pytest.mark.django_db
def test_stored_dimensions_cap_a_percentage_that_comes_alone(started, office):
    answer = started.answer("7.1")
    answering.set_percent(answer, 30, office.officer, dimensions={"Le": 50, "T": 30})
    with pytest.raises(answering.AnswerRefused):
        answering.set_percent(answer, 50, office.officer)
    answering.set_percent(answer, 45, office.officer)
    stored = ItemAnswer.objects.get(pk=answer.pk)
    assert (stored.percent, stored.dimensions) == (45, {"Le": 50, "T": 30})
    assert str(ScorePoint.objects.get().score) == "27.00000"


@pytest.mark.django_db
def test_dimension_of_the_other_kind_is_refused(started, office):
    with pytest.raises(answering.AnswerRefused):
        answering.set_percent(started.answer("7.1"), 30, office.officer, dimensions={"A": 30})


@pytest.mark.django_db
def test_refusal_stands_at_the_field_and_keeps_what_was_chosen(client_for, started, office):
    answer = started.answer("1.1")
    address = office.url(f"2570/assessment/item/{answer.pk}/percent/")
    sent = {"percent": "50", "dimension_A": "60", "dimension_L": "30"}
    page = client_for(office.champion1).post(address, sent)
    assert page.status_code == 422
    assert "L 30% กำหนดเพดานที่ช่วง 30–45 หัวข้อนี้จึงให้ 50% ไม่ได้" in page.text
    assert page.context["percent_form"]["dimension_A"].value() == "60"
    assert ItemAnswer.objects.get(pk=answer.pk).percent is None
    assert client_for(office.champion1).post(address, sent | {"percent": "45"}).status_code == 302
    stored = ItemAnswer.objects.get(pk=answer.pk)
    assert (stored.percent, stored.dimensions) == (45, {"A": 60, "L": 30})
