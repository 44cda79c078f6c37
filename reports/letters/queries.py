"""Which letters somebody may see, and finding them."""

from django.db.models import Q, QuerySet

from agencies.models import Agency, AgencyMembership, User
from agencies.queries import agencies_visible_to
from reports.letters.permissions import TRUSTED
from reports.models import Letter

# What the list may be sorted by, as its address says it.
SORTS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "subject": ("subject", "pk"),
    "number": ("-dated_on", "number", "pk"),
}


def letters_visible_to(user: User) -> QuerySet[Letter]:
    """Return the letters of the person's offices; secret ones only where the role is trusted."""
    trusted = AgencyMembership.objects.filter(
        user=user, is_active=True, role__in=TRUSTED, user__is_active=True
    ).values("agency")
    open_to_user = Q(secrecy="") | Q(agency__in=trusted)
    return Letter.objects.filter(open_to_user, agency__in=agencies_visible_to(user)).select_related(
        "agency", "created_by"
    )


def found_letters(
    user: User,
    agency: Agency,
    year: int,
    *,
    words: str = "",
    kind: str = "",
    status: str = "",
    sort: str = "newest",
) -> QuerySet[Letter]:
    """Return the year's letters that hold the words in subject, number or addressee."""
    rows = letters_visible_to(user).filter(agency=agency, fiscal_year=year)
    for word in words.split():
        rows = rows.filter(
            Q(subject__icontains=word) | Q(number__icontains=word) | Q(addressee__icontains=word)
        )
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    return rows.order_by(*SORTS.get(sort, SORTS["newest"]))
