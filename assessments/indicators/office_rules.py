"""Setting how an office scores its indicators and keeps its rounds. Scores are calculated anew
from the rules in force; rounds that exist keep their days.
"""

from django.db import IntegrityError, transaction

from agencies import audit
from agencies.models import Agency, User
from assessments.models import MonitoringSettings
from documents.revisions import Saved, save_text


def save_rules(agency: Agency, fields: dict, *, version: int, by: User) -> Saved:
    """Save the rules typed on `version` (0: the office had none yet).

    Raises documents.revisions.SaveConflict when somebody saved since; then nothing is written.
    """
    with transaction.atomic():
        row = _row_of(agency)
        before = {name: getattr(row, name) for name in fields}
        saved = save_text(row, fields, version=version, by=by, agency=agency)
        audit.record(agency, by, "indicator.rules", row, before=before, after=fields)
    return saved


def _row_of(agency: Agency) -> MonitoringSettings:
    try:
        with transaction.atomic():
            row, _new = MonitoringSettings.objects.get_or_create(
                agency=agency, defaults={"version": 0}
            )
    except IntegrityError:
        row = MonitoringSettings.objects.get(agency=agency)
    return row
