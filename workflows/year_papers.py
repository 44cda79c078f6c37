"""Which SOPs, manuals and action plans a year can give."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from core.shared_reads import read_once
from core.thai_text import sort_key
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import ListedRow, YearPaper
from workflows.enums import VersionStatus
from workflows.models import Cycle
from workflows.queries import cycles_visible_to, manuals_visible_to, versions_visible_to


@read_once
def first_cycle(user: User, agency: Agency, year: int) -> Cycle | None:
    """Return the cycle of which the year's papers are made; the lists share one query."""
    rows = cycles_visible_to(user).filter(agency=agency, fiscal_year=year)
    return rows.order_by("pk").first()


def sop_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return versions_visible_to(user).filter(procedure__agency=agency)


def sops(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield each SOP in the version in use, or in its newest one."""
    chosen: dict[str, ListedRow] = {}
    for row in sorted(rows, key=lambda row: (sort_key(row.title), row.words, -row.number)):
        if row.status == VersionStatus.IN_USE or row.words not in chosen:
            chosen[row.words] = row
    for slug, row in chosen.items():
        words = _("Version %(number)s") % {"number": row.number}
        state = VersionStatus(row.status).label
        url = reverse("sop:version-detail", args=[agency.code, year, slug, row.number])
        yield YearPaper("sop", row.title, url, row.pk, f"{words} · {state}")


def manual_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return manuals_visible_to(user).filter(agency=agency)


def manuals(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield the office's manuals of SOPs."""
    for row in sorted(rows, key=lambda row: sort_key(row.title)):
        url = reverse("sop:manual-detail", args=[agency.code, year, row.pk])
        yield YearPaper("manual", row.title, url, row.pk, row.words)


def action_plans(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the action plan of the year's cycle, named as missing where there is none."""
    url = reverse("workflows:calendar", args=[agency.code, year])
    words = _("Steps of the year on a calendar, with outputs and who is responsible")
    cycle = first_cycle(user, agency, year)
    lacks = [] if cycle else [_("The year has no cycle yet.")]
    pk = cycle.pk if cycle else None
    yield YearPaper("action-plan", _("Action plan"), url, pk, words, lacks)


year_list.register_rows(
    PaperGroup.SOP,
    ["sop"],
    sop_rows,
    sops,
    title="procedure__name",
    words="procedure__slug",
    status="status",
    number="number",
)
year_list.register_rows(
    PaperGroup.SOP, ["manual"], manual_rows, manuals, title="title", words="subtitle"
)
year_list.register(PaperGroup.PLAN, ["action-plan"], action_plans, is_main=True)
year_list.register_linked("sop-layout", "sop:layout-list")
