"""Which certificates somebody may see."""

from django.db.models import Count, QuerySet

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from reports.models import Certificate


def certificates_visible_to(user: User) -> QuerySet[Certificate]:
    """Return the certificates of the person's offices: everybody there may see all of them."""
    return Certificate.objects.filter(agency__in=agencies_visible_to(user)).select_related("agency")


def found_certificates(
    user: User, agency: Agency, year: int, words: str = ""
) -> QuerySet[Certificate]:
    """Return the year's certificates, newest first, that hold the words; `people` counts them."""
    rows = certificates_visible_to(user).filter(agency=agency, fiscal_year=year)
    for word in words.split():
        rows = rows.filter(title__icontains=word) | rows.filter(
            pk__in=rows.filter(recipients__name__icontains=word).values("pk")
        )
    return rows.annotate(people=Count("recipients")).order_by("-created_at", "-pk")
