"""The pictures of an office's look: its state emblem and the logo of its house papers.

An uploaded picture is decoded, made no larger than paper needs and kept as PNG, which every
program reads; whatever else was in the file is gone.
"""

import io
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agencies.models import Agency, User
from core.file_checks import check_upload
from documents.models import StoredFile
from documents.stored_files import open_file, store_upload

KINDS = ("png", "jpg", "jpeg", "webp")
LARGEST_FILE = 5 * 1024 * 1024
# 1,200 dots are 100 mm at 300 dots an inch.
MOST_DOTS = 1200


@dataclass(frozen=True)
class PictureFacts:
    """What the settings page tells of a stored picture."""

    file: StoredFile
    width: int
    height: int


def keep_picture(agency: Agency, uploaded, by: User) -> StoredFile:
    """Check an uploaded picture and keep it as PNG; the same picture is kept once.

    Raises ValidationError with a message for the person.
    """
    checked = check_upload(uploaded, allowed=KINDS, max_bytes=LARGEST_FILE)
    with Image.open(io.BytesIO(checked.content)) as picture:
        picture.thumbnail((MOST_DOTS, MOST_DOTS))
        plain = io.BytesIO()
        picture.save(plain, "PNG", optimize=True)
    name = PurePath(checked.name).with_suffix(".png").name
    return store_upload(agency, SimpleUploadedFile(name, plain.getvalue(), "image/png"), by)


def facts_of(stored: StoredFile | None) -> PictureFacts | None:
    """Return what the stored picture is, None without one."""
    if stored is None:
        return None
    with open_file(stored) as content, Image.open(content) as picture:
        return PictureFacts(stored, picture.width, picture.height)
