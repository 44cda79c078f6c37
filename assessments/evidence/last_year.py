"""Evidence of the year before that may serve again: same content, new code, new period."""

from agencies.models import User
from assessments.enums import EvidenceKind
from assessments.evidence.keeping import Facts, keep
from assessments.evidence.permissions import can_read, readable
from assessments.evidence.places import ItemPlace
from assessments.models import Evidence, ItemAnswer
from core import fiscal_year


def reusable(answer: ItemAnswer, user: User) -> list[Evidence]:
    """Return what the same item used last year, as far as the person may know it and this year
    does not have it yet; 2 queries.
    """
    cycle = answer.category_assessment.assessment.cycle
    before = (
        Evidence.objects.filter(
            readable(user, cycle.agency, cycle.fiscal_year - 1),
            cycle__agency=cycle.agency,
            cycle__fiscal_year=cycle.fiscal_year - 1,
            links__item_answer__item__code=answer.item.code,
        )
        .select_related("file", "cycle__agency")
        .distinct()
        .order_by("code", "pk")
    )
    now = {
        _content(*row)
        for row in Evidence.objects.filter(cycle=cycle, links__item_answer=answer).values_list(
            "kind", "file", "url", "title"
        )
    }
    rows = [row for row in before if _content(row.kind, row.file_id, row.url, row.title) not in now]
    for row in rows:
        row.may_read = True
    return rows


def _content(kind: str, file: int | None, url: str, title: str) -> tuple:
    """Return what makes two pieces of two years the same."""
    return kind, {EvidenceKind.FILE: file, EvidenceKind.LINK: url}.get(kind, title)


def reuse(old: Evidence, place: ItemPlace, by: User) -> Evidence:
    """Keep last year's content as this year's evidence at the place, for this year's period.

    The file itself stays the one that is kept; name, note, owner, validity and confidentiality
    come along. Raises NotEditable when the place is locked, PermissionError when the person may
    not know the old one.
    """
    if not can_read(by, old):
        raise PermissionError
    year = place.cycle.fiscal_year
    facts = Facts(
        period_from=fiscal_year.first_day(year),
        period_to=fiscal_year.last_day(year),
        valid_until=old.valid_until,
        owner=old.owner if old.owner and old.owner.is_active else by,
        is_confidential=old.is_confidential,
    )
    return keep(place, by, title=old.title, file=old.file, url=old.url, note=old.note, facts=facts)[
        0
    ]
