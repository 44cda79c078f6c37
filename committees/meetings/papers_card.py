"""The card of a meeting's papers: what can be printed, how far each is, what was issued."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from committees.models import Meeting, Minutes
from documents import papers
from documents.models import IssuedDocument, PaperJob

# In the order in which they are needed. The pack is registered by the app of reports.
KINDS = {
    "invitation": _("Invitation with reply form"),
    "agenda": _("Agenda"),
    "meeting-pack": _("Meeting pack"),
    "attendance": _("Sheet to sign"),
    "minutes": _("Minutes"),
}


def card(meeting: Meeting, user: User) -> dict:
    """Return each paper with its newest job, and the papers that were issued; 3 queries."""
    minutes = Minutes.objects.filter(meeting=meeting).exists()
    jobs = _newest_jobs(meeting)
    shown = [kind for kind in KINDS if kind != "minutes" or minutes]
    return {
        "papers": [
            {
                "kind": kind,
                "label": KINDS[kind],
                "has_word": papers.get(kind).docx is not None,
                "job": jobs.get(kind),
            }
            for kind in shown
        ],
        "issued": IssuedDocument.objects.filter(
            agency=meeting.agency_id,
            content_type=ContentType.objects.get_for_model(Meeting),
            object_id=meeting.pk,
        ),
    }


def _newest_jobs(meeting: Meeting) -> dict[str, PaperJob]:
    """Return kind → the last job that anybody asked for."""
    jobs = PaperJob.objects.filter(agency=meeting.agency_id, kind__in=KINDS, object_id=meeting.pk)
    newest = jobs.filter(kind=OuterRef("kind")).order_by("-requested_at", "-pk").values("pk")[:1]
    return {job.kind: job for job in jobs.filter(pk=Subquery(newest))}
