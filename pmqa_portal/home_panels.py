"""Panels of the home page by role: the secretary's next step and table, the director's
overview, a champion's own categories and the text that was left off."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.enums import OfficeRole
from agencies.models import AgencyMembership, User
from assessments import overview
from assessments.enums import AssessmentStatus, CategoryStatus
from assessments.models import ItemAnswer
from assessments.queries import answers_visible_to
from committees.roles import written_categories
from documents.models import TextRevision
from pmqa_portal.reminder_text import owing, reminder_text

LEADERS = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY)
WRITABLE = (CategoryStatus.WRITING, CategoryStatus.RETURNED)


def panels_for(
    user: User, membership: AgencyMembership, year: int, *, is_open: bool
) -> tuple[list[dict], list[dict]]:
    """Return (panels before the tasks, panels beside them), each with its template's name."""
    if not is_open:
        is_officer = membership.role == OfficeRole.OFFICER
        return ([_open_year(membership, year)] if is_officer else []), []
    year_overview = overview.present(membership.agency, year, user)
    common = {
        "agency_code": membership.agency.code,
        "year": year,
        "overview": year_overview,
    }
    if membership.role == OfficeRole.OFFICER:
        return _officer(membership, year, common)
    if year_overview is None:
        return [], []
    if membership.role in LEADERS:
        return [], [{"template": "pmqa_portal/_panel_leader.html", **common}]
    own = written_categories(user, membership.agency, year)
    rows = [row for row in year_overview["rows"] if row["number"] in own]
    if not rows:
        return [], []
    panel = common | {"rows": rows, "title": _("My categories")}
    return _left_off(user, membership, year, rows), [
        {"template": "pmqa_portal/_panel_champion.html", **panel}
    ]


def _open_year(membership: AgencyMembership, year: int) -> dict:
    kwargs = {"agency_code": membership.agency.code, "year": year}
    return {
        "template": "pmqa_portal/_panel_open_year.html",
        "title": _("Fiscal year %(year)s has no cycle yet") % {"year": year},
        "text": _("Open the cycle from an SOP: the portal makes the calendar of steps."),
        "action_url": reverse("workflows:cycle-open", kwargs=kwargs),
        "action_label": _("Open the cycle of %(year)s") % {"year": year},
    }


def _officer(membership: AgencyMembership, year: int, common: dict):
    """Return the next step of the SOP, and who still owes what."""
    step = {"template": "pmqa_portal/_panel_step.html", **common}
    if common["overview"] is None:
        step["start_url"] = reverse(
            "assessments:overview", kwargs={"agency_code": membership.agency.code, "year": year}
        )
        return [step], []
    rows = common["overview"]["rows"]
    open_rows = owing(rows)
    step["sent_count"] = len(rows) - len(open_rows)
    table = common | {
        "template": "pmqa_portal/_panel_categories.html",
        "owing_count": len(open_rows),
        "reminder": reminder_text(membership.agency, year, open_rows),
    }
    return [step, table], []


def _left_off(user: User, membership: AgencyMembership, year: int, rows: list[dict]) -> list[dict]:
    """Return the card of the item whose text the person saved last, if it is still open."""
    saves = TextRevision.objects.filter(
        content_type=ContentType.objects.get_for_model(ItemAnswer),
        object_id=OuterRef("pk"),
        saved_by=user,
    ).order_by("-saved_at")
    answer = (
        answers_visible_to(user)
        .annotate(left_off_at=Subquery(saves.values("saved_at")[:1]))
        .filter(
            category_assessment__assessment__cycle__agency=membership.agency,
            category_assessment__assessment__cycle__fiscal_year=year,
            category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS,
            category_assessment__status__in=WRITABLE,
            left_off_at__isnull=False,
        )
        .order_by("-left_off_at")
        .first()
    )
    if answer is None:
        return []
    states = {box["code"]: box["state"] for row in rows for box in row["segments"]}
    if answer.item.code not in states:
        return []
    return [
        {
            "template": "pmqa_portal/_panel_left_off.html",
            "number": answer.category_assessment.category.number,
            "item": answer.item,
            "left_off_at": answer.left_off_at,
            "state": states[answer.item.code],
            "url": reverse(
                "assessments:item-detail",
                kwargs={
                    "agency_code": membership.agency.code,
                    "year": year,
                    "pk": answer.pk,
                },
            ),
        }
    ]
