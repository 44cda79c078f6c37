"""What the evidence of a year still lacks: one list for the secretary and the champions."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import Answer, EvidenceKind
from assessments.evidence.library import SOON, natural, of_year
from assessments.evidence.permissions import mark_readable
from assessments.models import Evidence, EvidenceLink, EvidenceUse, ItemAnswer, LineAnswer
from core import clock, fiscal_year
from core.thai_dates import format_short

UNPROVED, BARE, UNUSED, EXPIRED, EXPIRING, OTHER_TIME, OPEN_LINK = (
    "unproved-lines",
    "bare-items",
    "unused",
    "expired",
    "expiring",
    "other-time",
    "open-links",
)


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, where it is mended, and why it counts."""

    code: str
    title: str
    url: str
    detail: str = ""
    category: int | None = None


@dataclass
class Group:
    key: str
    title: str
    advice: str
    gaps: list[Gap] = field(default_factory=list)


def gaps_of(user: User, agency: Agency, year: int) -> list[Group]:
    """Return every kind of gap, also those without one; 3 queries, one more for secrets."""
    groups = {key: Group(key, *words) for key, words in _words().items()}
    _of_items(groups, agency, year)
    _of_lines(groups, agency, year)
    _of_evidence(groups, user, agency, year)
    return list(groups.values())


def _words() -> dict[str, tuple[str, str]]:
    return {
        UNPROVED: (
            _("Lines answered “have it” without proof"),
            _("Attach evidence to the line, or answer “not yet”."),
        ),
        BARE: (_("Items without any evidence"), _("Attach what proves the narrative.")),
        EXPIRED: (_("Expired evidence"), _("Replace the file with a newer one.")),
        EXPIRING: (
            _("Evidence that expires within 30 days"),
            _("Ask its owner for a newer one in time."),
        ),
        UNUSED: (
            _("Evidence used nowhere"),
            _("Link it where it proves something, or remove it."),
        ),
        OTHER_TIME: (
            _("Evidence of another time"),
            _("Its period lies outside the fiscal year: is it the right one?"),
        ),
        OPEN_LINK: (
            _("Addresses without encryption"),
            _("Give the address that begins with https, or keep the page as a file."),
        ),
    }


def _item_url(agency: Agency, year: int, pk: int, part: str = "") -> str:
    return reverse("assessments:item-detail", args=[agency.code, year, pk]) + part


def _of_items(groups: dict[str, Group], agency: Agency, year: int) -> None:
    links = EvidenceLink.objects.filter(item_answer=OuterRef("pk"))
    uses = EvidenceUse.objects.filter(indicator__item_answer=OuterRef("pk"))
    answers = (
        ItemAnswer.objects.filter(
            ~Exists(links),
            ~Exists(uses),
            category_assessment__assessment__cycle__agency=agency,
            category_assessment__assessment__cycle__fiscal_year=year,
        )
        .select_related("item", "category_assessment__category")
        .order_by("item__code", "pk")
    )
    for answer in answers:
        number = answer.category_assessment.category.number
        url = _item_url(agency, year, answer.pk)
        groups[BARE].gaps.append(Gap(answer.item.code, answer.item.title, url, "", number))


def _of_lines(groups: dict[str, Group], agency: Agency, year: int) -> None:
    links = EvidenceLink.objects.filter(item_answer=OuterRef("item_answer"), line=OuterRef("line"))
    lines = (
        LineAnswer.objects.filter(
            ~Exists(links),
            answer=Answer.YES,
            item_answer__category_assessment__assessment__cycle__agency=agency,
            item_answer__category_assessment__assessment__cycle__fiscal_year=year,
        )
        .select_related("line", "item_answer__item__category")
        .order_by("item_answer__item__code", "line__order", "pk")
    )
    # One reverse for all lines: there are hundreds.
    address = _item_url(agency, year, 0).removesuffix("0/")
    for row in lines:
        item = row.item_answer.item
        url = f"{address}{row.item_answer_id}/#line-{row.line_id}"
        level = row.line.get_level_display()
        groups[UNPROVED].gaps.append(
            Gap(item.code, row.line.title, url, str(level), item.category.number)
        )


def _of_evidence(groups: dict[str, Group], user: User, agency: Agency, year: int) -> None:
    used = Exists(EvidenceLink.objects.filter(evidence=OuterRef("pk"))) | Exists(
        EvidenceUse.objects.filter(evidence=OuterRef("pk"))
    )
    # Sound evidence stays in the database: a year has hundreds of it.
    doubtful = (
        ~used
        | Q(valid_until__lte=clock.today() + SOON)
        | Q(period_to__lt=fiscal_year.first_day(year))
        | Q(period_from__gt=fiscal_year.last_day(year))
        | Q(kind=EvidenceKind.LINK, url__istartswith="http://")
    )
    rows = list(of_year(user, agency, year).annotate(is_used=used).filter(doubtful))
    mark_readable(rows, user, agency, year)
    # One reverse for all: five hundred cost more than all else on the page.
    address = reverse("evidence:detail", args=[agency.code, year, 0]).removesuffix("0/")
    for row in sorted(rows, key=lambda row: natural(row.code)):
        url = f"{address}{row.pk}/"
        for key, detail in _faults(row, year):
            groups[key].gaps.append(
                Gap(row.code, row.shown_title, url, detail, _category_of(row.code))
            )


def _faults(row: Evidence, year: int) -> list[tuple[str, str]]:
    """Return (kind of gap, detail) of one piece; of a hidden one only that nothing uses it."""
    found = [] if row.is_used else [(UNUSED, "")]
    if row.is_hidden:
        return found
    if row.valid_until and row.valid_until <= clock.today() + SOON:
        key = EXPIRED if row.is_expired else EXPIRING
        owner = row.owner or row.created_by
        found.append((key, f"{format_short(row.valid_until)} · {owner}"))
    if _is_of_other_time(row.period_from, row.period_to, year):
        days = [format_short(day) for day in (row.period_from, row.period_to) if day]
        found.append((OTHER_TIME, " – ".join(days)))
    if row.kind == EvidenceKind.LINK and row.url.lower().startswith("http://"):
        found.append((OPEN_LINK, row.url))
    return found


def _is_of_other_time(start: dt.date | None, end: dt.date | None, year: int) -> bool:
    """Return whether the period has no day in the fiscal year."""
    ends_before = end is not None and end < fiscal_year.first_day(year)
    return ends_before or (start is not None and start > fiscal_year.last_day(year))


def _category_of(code: str) -> int | None:
    stem = code.partition(".")[0]
    return int(stem) if stem.isdigit() else None
