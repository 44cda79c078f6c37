"""Setting a composition rule aside: by whom, when and why; never silently."""

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from committees.composition import WARNING, Check, checks
from committees.models import RuleOverride
from core import clock


def find_check(agency: Agency, year: int, code: str) -> Check | None:
    """Return the year's check of that code, or None when no rule answers with it."""
    return next((check for check in checks(agency, year) if check.code == code), None)


def override(agency: Agency, year: int, check: Check, *, reason: str, by: User) -> bool:
    """Set the open check aside with a reason; False when it is not open any more.

    The person, the moment and the reason are kept and audited; the order prints none of them.
    """
    if check.state != WARNING:
        return False
    with transaction.atomic():
        row, created = RuleOverride.objects.get_or_create(
            agency=agency,
            fiscal_year=year,
            rule=check.code,
            defaults={"reason": reason, "by": by, "at": clock.now()},
        )
        if created:
            summary = f"{year} {check.code}: {reason}"
            audit.record(agency, by, "rule.override", row, summary=summary)
    return created


def undo_override(agency: Agency, year: int, code: str, *, by: User) -> bool:
    """Let the rule hold again; False when it was not set aside."""
    with transaction.atomic():
        row = RuleOverride.objects.filter(agency=agency, fiscal_year=year, rule=code).first()
        if row is None:
            return False
        audit.record(agency, by, "rule.restore", row, summary=f"{year} {code}: {row.reason}")
        row.delete()
    return True
