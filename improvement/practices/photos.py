"""Photographs of a best-practice paper, and its flow chart: only pictures, drawn anew."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from core.ordering import moved, renumber
from documents.models import StoredFile
from documents.stored_files import store_upload
from improvement.enums import PhotoLevel
from improvement.models import BestPractice, PracticePhoto
from improvement.practices.writing import hold, refresh_search

PICTURES = {"png", "jpg", "jpeg", "webp"}
MOST_PHOTOS = 30


def store_picture(practice: BestPractice, uploaded, by: User) -> StoredFile:
    """Keep an uploaded picture, encoded again. Raises ValidationError for anything else."""
    if uploaded.name.rsplit(".", 1)[-1].lower() not in PICTURES:
        raise ValidationError(_("Only PNG, JPEG or WebP pictures can be shown."))
    return store_upload(practice.agency, uploaded, by)


def add_photo(practice: BestPractice, file: StoredFile, fields: Mapping, by: User) -> PracticePhoto:
    """Add a photograph at the end. Raises NotEditable; ValidationError when there are enough."""
    with transaction.atomic():
        hold(practice)
        if practice.photos.count() >= MOST_PHOTOS:
            raise ValidationError(
                _("A paper holds at most %(most)s photographs.") % {"most": MOST_PHOTOS}
            )
        last = practice.photos.aggregate(last=Max("order"))["last"]
        order = 0 if last is None else last + 1
        photo = PracticePhoto.objects.create(practice=practice, file=file, order=order, **fields)
        refresh_search(practice)
        audit.record(practice.agency, by, "practice.photo", practice, summary=photo.caption)
    return photo


def save_photo(photo: PracticePhoto, fields: Mapping, *, version: int, by: User) -> None:
    """Change what is said of a photograph; `version` is the paper's. Raises as `hold`."""
    with transaction.atomic():
        hold(photo.practice, version)
        PracticePhoto.objects.filter(pk=photo.pk).update(**fields)
        refresh_search(photo.practice)
        summary = fields["caption"]
        audit.record(photo.practice.agency, by, "practice.photo", photo.practice, summary=summary)


def remove_photo(photo: PracticePhoto, *, version: int, by: User) -> None:
    """Take a photograph out of the paper; the file stays with the office. Raises as `hold`."""
    practice = photo.practice
    with transaction.atomic():
        hold(practice, version)
        photo.delete()
        refresh_search(practice)
        audit.record(practice.agency, by, "practice.photo_remove", practice, summary=photo.caption)


def move_photo(photo: PracticePhoto, direction: str) -> None:
    """Move a photograph one place "up" or "down". Raises NotEditable."""
    with transaction.atomic():
        hold(photo.practice)
        rows = list(photo.practice.photos.order_by("order", "pk"))
        if moved(rows, photo.pk, direction):
            renumber(PracticePhoto, rows)


def set_flow_chart(
    practice: BestPractice, file: StoredFile | None, *, version: int, by: User
) -> None:
    """Show the picture as the flow chart of heading 5; None takes it away. Raises as `hold`."""
    with transaction.atomic():
        hold(practice, version)
        BestPractice.objects.filter(pk=practice.pk).update(flow_chart=file)
        audit.record(practice.agency, by, "practice.flow_chart", practice, summary=practice.title)


def by_level(photos) -> list[dict]:
    """Return the photographs in the order of the levels, awards before events in each."""
    rows = list(photos)
    groups = [
        {
            "level": PhotoLevel(level),
            "photos": sorted(
                (row for row in rows if row.level == level),
                key=lambda row: (not row.is_award, row.order, row.pk),
            ),
        }
        for level in PhotoLevel.values
    ]
    return [group for group in groups if group["photos"]]
