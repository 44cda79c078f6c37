"""Which SOPs, manuals and action plans a year can give."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from documents import year_list
from documents.enums import PaperGroup
from documents.year_list import YearPaper
from workflows.enums import VersionStatus
from workflows.queries import cycles_visible_to, manuals_visible_to, versions_visible_to


def sops(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield each SOP in the version in use, or in its newest one; one query."""
    rows = versions_visible_to(user).filter(procedure__agency=agency)
    rows = rows.order_by("procedure__name", "procedure_id", "-number")
    chosen: dict[str, tuple] = {}
    for pk, number, status, slug, name in rows.values_list(
        "pk", "number", "status", "procedure__slug", "procedure__name"
    ):
        if status == VersionStatus.IN_USE or slug not in chosen:
            chosen[slug] = (pk, number, status, name)
    for slug, (pk, number, status, name) in chosen.items():
        words = _("Version %(number)s") % {"number": number}
        state = VersionStatus(status).label
        url = reverse("sop:version-detail", args=[agency.code, year, slug, number])
        yield YearPaper("sop", name, url, pk, f"{words} · {state}")


def manuals(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the office's manuals of SOPs; one query."""
    for manual in manuals_visible_to(user).filter(agency=agency):
        url = reverse("sop:manual-detail", args=[agency.code, year, manual.pk])
        yield YearPaper("manual", manual.title, url, manual.pk, manual.subtitle)


def action_plans(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the action plan of the year's cycle, named as missing where there is none."""
    url = reverse("workflows:calendar", args=[agency.code, year])
    words = _("Steps of the year on a calendar, with outputs and who is responsible")
    rows = cycles_visible_to(user).filter(agency=agency, fiscal_year=year)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:1])
    lacks = [] if pks else [_("The year has no cycle yet.")]
    yield YearPaper("action-plan", _("Action plan"), url, pks[0] if pks else None, words, lacks)


year_list.register(PaperGroup.SOP, ["sop"], sops)
year_list.register(PaperGroup.SOP, ["manual"], manuals)
year_list.register(PaperGroup.PLAN, ["action-plan"], action_plans, is_main=True)
year_list.register_linked("sop-layout", "sop:layout-list")
