"""All self-assessments of an office over the years, and those of offices below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import Assessment, CriteriaEdition
from assessments.overview import Scale
from core.thai_numerals import plain_decimal, to_arabic_digits

SORTS = {
    "newest": ("-cycle__fiscal_year", "cycle__agency__code", "-cycle_id"),
    "oldest": ("cycle__fiscal_year", "cycle__agency__code", "cycle_id"),
    "office": ("cycle__agency__code", "-cycle__fiscal_year", "-cycle_id"),
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to and how it is sorted."""

    text: str = ""
    status: str = ""
    sort: str = "newest"

    @classmethod
    def from_query(cls, data) -> "Wanted":
        status = data.get("status", "")
        sort = data.get("sort", "")
        return cls(
            to_arabic_digits(data.get("q", ""))[:80].strip(),
            status if status in AssessmentStatus.values else "",
            sort if sort in SORTS else "newest",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.status)


def find(user: User, agency: Agency, wanted: Wanted) -> QuerySet[Assessment]:
    """Return the assessments of the office and of the visible offices directly below it, with
    the total that was accepted (text) and how many categories are accepted or wait for review.
    """
    rows = Assessment.objects.filter(
        Q(cycle__agency=agency) | Q(cycle__agency__parent=agency),
        cycle__agency__in=agencies_visible_to(user),
    )
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    for word in wanted.text.split():
        fits = (
            Q(cycle__agency__name_th__icontains=word)
            | Q(cycle__agency__code__icontains=word)
            | Q(edition__code__icontains=word)
            | Q(edition__title_th__icontains=word)
            | Q(cycle__version__procedure__name__icontains=word)
        )
        if word.isascii() and word.isdigit() and len(word) <= 4:
            fits |= Q(cycle__fiscal_year=int(word))
        rows = rows.filter(fits)
    return (
        rows.annotate(
            old_total=KeyTextTransform("total", "snapshot"),
            accepted=Count("categories", filter=Q(categories__status=CategoryStatus.ACCEPTED)),
            waiting=Count("categories", filter=Q(categories__status=CategoryStatus.SUBMITTED)),
        )
        # Names alone: fifty rows of six tables took longer than all else on the page.
        .annotate(
            year=F("cycle__fiscal_year"),
            office_code=F("cycle__agency__code"),
            office=F("cycle__agency__name_th"),
            sop=F("cycle__version__procedure__name"),
        )
        .only("status", "edition_id")
        .order_by(*SORTS[wanted.sort])
    )


def with_words(rows: Iterable[Assessment]) -> list[Assessment]:
    """Return the rows, each with its address, accepted total and maximum on the edition's scale,
    and what of an open one is done, in words.
    """
    found = list(rows)
    editions = CriteriaEdition.objects.in_bulk({row.edition_id for row in found})
    scales = {pk: Scale.of(edition) for pk, edition in editions.items()}
    pattern = reverse("assessments:overview", args=["office", 1])
    accepted, waiting = _("%d of 7 categories accepted"), _("%d waiting for review")
    for row in found:
        scale, total = scales[row.edition_id], row.old_total
        row.address = pattern.replace("/office/1/", f"/{row.office_code}/{row.year}/", 1)
        row.criteria = editions[row.edition_id].short_name
        row.total = None if total is None else scale.shown(Fraction(Decimal(total)))
        row.maximum = plain_decimal(scale.maximum)
        words = [accepted % row.accepted, waiting % row.waiting if row.waiting else ""]
        row.words = " · ".join(word for word in words if word)
    return found
