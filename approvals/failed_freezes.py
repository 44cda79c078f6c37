"""How many approved papers of an office could not be kept."""

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from approvals.enums import FreezeStatus
from approvals.models import PaperFreeze
from notifications.operations import Failure


def failed_freezes(agency: Agency) -> Failure:
    """Return the count of those not kept yet, to be tried again from the object's page."""
    rows = PaperFreeze.objects.filter(log__agency=agency, status=FreezeStatus.FAILED)
    return Failure(_("Approved papers that could not be kept"), rows.count())
