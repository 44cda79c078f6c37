"""Files of an office: kept once under the hash of their bytes, within the office's quota."""

import hashlib
from functools import partial
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from core.file_checks import check_upload
from documents.models import StoredFile

MEGABYTE = 1024 * 1024


def store_upload(agency: Agency, uploaded, by: User) -> StoredFile:
    """Check an uploaded file and keep it; the same bytes are kept once per office.

    Raises ValidationError with a message for the person: wrong kind, too large, damaged, or the
    office's quota is full.
    """
    checked = check_upload(uploaded)
    _check_quota(agency, checked.sha256, checked.size)
    return _keep(
        agency, checked.name, checked.content, checked.content_type, by, pages=checked.pages
    )


def store_bytes(
    agency: Agency,
    name: str,
    content: bytes,
    content_type: str,
    by: User | None,
    *,
    pages: int | None = None,
) -> StoredFile:
    """Keep bytes that the portal itself made; `pages` is a PDF's number of pages."""
    return _keep(agency, name, content, content_type, by, pages=pages)


def open_file(stored: StoredFile) -> BinaryIO:
    """Open the file's bytes for reading."""
    return default_storage.open(stored.path, "rb")


def used_bytes(agency: Agency) -> int:
    """Return how much the office's files take."""
    return StoredFile.objects.filter(agency=agency).aggregate(sum=Sum("size"))["sum"] or 0


def write_once(path: str, content: bytes) -> None:
    """Write content to storage unless it is there; the path names the content."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(content):
            return
        # A crash cut the writing short.
        default_storage.delete(path)
    written = default_storage.save(path, ContentFile(content))
    if written != path:
        # Somebody else wrote the same bytes at the same moment.
        default_storage.delete(written)


def _check_quota(agency: Agency, sha256: str, size: int) -> None:
    if StoredFile.objects.filter(agency=agency, sha256=sha256).exists():
        return
    quota = agency.storage_quota_mb * MEGABYTE
    left = quota - used_bytes(agency)
    if size > left:
        raise ValidationError(
            _(
                "The office's file space is full: %(left)s MB of %(quota)s MB are left. "
                "Ask the administrator for more."
            )
            % {"left": max(0, left // MEGABYTE), "quota": agency.storage_quota_mb}
        )


def _keep(agency, name, content, content_type, by, *, pages) -> StoredFile:
    sha256 = hashlib.sha256(content).hexdigest()
    row = StoredFile(agency=agency, sha256=sha256)
    # The bytes come first: a row never names a file that is not there.
    write_once(row.path, content)
    stored, is_new = StoredFile.objects.get_or_create(
        agency=agency,
        sha256=sha256,
        defaults={
            "name": name[-200:],
            "content_type": content_type,
            "size": len(content),
            "pages": pages,
            "created_by": by,
        },
    )
    if is_new:
        # A file with the same bytes may have been released meanwhile.
        transaction.on_commit(partial(write_once, row.path, content))
    return stored
