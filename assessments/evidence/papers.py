"""The evidence index on paper: code, name, kind, period, pages and where each piece is used.

Everybody of the office may have the paper, so a confidential piece stands in it by its code.
"""

from django.utils.translation import gettext_lazy as _

from assessments.evidence.library import kind_words, natural, places_of
from assessments.evidence.sheets import index_sheet, period_words
from assessments.models import Assessment, Evidence
from assessments.queries import assessments_visible_to
from documents.enums import PaperGroup
from documents.papers import PaperKind, register

SECRET = "เอกสารลับ"


def index_context(assessment: Assessment) -> dict:
    """Return what the index prints; 4 queries, however long it is."""
    cycle = assessment.cycle
    rows = sorted(
        Evidence.objects.filter(cycle=cycle).select_related("file"),
        key=lambda row: (natural(row.code), row.pk),
    )
    places = places_of(rows)
    titles = dict(
        assessment.categories.order_by("category__number").values_list(
            "category__number", "category__title_th"
        )
    )
    groups: dict[str, list[dict]] = {}
    for row in rows:
        entry = _entry(row, places.get(row.pk, []))
        groups.setdefault(_heading(row.code, titles), []).append(entry)
    return {
        "agency": cycle.agency,
        "year": cycle.fiscal_year,
        "groups": [{"title": title, "rows": found} for title, found in groups.items()],
        "count": len(rows),
        "secret": sum(row.is_confidential for row in rows),
        "unused": sum(not places.get(row.pk) for row in rows),
        "has_periods": any(entry["period"] for found in groups.values() for entry in found),
    }


def _entry(row: Evidence, places: list[str]) -> dict:
    """Return one line; whatever the reader's rights, it tells nothing of a confidential piece."""
    if row.is_confidential:
        return {
            "code": row.code,
            "title": SECRET,
            "kind": "",
            "period": "",
            "places": places,
            "pages": "",
        }
    return {
        "code": row.code,
        "title": row.title,
        "kind": kind_words(row),
        "period": period_words(row),
        "places": places,
        "pages": row.file.pages if row.file and row.file.pages else "",
    }


def _heading(code: str, titles: dict[int, str]) -> str:
    """Return the part of the index in which a code stands."""
    stem = code.partition(".")[0]
    if stem.isdigit():
        return f"หมวด {stem} {titles.get(int(stem), '')}".strip()
    return "ขั้นตอนการดำเนินงานของปี" if code.startswith("SOP") else "หลักฐานอื่น"


register(
    PaperKind(
        kind="evidence-index",
        has_signatures=True,
        tells_evidence=True,
        group=PaperGroup.ASSESSMENT,
        model=Assessment,
        label=_("Evidence index"),
        template="pdf/evidence_index.html",
        stylesheets=("pdf/evidence_index.css",),
        context=index_context,
        title=lambda row: f"ดัชนีหลักฐาน ปีงบประมาณ พ.ศ. {row.cycle.fiscal_year}",
        agency_of=lambda row: row.cycle.agency,
        fiscal_year_of=lambda row: row.cycle.fiscal_year,
        visible_to=assessments_visible_to,
        xlsx=lambda row: index_sheet(index_context(row)),
    )
)
