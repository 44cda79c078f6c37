"""Offices in numbers: the same data every time, whole years, and safe to run again."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from agencies import audit
from agencies.models import Agency, User
from assessments.models import (
    Evidence,
    EvidenceLink,
    Finding,
    IndicatorValue,
    ItemAnswer,
    LineAnswer,
)
from improvement.models import Action
from workflows.models import Cycle, Step

pytestmark = pytest.mark.django_db
# Answers, checklist answers, findings, evidence, yearly values and actions of 2 offices × 2 years.
COUNTS = [120, 481, 182, 182, 360, 46]


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def seed(**options):
    call_command("seed_offices", last_year=2570, verbosity=0, **options)


def fingerprint(code: str) -> str:
    """Return the hash of what the office wrote, in words and figures without row numbers."""
    whole = "item_answer__category_assessment__assessment__cycle"
    rows = [
        *Step.objects.filter(cycle__agency__code=code)
        .order_by("cycle__fiscal_year", "number")
        .values_list("cycle__fiscal_year", "number", "status", "due_on", "done_on"),
        *LineAnswer.objects.filter(**{f"{whole}__agency__code": code})
        .order_by(f"{whole}__fiscal_year", "line__item__code", "line__code")
        .values_list("line__code", "answer"),
        *IndicatorValue.objects.filter(**{f"indicator__{whole}__agency__code": code})
        .order_by(f"indicator__{whole}__fiscal_year", "indicator__name", "fiscal_year", "value")
        .values_list("indicator__name", "fiscal_year", "value"),
        *Action.objects.filter(plan__cycle__agency__code=code)
        .order_by("plan__cycle__fiscal_year", "order")
        .values_list("title", "budget", "owner__first_name", "ends_on"),
        *EvidenceLink.objects.filter(evidence__cycle__agency__code=code)
        .order_by("evidence__cycle__fiscal_year", "evidence__code", "item_answer__item__code")
        .values_list("evidence__code", "evidence__url", "item_answer__item__code"),
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def test_offices_have_whole_years_and_an_unbroken_log():
    seed(offices=2, years=2)
    for agency in Agency.objects.filter(code__startswith="seed"):
        assert list(agency.cycles.values_list("fiscal_year", "status")) == [
            (2570, "open"),
            (2569, "closed"),
        ]
        assert set(Step.objects.filter(cycle__agency=agency, cycle__fiscal_year=2569).values_list(
            "status", flat=True
        )) == {"done"}  # fmt: skip
        assert agency.memberships.count() == 18
        assert audit.verify(agency) == []
    assert Cycle.objects.count() == 4
    models = (ItemAnswer, LineAnswer, Finding, Evidence, IndicatorValue, Action)
    assert [model.objects.count() for model in models] == COUNTS


def set_aside() -> None:
    """Let the offices of the first seeding make room for others of the same code."""
    for row in Agency.objects.filter(code__startswith="seed"):
        Agency.objects.filter(pk=row.pk).update(code=f"kept{row.pk}")
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(username=f"kept-{user.pk}")


def test_same_seed_makes_the_same_office_whatever_else_is_there():
    seed(offices=1, years=1)
    first = fingerprint("seed0001")
    set_aside()
    seed(offices=2, years=1)
    assert fingerprint("seed0001") == first
    assert fingerprint("seed0002") != first


def test_another_seed_makes_other_figures():
    seed(offices=1, years=1)
    first = fingerprint("seed0001")
    set_aside()
    seed(offices=1, years=1, seed=2)
    assert fingerprint("seed0001") != first


def test_second_run_adds_only_what_is_missing():
    seed(offices=1, years=1)
    before = LineAnswer.objects.count()
    seed(offices=1, years=1)
    assert LineAnswer.objects.count() == before
    seed(offices=2, years=1)
    assert Agency.objects.filter(code__startswith="seed").count() == 2


@pytest.mark.parametrize("wrong", [{"offices": 0}, {"offices": 1, "years": 0}])
def test_numbers_out_of_bounds_are_refused(wrong):
    with pytest.raises(CommandError):
        seed(**wrong)
    assert Agency.objects.filter(code__startswith="seed").count() == 0


def test_real_installation_is_refused(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        seed(offices=1)
