"""What the layout of every office page shows: menus, year strip, unread notices."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from agencies import page_figures
from agencies.enums import OfficeRole
from approvals.requests import count_waiting_for
from core import clock, fiscal_year
from pmqa_portal.navigation import entries
from workflows.year_strip import strip


def page(request) -> dict:
    """Give templates `page`, computed only when an office page's layout asks for it."""
    return {"page": SimpleLazyObject(lambda: _page(request))}


def year_of(request) -> int:
    """Return the fiscal year (B.E.) of the address, else the one running today."""
    return request.fiscal_year or fiscal_year.fiscal_year_of(clock.today())


DECIDING = (OfficeRole.DIRECTOR, OfficeRole.DEPUTY)


def _counts(user, agency, role: str) -> dict:
    """Return what waits in the rooms of the role; asked only for who may decide."""
    if role not in DECIDING:
        return {}
    return {"approvals": count_waiting_for(user, agency)}


def _page(request) -> dict:
    agency, year, role = request.agency, year_of(request), request.membership.role
    match = request.resolver_match
    code = {"agency_code": agency.code}
    return {
        "agency": agency,
        "role_label": request.membership.get_role_display(),
        **entries(
            role,
            agency.code,
            year,
            match.namespace or match.url_name,
            _counts(request.user, agency, role),
        ),
        "strip": strip(agency, year),
        "unread": page_figures.of(request.membership, "unread"),
        "notifications_url": reverse("notifications:list", kwargs=code),
        "profile_url": reverse("account-profile"),
        "other_offices": [
            {
                "name": row.agency.short_name,
                "url": reverse("my-work", kwargs={"agency_code": row.agency.code, "year": year}),
            }
            for row in request.memberships
            if row.agency_id != agency.pk
        ],
    }
