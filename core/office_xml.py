"""Office files are zip archives of XML: looked through before any parser of theirs opens them."""

import io
import zipfile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Far above a register of thousands of rows or an SOP of fifty pages; below what harms.
MAX_XML = 20 * 1024 * 1024
MAX_ELEMENTS = 600_000
# Marks of an encoding, and blanks, that may stand before the first "<".
_BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


def check_office_xml(content: bytes, *, most: int = MAX_ELEMENTS) -> None:
    """Refuse a Word or Excel file whose XML names entities, is broken or too much to read.

    `most` is how many elements its parts may have together. A part is told by its content, not
    by its name; pictures are not looked at. Raises ValidationError with a message for the
    person, and nothing else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [member for member in archive.infolist() if _is_xml(archive, member)]
            size = sum(member.file_size for member in parts)
            count = most + 1 if size > MAX_XML else 0
            for member in parts:
                if count <= most:
                    with archive.open(member) as part:
                        count += _count(part, most)
    except DefusedXmlException as error:
        raise ValidationError(_("The file holds instructions that are not accepted.")) from error
    except Exception as error:  # a damaged archive and broken XML raise many kinds
        raise ValidationError(_("The file is damaged and cannot be read.")) from error
    if count > most:
        raise ValidationError(_("The file unpacks to more than the portal accepts."))


def _is_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as part:
        return part.read(256).lstrip(_BEFORE_XML).startswith(b"<")


def _count(part, most: int) -> int:
    """Return how many elements the part has; each is forgotten once it was seen."""
    count = 0
    for _event, element in iterparse(part, forbid_dtd=True):
        element.clear()
        count += 1
        if count > most:
            break
    return count
