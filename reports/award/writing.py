"""Texts of the award's forms: saved topic by topic, nothing typed is ever lost."""

from django.db.models import Q

from agencies.models import User
from documents.revisions import Saved, save_text
from reports.award.topics import AwardForm, Topic
from reports.models import AwardText
from workflows.enums import CycleStatus
from workflows.models import Cycle

LONGEST_TEXT = 60_000
EDITABLE = Q(cycle__status=CycleStatus.OPEN)


def texts_of(cycle: Cycle, kind: str) -> dict[str, AwardText]:
    """Return topic code → stored text of a form; 1 query."""
    return {row.topic: row for row in AwardText.objects.filter(cycle=cycle, form=kind)}


def save_award_text(
    cycle: Cycle,
    form: AwardForm,
    topic: Topic,
    text: str,
    *,
    version: int,
    by: User,
    request_id: str = "",
) -> Saved:
    """Store a topic's text if `version` is still the newest; see `documents.revisions`.

    Raises SaveConflict with the newest text, or NotEditable when the year is closed.
    """
    row, _is_new = AwardText.objects.get_or_create(cycle=cycle, form=form.kind, topic=topic.code)
    return save_text(
        row,
        {"text": text},
        version=version,
        by=by,
        agency=cycle.agency,
        editable=EDITABLE,
        request_id=request_id,
    )
