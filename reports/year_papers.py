"""Which papers a year can give, and what each still lacks."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import CategoryStatus, RoundStatus
from assessments.models import CategoryAssessment
from assessments.queries import assessments_visible_to
from assessments.rounds.queries import rounds_visible_to
from assessments.rounds.words import round_label
from committees.queries import orders_visible_to
from improvement.enums import DECIDED
from improvement.queries import plans_visible_to
from workflows.queries import main_cycle


def papers_of_year(user: User, agency: Agency, year: int) -> list[dict]:
    """Return the year's papers: kind, object, label, what is missing, and the page behind.

    The number of queries is fixed.
    """
    cycle = main_cycle(agency, year)
    here = [agency.code, year]
    rows = [
        _application_report(user, cycle, here),
        _improvement_plan(user, cycle, here),
        _sop(cycle, here),
    ]
    return [*rows, *_rounds(user, cycle, here), *_orders(user, agency, year, here)]


def _row(kind, pk, label, description, missing, url) -> dict:
    return {
        "kind": kind,
        "pk": pk,
        "label": label,
        "description": description,
        "missing": missing,
        "url": url,
    }


def _application_report(user, cycle, here) -> dict:
    missing = []
    assessment = assessments_visible_to(user).filter(cycle=cycle).first() if cycle else None
    if assessment is None:
        missing.append(_("The self-assessment has not started."))
    else:
        counts = CategoryAssessment.objects.filter(assessment=assessment).aggregate(
            open=Count("pk", filter=~Q(status=CategoryStatus.ACCEPTED))
        )
        if counts["open"]:
            missing.append(
                _("%(count)s categories are not accepted yet.") % {"count": counts["open"]}
            )
        empty = assessment.profile_answers.filter(text="").count()
        if empty:
            missing.append(_("%(count)s profile topics are empty.") % {"count": empty})
    return _row(
        "application-report",
        cycle.pk if assessment else None,
        _("Application Report"),
        _("Profile, seven categories with scores, strengths and OFI, evidence list, plan"),
        missing,
        reverse("assessments:overview", args=here),
    )


def _improvement_plan(user, cycle, here) -> dict:
    plan = plans_visible_to(user).filter(cycle=cycle).first() if cycle else None
    missing = []
    if plan is None:
        missing.append(_("The plan has not started."))
    elif plan.status not in DECIDED:
        missing.append(_("The director has not approved the plan yet."))
    return _row(
        "improvement-plan",
        cycle.pk if plan else None,
        _("Improvement plan"),
        _("Actions with owners, time, measures and budget"),
        missing,
        reverse("improvement:plan", args=here),
    )


def _sop(cycle, here) -> dict:
    missing = [] if cycle else [_("The year has no cycle yet.")]
    return _row(
        "sop",
        cycle.version_id if cycle else None,
        cycle.version.procedure.name if cycle else _("SOP of the year"),
        _("The SOP in its office's layout"),
        missing,
        reverse("sop:list", args=here),
    )


def _rounds(user, cycle, here) -> list[dict]:
    """Return report and memo of each round that was opened."""
    rounds = rounds_visible_to(user).filter(cycle=cycle).exclude(status=RoundStatus.PLANNED)
    rows = []
    for row in rounds.order_by("months") if cycle else []:
        is_accepted = row.status == RoundStatus.ACCEPTED
        missing = [] if is_accepted else [_("The director has not accepted the report yet.")]
        url = reverse("rounds:round", args=[*here, row.months])
        for kind, label in (
            ("round-report", _("Report of a monitoring round")),
            ("round-memo", _("Covering memo of a monitoring round")),
        ):
            rows.append(_row(kind, row.pk, f"{label}: {round_label(row)}", "", missing, url))
    return rows


def _orders(user, agency, year, here) -> list[dict]:
    orders = orders_visible_to(user).filter(agency=agency, fiscal_year=year)
    return [
        _row(
            "order",
            order.pk,
            order.title,
            order.get_status_display(),
            [],
            reverse("committees:order-detail", args=[*here, order.pk]),
        )
        for order in orders
    ]
