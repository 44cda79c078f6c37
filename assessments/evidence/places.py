"""Where evidence is used: an item or a line of it, an indicator, a step of the year, the ITA.

Each place knows its cycle, the words its codes begin with, how to hold itself open for a write and
how to take a piece of evidence up. A locked place refuses with NotEditable.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from agencies.models import User
from agencies.roles import is_officer
from assessments.answering import claim_or_refuse
from assessments.indicators.result_permissions import can_enter
from assessments.models import (
    CategoryAssessment,
    ChecklistLine,
    Evidence,
    EvidenceLink,
    EvidenceUse,
    Indicator,
    ItemAnswer,
)
from assessments.permissions import can_write
from committees.roles import written_categories
from documents.revisions import NotEditable
from workflows.enums import CycleStatus
from workflows.models import Cycle, Step
from workflows.permissions import can_work_on


def claim_cycle(cycle: Cycle) -> None:
    """Hold the cycle open until the transaction ends. Raises NotEditable when it is closed."""
    if not Cycle.objects.filter(pk=cycle.pk, status=CycleStatus.OPEN).update(status=F("status")):
        raise NotEditable


def claim_places_of(evidence: Evidence) -> None:
    """Hold the year and every category that uses the evidence open until the transaction ends.

    Raises NotEditable when one of them is locked: it was decided on with this content.
    """
    claim_cycle(evidence.cycle)
    links = EvidenceLink.objects.filter(evidence=evidence)
    uses = EvidenceUse.objects.filter(evidence=evidence, indicator__isnull=False)
    used_in = Q(pk__in=links.values("item_answer__category_assessment")) | Q(
        pk__in=uses.values("indicator__item_answer__category_assessment")
    )
    for category in CategoryAssessment.objects.filter(used_in).order_by("pk"):
        claim_or_refuse(category)


@dataclass(frozen=True)
class ItemPlace:
    """An item's answer, or one line of it; `page` says where in the evidence to look."""

    answer: ItemAnswer
    line: ChecklistLine | None = None
    page: str = ""

    @property
    def cycle(self) -> Cycle:
        return self.answer.category_assessment.assessment.cycle

    @property
    def stem(self) -> str:
        return self.answer.item.code

    def may(self, user: User) -> bool:
        return can_write(user, self.answer.category_assessment)

    def claim(self) -> None:
        claim_or_refuse(self.answer.category_assessment)

    def take_up(self, evidence: Evidence) -> EvidenceLink:
        if self.line and self.line.item_id != self.answer.item_id:
            raise ValueError("item and line do not belong together")
        names = {"evidence": evidence, "item_answer": self.answer, "line": self.line}
        return _once(EvidenceLink, names, page=self.page)


@dataclass(frozen=True)
class IndicatorPlace:
    """An indicator. One that belongs to an item's answer is locked with its category."""

    indicator: Indicator

    @property
    def cycle(self) -> Cycle:
        return self.indicator.cycle

    @property
    def stem(self) -> str:
        return self.indicator.group or "KPI"

    def may(self, user: User) -> bool:
        if can_enter(user, self.indicator):
            return True
        answer = self.indicator.item_answer
        return answer is not None and can_write(user, answer.category_assessment)

    def claim(self) -> None:
        if self.indicator.item_answer:
            claim_or_refuse(self.indicator.item_answer.category_assessment)
        else:
            claim_cycle(self.cycle)

    def take_up(self, evidence: Evidence) -> EvidenceUse:
        return _once(EvidenceUse, {"evidence": evidence, "indicator": self.indicator})


@dataclass(frozen=True)
class StepPlace:
    """A step of the year's work."""

    step: Step

    @property
    def cycle(self) -> Cycle:
        return self.step.cycle

    @property
    def stem(self) -> str:
        return f"SOP{self.step.number}"

    def may(self, user: User) -> bool:
        return can_work_on(user, self.step)

    def claim(self) -> None:
        claim_cycle(self.cycle)

    def take_up(self, evidence: Evidence) -> EvidenceUse:
        return _once(EvidenceUse, {"evidence": evidence, "step": self.step})


@dataclass(frozen=True)
class ItaPlace:
    """A question of the ITA of the year, by its number such as O12."""

    cycle: Cycle
    question: str
    stem = "ITA"

    def may(self, user: User) -> bool:
        agency, year = self.cycle.agency, self.cycle.fiscal_year
        return is_officer(user, agency) or bool(written_categories(user, agency, year))

    def claim(self) -> None:
        claim_cycle(self.cycle)

    def take_up(self, evidence: Evidence) -> EvidenceUse:
        return _once(EvidenceUse, {"evidence": evidence, "ita_question": self.question})


Place = ItemPlace | IndicatorPlace | StepPlace | ItaPlace


def use_at(place: Place, evidence: Evidence) -> EvidenceLink | EvidenceUse:
    """Use evidence of the same cycle at the place; a second time changes nothing.

    Raises NotEditable when the place is locked, ValueError for evidence of another cycle.
    """
    if evidence.cycle_id != place.cycle.pk:
        raise ValueError("evidence and place do not belong together")
    with transaction.atomic():
        place.claim()
        return place.take_up(evidence)


def place_of_use(use: EvidenceUse) -> Place:
    """Return the place of a further use (with its step's or indicator's cycle fetched)."""
    if use.step_id:
        return StepPlace(use.step)
    if use.indicator_id:
        return IndicatorPlace(use.indicator)
    return ItaPlace(use.evidence.cycle, use.ita_question)


def _once(model, names: dict, **more):
    """Return the row of these names, made when it is missing, also when two people make it."""
    try:
        with transaction.atomic():
            row, _new = model.objects.get_or_create(**names, defaults=more)
    except IntegrityError:
        row = model.objects.get(**names)
    return row
