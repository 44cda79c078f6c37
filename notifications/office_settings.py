"""What an office decided about digest and escalation; the defaults hold until it decides."""

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from notifications.models import AgencyNoticeSettings


def notice_settings_of(agency: Agency) -> AgencyNoticeSettings:
    """Return the office's settings, or an unsaved row with the defaults. One query."""
    row = AgencyNoticeSettings.objects.filter(agency=agency).first()
    return row or AgencyNoticeSettings(agency=agency)


FIELDS = ("digest_at", "escalate_after_days", "escalates_to_head", "escalates_to_officers")


@transaction.atomic
def save_notice_settings(settings: AgencyNoticeSettings, by: User) -> None:
    """Keep the office's decision; the audit log says what it was before and is now."""
    before = notice_settings_of(settings.agency)
    row, _is_new = AgencyNoticeSettings.objects.update_or_create(
        agency=settings.agency, defaults={name: getattr(settings, name) for name in FIELDS}
    )
    audit.record(
        settings.agency,
        by,
        "notices.settings",
        row,
        before=[str(getattr(before, name)) for name in FIELDS],
        after=[str(getattr(row, name)) for name in FIELDS],
    )
