"""How many papers of an office could not be made lately."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core import clock
from documents.enums import PaperJobStatus
from documents.models import PaperJob
from notifications.operations import Failure

LATELY = dt.timedelta(days=7)


def failed_papers(agency: Agency) -> Failure:
    """Return the count of the last seven days. One query."""
    rows = PaperJob.objects.filter(
        agency=agency,
        status=PaperJobStatus.FAILED,
        requested_at__gt=clock.now() - LATELY,
    )
    return Failure(_("Papers that could not be made in seven days"), rows.count())
