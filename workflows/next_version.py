"""What a year has taught goes into the next version of its SOP: a draft that names late steps."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import User
from workflows.models import Cycle, ProcedureVersion
from workflows.sop.drafts import new_draft
from workflows.year_end import YearEnd, record_of


def draft_from_record(cycle: Cycle, by: User, today: dt.date) -> ProcedureVersion:
    """Return a new draft of the cycle's SOP, its change note filled with the late steps.

    Raises DraftExists while another version is in work.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        draft = new_draft(cycle.version.procedure, by)
        note = change_note(cycle, record_of(cycle, today))
        ProcedureVersion.objects.filter(pk=draft.pk, version=draft.version).update(change_note=note)
    draft.change_note = note
    return draft


def change_note(cycle: Cycle, record: YearEnd) -> str:
    """Return the note: the year's figures, then one line for each late step."""
    words = {"year": cycle.fiscal_year, "on_time": record.on_time, "judged": record.judged}
    lines = [_("From fiscal year %(year)s: %(on_time)s of %(judged)s steps on time.") % words]
    lines += [
        _("Step %(number)s %(title)s: %(measure)s")
        % {
            "number": result.row.number,
            "title": result.row.title,
            "measure": result.measure_text,
        }
        + (f" ({result.row.step.remark})" if result.row.step.remark else "")
        for result in record.late
    ]
    return "\n".join(lines)
