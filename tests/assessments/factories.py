"""Assessments for tests: `make_assessment(office)` gives a started year with champions.

`answer_all(category_assessment)` makes a category ready to be submitted.
"""

from dataclasses import dataclass
from decimal import Decimal

from assessments.answering import answer_line, mark_part, start_assessment
from assessments.enums import Answer, EvidenceKind, FindingKind
from assessments.models import (
    Assessment,
    CategoryAssessment,
    Evidence,
    EvidenceLink,
    Finding,
    Indicator,
    IndicatorValue,
    ItemAnswer,
)
from committees.enums import CommitteeKind, CommitteeRole
from committees.models import Committee, CommitteeMember
from core import clock
from tests.committees.in_force import put_in_force
from tests.workflows.factories import make_version
from workflows.models import Cycle

YEAR = 2570


@dataclass
class Started:
    """An office's started assessment."""

    assessment: Assessment
    cycle: Cycle

    def category(self, number: int) -> CategoryAssessment:
        return self.assessment.categories.select_related(
            "category", "assessment__cycle__agency", "assessment__edition"
        ).get(category__number=number)

    def answer(self, code: str) -> ItemAnswer:
        return ItemAnswer.objects.select_related(
            "item",
            "category_assessment__category",
            "category_assessment__assessment__edition",
            "category_assessment__assessment__cycle__agency",
        ).get(category_assessment__assessment=self.assessment, item__code=code)


def make_open_cycle(agency, year: int = YEAR, by=None, **fields) -> Cycle:
    """Return an open cycle of an SOP with one undated step."""
    return Cycle.objects.create(
        agency=agency,
        fiscal_year=year,
        version=make_version(agency, [[]]),
        opened_at=clock.now(),
        opened_by=by,
        **fields,
    )


def seat_people(office, year: int = YEAR) -> None:
    """Seat champion1…6 in the Working Team (deputy in its chair) and the director in Steering.

    Who has a seat in the year already keeps it. An order in force gives the seats.
    """
    people = office.people
    steering, _new = Committee.objects.get_or_create(
        agency=office.agency,
        fiscal_year=year,
        kind=CommitteeKind.STEERING,
        defaults={"name": "คณะกรรมการตัวอย่าง"},
    )
    team, _new = Committee.objects.get_or_create(
        agency=office.agency,
        fiscal_year=year,
        kind=CommitteeKind.WORKING_TEAM,
        defaults={"name": "คณะทำงานตัวอย่าง"},
    )
    _seat(steering, people["director"], role=CommitteeRole.CHAIR)
    _seat(team, people["deputy"], role=CommitteeRole.CHAIR)
    for number in range(1, 7):
        if f"champion{number}" in people:
            _seat(team, people[f"champion{number}"], champion_of=number)
    _seat(team, people["member"], team_of=1)


def _seat(committee: Committee, user, **fields) -> None:
    CommitteeMember.objects.get_or_create(committee=committee, user=user, defaults=fields)
    put_in_force(committee)


def make_assessment(
    office, year: int = YEAR, edition: str = "pmqa-4.0", cycle: Cycle | None = None
) -> Started:
    """Return a started assessment of the office, with seats for its people."""
    cycle = cycle or make_open_cycle(office.agency, year, office.people["officer"])
    seat_people(office, year)
    return Started(start_assessment(cycle, edition, office.people["officer"]), cycle)


def answer_all(category_assessment: CategoryAssessment, by, value: str = Answer.YES) -> None:
    """Answer everything of a category so that it may be submitted."""
    answers = category_assessment.answers.select_related(
        "item", "category_assessment__assessment__edition"
    )
    for answer in answers:
        ItemAnswer.objects.filter(pk=answer.pk).update(narrative="มีระบบและทบทวนทุกปี")
        for line in answer.item.lines.all():
            answer_line(answer, line, value, by)
        if category_assessment.category.number == 7:
            for measure in answer.item.measures.filter(is_required=True):
                add_indicator(answer, measure=measure, target=85, value=85)
        add_finding(answer, by)
        add_evidence(answer, by)
    if category_assessment.category.number == 7:
        for number in range(1, 7):
            mark_part(category_assessment, number, by)


def add_finding(
    answer: ItemAnswer, by, kind: str = FindingKind.STRENGTH, text: str = "ทำต่อเนื่อง"
) -> Finding:
    """Return a new finding of the answer."""
    return Finding.objects.create(
        item_answer=answer, kind=kind, text=text, created_at=clock.now(), created_by=by
    )


def add_evidence(answer: ItemAnswer, by, line=None) -> EvidenceLink:
    """Link a new note to the answer (or one of its lines)."""
    cycle = answer.category_assessment.assessment.cycle
    evidence = Evidence.objects.create(
        cycle=cycle,
        code=f"{answer.item.code}-{Evidence.objects.count() + 1}",
        kind=EvidenceKind.NOTE,
        title="รายงานตัวอย่าง",
        note="เก็บที่กลุ่มอำนวยการ",
        created_at=clock.now(),
        created_by=by,
    )
    return EvidenceLink.objects.create(evidence=evidence, item_answer=answer, line=line)


def add_indicator(answer: ItemAnswer, *, target=85, value=None, measure=None, **fields):
    """Return a new indicator of the answer, with this year's value where one is given."""
    indicator = Indicator.objects.create(
        cycle=answer.category_assessment.assessment.cycle,
        group=answer.item.code,
        item_answer=answer,
        measure=measure,
        name=fields.pop("name", "ร้อยละตัวอย่าง"),
        unit="ร้อยละ",
        target=None if target is None else Decimal(target),
        **fields,
    )
    if value is not None:
        year = answer.category_assessment.assessment.cycle.fiscal_year
        IndicatorValue.objects.create(indicator=indicator, fiscal_year=year, value=Decimal(value))
    return indicator


def make_step(cycle: Cycle, number: int = 1):
    """Return a step of the cycle, made from the step of its SOP with that number."""
    source = cycle.version.steps.get(number=number)
    return cycle.steps.create(procedure_step=source, number=number, title=source.title)
