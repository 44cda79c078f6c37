"""The library of a year: found by words, narrowed, sorted; what a page of it shows.

The year's rows are read once without their contents and compared here, so that Thai words are
found and sorted alike on every database. What the reader may not know is found by its code only.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from agencies.models import Agency, User
from assessments.enums import EvidenceKind
from assessments.evidence.permissions import mark_readable, readable
from assessments.evidence.queries import evidence_visible_to
from assessments.models import Evidence, EvidenceLink, EvidenceUse
from core import clock
from core.thai_text import fold_for_search, sort_key

SOON = dt.timedelta(days=30)
STATES = ("unused", "expired", "expiring", "confidential")
SORTS = ("code", "title", "newest", "expiry")
_CHEAP = ("pk", "code", "title", "note", "kind", "created_at", "valid_until", "is_confidential")
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Wanted:
    """What the person asked the library for; "" or None narrows nothing.

    `place` is a category ("1") or an item ("1.2").
    """

    text: str = ""
    place: str = ""
    kind: str = ""
    owner: int | None = None
    state: str = ""
    sort: str = "code"

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.place or self.kind or self.owner or self.state)


def of_year(user: User, agency: Agency, year: int) -> QuerySet[Evidence]:
    """Return the year's evidence that the person sees at least the code of."""
    return evidence_visible_to(user).filter(cycle__agency=agency, cycle__fiscal_year=year)


def find(user: User, agency: Agency, year: int, wanted: Wanted) -> dict[int, bool]:
    """Return the evidence wanted, in the order wanted: key → whether the person may know it.

    1 query, 2 by place.
    """
    known = readable(user, agency, year)
    used = Exists(EvidenceLink.objects.filter(evidence=OuterRef("pk"))) | Exists(
        EvidenceUse.objects.filter(evidence=OuterRef("pk"))
    )
    rows = list(
        of_year(user, agency, year)
        .annotate(
            is_known=Case(When(known, then=Value(True)), default=Value(False)),
            is_used=Case(When(used, then=Value(True)), default=Value(False)),
            keeper=Coalesce(F("owner_id"), F("created_by_id")),
            file_name=F("file__name"),
        )
        .values(*_CHEAP, "is_known", "is_used", "keeper", "file_name")
    )
    at_place = _at_place(agency, year, wanted.place) if wanted.place else None
    rows = [row for row in rows if _fits(row, wanted, at_place)]
    return {row["pk"]: row["is_known"] for row in _sorted(rows, wanted.sort)}


def natural(code: str) -> list[Any]:
    """Return a key in which "1.2-9" comes before "1.2-10" and "1.2-10" before "SOP1-01"."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _FIGURES.split(code)]


def _at_place(agency: Agency, year: int, place: str) -> set[int]:
    """Return the evidence that items of the category, or the item, use."""
    links = EvidenceLink.objects.filter(
        evidence__cycle__agency=agency, evidence__cycle__fiscal_year=year
    )
    at = Q(item_answer__item__code=place)
    if place.isdigit():
        at = Q(item_answer__category_assessment__category__number=int(place[:3]))
    return set(links.filter(at).values_list("evidence", flat=True))


def _fits(row: dict, wanted: Wanted, at_place: set[int] | None) -> bool:
    if at_place is not None:
        end = "." if wanted.place.isdigit() else "-"
        if row["pk"] not in at_place and not row["code"].startswith(wanted.place + end):
            return False
    if wanted.state == "unused" and row["is_used"]:
        return False
    if wanted.state == "confidential" and not row["is_confidential"]:
        return False
    if wanted.text:
        fields = ("code", "title", "note", "file_name") if row["is_known"] else ("code",)
        words = fold_for_search(wanted.text)
        if not any(words in fold_for_search(row[name] or "") for name in fields):
            return False
    told = wanted.kind or wanted.owner or wanted.state in ("expired", "expiring")
    if told and not row["is_known"]:
        return False
    if wanted.kind and row["kind"] != wanted.kind:
        return False
    if wanted.owner and row["keeper"] != wanted.owner:
        return False
    return _fits_day(row["valid_until"], wanted.state)


def _fits_day(until: dt.date | None, state: str) -> bool:
    today = clock.today()
    if state == "expired":
        return until is not None and until < today
    if state == "expiring":
        return until is not None and today <= until <= today + SOON
    return True


def _sorted(rows: list[dict], sort: str) -> list[dict]:
    rows = sorted(rows, key=lambda row: (natural(row["code"]), row["pk"]))
    if sort == "title":
        rows.sort(key=lambda row: (not row["is_known"], row["is_known"] and sort_key(row["title"])))
    elif sort == "newest":
        rows.sort(key=lambda row: row["created_at"], reverse=True)
    elif sort == "expiry":
        far = dt.date.max
        rows.sort(key=lambda row: (row["is_known"] and row["valid_until"]) or far)
    return rows


def fetch(user: User, agency: Agency, year: int, found: dict[int, bool]) -> list[Evidence]:
    """Return the rows of (a part of) what `find` found, in its order, marked for the reader, with
    where each is used (`places`, plain words); 2 queries.
    """
    kept = of_year(user, agency, year).in_bulk(list(found))
    rows = [kept[key] for key in found if key in kept]
    for row in rows:
        row.may_read = found[row.pk]
    return _with_places(rows)


def fetch_keys(user: User, agency: Agency, year: int, keys: list[int]) -> list[Evidence]:
    """Return the rows of keys that somebody sent, as `fetch` does; at most 3 queries."""
    kept = of_year(user, agency, year).in_bulk(keys)
    rows = [kept[key] for key in keys if key in kept]
    mark_readable(rows, user, agency, year)
    return _with_places(rows)


def _with_places(rows: list[Evidence]) -> list[Evidence]:
    places = places_of(rows)
    for row in rows:
        row.places = places.get(row.pk, [])
    return rows


def places_of(rows: list[Evidence]) -> dict[int, list[str]]:
    """Return evidence → item codes and the words of further uses, each once; 1 query."""
    keys = [row.pk for row in rows]
    links = EvidenceLink.objects.filter(evidence__in=keys).order_by()
    uses = EvidenceUse.objects.filter(evidence__in=keys).order_by()
    everywhere = links.values_list(
        "evidence", "item_answer__item__code", Value(0), Value("")
    ).union(
        uses.values_list(
            "evidence",
            Coalesce("indicator__item_answer__item__code", Value("")),
            Coalesce("step__number", Value(0)),
            "ita_question",
        )
    )
    found: dict[int, set[tuple]] = {}
    for pk, code, step, question in everywhere:
        place = (0, code) if code else (1, f"SOP {step}") if step else (2, f"ITA {question}")
        found.setdefault(pk, set()).add(place)
    return {
        pk: [words for _kind, words in sorted(places, key=lambda row: (row[0], natural(row[1])))]
        for pk, places in found.items()
    }


def kind_words(evidence: Evidence) -> str:
    """Return the evidence's form in Thai words for papers, such as "PDF 12 หน้า"."""
    if evidence.is_hidden:
        return ""
    if evidence.file is None:
        return {EvidenceKind.LINK: "เว็บไซต์", EvidenceKind.NOTE: "บันทึก"}[evidence.kind]
    return evidence.file.name.rsplit(".", 1)[-1].upper()
