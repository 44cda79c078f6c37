"""What a seeded office wrote in its years: answers, findings, evidence, results and plans."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assessments.answering import DEFAULT_EDITION
from assessments.enums import Answer, CategoryStatus, EvidenceKind, FindingKind
from assessments.models import (
    Assessment,
    Category,
    CategoryAssessment,
    CriteriaEdition,
    Evidence,
    EvidenceCounter,
    EvidenceLink,
    Finding,
    Indicator,
    IndicatorValue,
    Item,
    ItemAnswer,
    LineAnswer,
    ProfileAnswer,
    ProfileTopic,
)
from core import clock
from core import fiscal_year as fiscal
from improvement.enums import PlanStatus, PointKind
from improvement.models import Action, ImprovementPlan, PlanPoint

SENTENCES = (
    "สำนักงานกำหนดทิศทางร่วมกับผู้รับบริการและทบทวนทุกไตรมาส",
    "ผู้บริหารติดตามตัวชี้วัดผ่านที่ประชุมประจำเดือนและสั่งการเมื่อผลต่ำกว่าเป้าหมาย",
    "มีระบบรับฟังความคิดเห็นหลายช่องทางและนำผลมาปรับปรุงขั้นตอนการให้บริการ",
    "บุคลากรทุกกลุ่มได้รับการพัฒนาตามแผนรายบุคคลและแลกเปลี่ยนเรียนรู้ระหว่างกลุ่ม",
    "ข้อมูลสำคัญจัดเก็บในระบบเดียว ตรวจสอบความถูกต้องก่อนเผยแพร่",
    "ใช้ผลการประเมินปีก่อนเป็นฐานในการตั้งค่าเป้าหมายของปีนี้",
)
GAPS = (
    "ยังไม่มีการเปรียบเทียบผลกับหน่วยงานอื่น",
    "การทบทวนกระบวนการยังไม่ครอบคลุมทุกกลุ่ม",
    "ข้อมูลย้อนหลังบางตัวชี้วัดไม่ครบสามปี",
)
YEARS_OF_RESULTS = 3


@dataclass(frozen=True)
class Criteria:
    """The edition with all its rows, read once for all offices."""

    edition: CriteriaEdition
    categories: list[Category]
    items: list[Item]
    topics: list[ProfileTopic]

    @classmethod
    def load(cls) -> "Criteria":
        edition = CriteriaEdition.objects.get(code=DEFAULT_EDITION, is_current=True)
        items = Item.objects.filter(category__edition=edition).select_related("category")
        return cls(
            edition,
            list(edition.categories.all()),
            list(items.prefetch_related("lines", "measures")),
            list(ProfileTopic.objects.all()),
        )


def write_assessments(
    office, randoms: dict[int, Random], criteria: Criteria, *, last_year: int
) -> dict[int, list[Finding]]:
    """Write each year's self-assessment; return year → its opportunities for improvement."""
    found = {}
    for year, cycle in office.cycles.items():
        random = randoms[year]
        # The running year is written so far as its place in the list: about half.
        share = 0.5 if year == last_year else 1.0
        answers = _answers(cycle, criteria, random, share)
        by = office.people["officer"]
        _line_answers(answers, random, share, by, _day_in(year, 200))
        _results([row for row in answers if row.item.measures.all()], random, year)
        found[year] = _findings(answers, random, by, _day_in(year, 230))
        _evidence(cycle, answers, random, by, _day_in(year, 210))
    return found


def _day_in(year: int, days: int) -> dt.datetime:
    """Return noon of the day that many days into the fiscal year."""
    day = fiscal.first_day(year) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(12), clock.BANGKOK)


def _text(random: Random, share: float) -> str:
    if random.random() > share:
        return ""
    return "\n".join(random.choice(SENTENCES) for _line in range(random.randint(3, 8)))


def _answers(cycle, criteria: Criteria, random: Random, share: float) -> list[ItemAnswer]:
    assessment = Assessment.objects.create(cycle=cycle, edition=criteria.edition)
    status = CategoryStatus.ACCEPTED if share == 1 else CategoryStatus.WRITING
    categories = CategoryAssessment.objects.bulk_create(
        CategoryAssessment(assessment=assessment, category=category, status=status)
        for category in criteria.categories
    )
    by_category = {row.category_id: row for row in categories}
    rows = []
    for item in criteria.items:
        text = _text(random, share)
        rows.append(
            ItemAnswer(
                category_assessment=by_category[item.category_id],
                item=item,
                narrative=text,
                is_written=bool(text),
                version=1 if text else 0,
            )
        )
    ProfileAnswer.objects.bulk_create(
        ProfileAnswer(assessment=assessment, topic=topic, text=text, version=1 if text else 0)
        for topic in criteria.topics
        for text in [_text(random, share)]
    )
    return ItemAnswer.objects.bulk_create(rows)


def _line_answers(answers, random: Random, share: float, by, at: dt.datetime) -> None:
    LineAnswer.objects.bulk_create(
        (
            LineAnswer(
                item_answer=answer,
                line=line,
                answer=Answer.YES if random.random() < 0.7 else Answer.NO,
                answered_at=at,
                answered_by=by,
            )
            for answer in answers
            for line in answer.item.lines.all()
            if random.random() < share
        ),
        batch_size=2000,
    )


def _results(answers, random: Random, year: int) -> None:
    indicators = Indicator.objects.bulk_create(
        Indicator(
            cycle_id=answer.category_assessment.assessment.cycle_id,
            group=answer.item.code,
            item_answer=answer,
            measure=measure,
            name=measure.title_th[:250],
            unit="ร้อยละ",
            target=Decimal(random.randint(700, 950)) / 10,
            order=order,
        )
        for answer in answers
        for order, measure in enumerate(answer.item.measures.all(), start=1)
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            indicator=indicator,
            fiscal_year=year - back,
            value=Decimal(random.randint(60000, 99999)) / 1000,
        )
        for indicator in indicators
        for back in range(YEARS_OF_RESULTS)
    )


def _findings(answers, random: Random, by, at: dt.datetime) -> list[Finding]:
    rows = []
    for answer in answers:
        if answer.narrative:
            texts = [(FindingKind.STRENGTH, SENTENCES), (FindingKind.OFI, GAPS)]
            rows += [
                Finding(item_answer=answer, kind=kind, text=random.choice(choice),
                        created_at=at, created_by=by)
                for kind, choice in texts
            ]  # fmt: skip
    return [row for row in Finding.objects.bulk_create(rows) if row.kind == FindingKind.OFI]


def _evidence(cycle, answers, random: Random, by, at: dt.datetime) -> None:
    """Give each written item two pieces of evidence; a fifth of them serve a second item too."""
    written = [answer for answer in answers if answer.narrative]
    rows, places = [], []
    for answer in written:
        for number in (1, 2):
            rows.append(
                Evidence(cycle=cycle, code=f"{answer.item.code}-{number}", kind=EvidenceKind.LINK,
                         title=f"{random.choice(SENTENCES)[:60]} ({number})",
                         url=f"https://example.com/{cycle.fiscal_year}/{random.randint(1, 9999)}",
                         created_at=at, created_by=by)
            )  # fmt: skip
            second = random.choice(written) if random.random() < 0.2 else answer
            places.append({answer.pk, second.pk})
    stored = Evidence.objects.bulk_create(rows)
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=evidence, item_answer_id=pk)
        for evidence, pks in zip(stored, places, strict=True)
        for pk in sorted(pks)
    )
    EvidenceCounter.objects.bulk_create(
        EvidenceCounter(cycle=cycle, item_code=answer.item.code, last=2) for answer in written
    )


def write_plans(
    office, randoms: dict[int, Random], findings: dict[int, list[Finding]], *, last_year: int
) -> None:
    """Write each year's improvement plan: an action for every second OFI."""
    for year, cycle in office.cycles.items():
        random = randoms[year]
        status = PlanStatus.DRAFT if year == last_year else PlanStatus.APPROVED
        plan = ImprovementPlan.objects.create(cycle=cycle, status=status)
        points = PlanPoint.objects.bulk_create(
            PlanPoint(
                plan=plan,
                kind=PointKind.OFI,
                finding=finding,
                category_number=finding.item_answer.item.category.number,
                text=finding.text,
                order=order,
            )
            for order, finding in enumerate(findings[year], start=1)
        )
        starts_on = fiscal.first_day(year) + dt.timedelta(days=240)
        Action.objects.bulk_create(
            Action(
                plan=plan,
                point=point,
                category_number=point.category_number,
                order=order,
                title=f"ปรับปรุงเรื่อง{point.text}",
                owner=office.people[f"champion{random.randint(1, 6)}"],
                unit=random.choice(office.units),
                starts_on=starts_on,
                ends_on=starts_on + dt.timedelta(days=random.randint(30, 120)),
                measure="ร้อยละความสำเร็จ",
                target=str(random.randint(70, 100)),
                budget=Decimal(random.randint(0, 50)) * 1000,
            )
            for order, point in enumerate(points[::2], start=1)
        )
