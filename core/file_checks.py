"""What may be uploaded: PDF, PNG, JPEG, WebP, DOCX, XLSX, whose content is what they claim.

Nothing is unpacked to disk; pictures are decoded only after their size is known, and encoded
again, which drops whatever else was hidden in the file.
"""

import hashlib
import io
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import filetype
import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

MAX_PIXELS = 25_000_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 2000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": DOCX,
    "xlsx": XLSX,
}
IMAGE_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
OFFICE_MAIN_PART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its bytes as they will be stored, and what they are."""

    name: str
    content: bytes
    content_type: str
    extension: str
    sha256: str
    pages: int | None = None

    @property
    def size(self) -> int:
        return len(self.content)


def check_upload(
    uploaded, *, allowed: tuple[str, ...] = tuple(TYPES), max_bytes: int | None = None
) -> CheckedFile:
    """Return the checked file, or raise ValidationError with a message for the person.

    `uploaded` is a Django UploadedFile; `allowed` lists extensions without the dot; `max_bytes`
    defaults to the setting MAX_UPLOAD_BYTES. No other exception leaves this function.
    """
    most = max_bytes or settings.MAX_UPLOAD_BYTES
    if uploaded.size > most:
        limit = max(1, most // (1024 * 1024))
        raise ValidationError(
            _("The file is larger than %(limit)s MB. Make it smaller or split it.")
            % {"limit": limit}
        )
    name = PurePath(uploaded.name.replace("\\", "/")).name[-200:]
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension not in allowed or extension not in TYPES:
        raise ValidationError(
            _("This kind of file cannot be kept. Use %(kinds)s.")
            % {"kinds": ", ".join(sorted({kind.upper() for kind in allowed}))}
        )
    uploaded.seek(0)
    content = uploaded.read()
    if not content:
        raise ValidationError(_("The file is empty."))
    content_type = TYPES[extension]
    _check_agreement(content, content_type)
    pages = None
    if content_type in IMAGE_FORMATS:
        content = _reencoded(content, IMAGE_FORMATS[content_type])
    elif content_type == "application/pdf":
        pages = _pdf_pages(content)
    else:
        _check_office_file(content, content_type)
    return CheckedFile(
        name, content, content_type, extension, hashlib.sha256(content).hexdigest(), pages
    )


def _check_agreement(content: bytes, content_type: str) -> None:
    guess = filetype.guess_mime(content[:8192])
    # Office files are zip archives; which one is told by their main part.
    expected = {content_type}
    if content_type in OFFICE_MAIN_PART:
        expected |= {"application/zip"}
    if guess not in expected:
        raise ValidationError(_("The content of the file is not what its name says."))


def _reencoded(content: bytes, image_format: str) -> bytes:
    # WeasyPrint, once imported, lets Pillow pass over missing bytes everywhere.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[image_format]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise ValidationError(
                        _("The picture is larger than 25 megapixels. Make it smaller.")
                    )
                image.load()
                turned = ImageOps.exif_transpose(image)
                plain = turned if turned.mode in {"RGB", "RGBA", "L"} else turned.convert("RGB")
                if image_format == "JPEG" and plain.mode == "RGBA":
                    plain = plain.convert("RGB")
                clean = Image.new(plain.mode, plain.size)
                clean.paste(plain)
                out = io.BytesIO()
                clean.save(out, image_format, **({"quality": 88} if image_format != "PNG" else {}))
                return out.getvalue()
    except ValidationError:
        raise
    except Exception as error:  # decoders raise many kinds for broken data
        raise ValidationError(_("The picture is damaged and cannot be read.")) from error


def _pdf_pages(content: bytes) -> int:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            _("The PDF is locked with a password. Save it without one.")
        ) from error
    except Exception as error:  # any parser trouble is the file's fault
        raise ValidationError(_("The PDF is damaged and cannot be read.")) from error


def _check_office_file(content: bytes, content_type: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            too_big = (
                len(members) > MAX_MEMBERS
                or sum(member.file_size for member in members) > MAX_UNPACKED
            )
    except Exception as error:  # a damaged archive raises many kinds
        raise ValidationError(_("The file is damaged and cannot be read.")) from error
    if too_big:
        raise ValidationError(_("The file unpacks to more than the portal accepts."))
    if OFFICE_MAIN_PART[content_type] not in names:
        raise ValidationError(_("The content of the file is not what its name says."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("Files with macros are not accepted."))
