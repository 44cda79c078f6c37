"""Many files at once: each is kept, found to be there already, or refused, on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from assessments import tasks
from assessments.evidence.keeping import Facts, keep
from assessments.evidence.permissions import mark_readable
from assessments.evidence.places import Place
from assessments.models import Evidence
from documents.stored_files import store_upload

KEPT, DUPLICATE, REFUSED = "kept", "duplicate", "refused"
# Pictures as iPhones take them; Pillow reads none of these.
PHONE_ONLY = {".heic", ".heif"}


@dataclass(frozen=True)
class Row:
    """What became of one file; `earlier` is evidence of a year before with the same content."""

    name: str
    state: str
    evidence: Evidence | None = None
    reason: str = ""
    earlier: Evidence | None = None

    @property
    def words(self) -> str:
        """What the row says to the person."""
        if self.state == REFUSED:
            return self.reason
        if self.state == DUPLICATE:
            return _("Kept already as %(code)s: linked here, not kept twice") % {
                "code": self.evidence.code
            }
        words = _("Kept as %(code)s") % {"code": self.evidence.code}
        if self.earlier:
            words += " · " + _("the same file was %(code)s in %(year)s") % {
                "code": f"{self.earlier.code} {self.earlier.shown_title}",
                "year": self.earlier.cycle.fiscal_year,
            }
        return words


def refuse_phone_only(name: str) -> None:
    """Raise ValidationError with advice for pictures that only some telephones can show."""
    if PurePath(name).suffix.lower() in PHONE_ONLY:
        raise ValidationError(
            _(
                "Pictures of the kind HEIC cannot be shown to everybody. On the iPhone choose "
                "Settings > Camera > Formats > Most Compatible, or send the picture as JPEG."
            )
        )


def keep_files(
    place: Place,
    files: Iterable,
    by: User,
    *,
    title: str = "",
    note: str = "",
    facts: Facts | None = None,
) -> list[Row]:
    """Keep every file that can be kept and use it at the place; a row for each, in order.

    One bad file keeps none of the others out. Several files are told apart by their own names;
    `title` names a single one. Raises NotEditable when the place is locked.
    """
    files = list(files)
    named = title if len(files) == 1 else ""
    return [_keep_file(place, file, by, named, note, facts) for file in files]


def _keep_file(place: Place, uploaded, by: User, title: str, note: str, facts: Facts | None) -> Row:
    name = PurePath(uploaded.name.replace("\\", "/")).name
    agency = place.cycle.agency
    try:
        refuse_phone_only(name)
        with transaction.atomic():
            stored = store_upload(agency, uploaded, by)
            evidence, is_new = keep(
                place, by, title=title or PurePath(name).stem, file=stored, note=note, facts=facts
            )
    except ValidationError as error:
        return Row(name, REFUSED, reason=" ".join(error.messages))
    mark_readable([evidence], by, agency, place.cycle.fiscal_year)
    if not is_new:
        return Row(name, DUPLICATE, evidence)
    if stored.pages:
        tasks.picture_pages.delay_on_commit(stored.pk)
    return Row(name, KEPT, evidence, earlier=_earlier(evidence, by))


def _earlier(evidence: Evidence, by: User) -> Evidence | None:
    """Return the newest evidence of a year before that holds the same file."""
    cycle = evidence.cycle
    found = (
        Evidence.objects.filter(
            file=evidence.file,
            cycle__agency=cycle.agency,
            cycle__fiscal_year__lt=cycle.fiscal_year,
        )
        .select_related("cycle__agency")
        .order_by("-cycle__fiscal_year", "pk")
        .first()
    )
    if found:
        mark_readable([found], by, cycle.agency, found.cycle.fiscal_year)
    return found
