"""Office files are zip archives of XML: looked through before any parser of theirs opens them."""

import io
import zipfile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Far above a register of thousands of rows or an SOP of fifty pages; below what harms.
MAX_XML = 20 * 1024 * 1024
MAX_ELEMENTS = 600_000


def check_office_xml(content: bytes) -> None:
    """Refuse a Word or Excel file whose XML names entities, is broken or too much to read.

    Raises ValidationError with a message for the person, and nothing else. Pictures in the file
    are not looked at and not unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                member
                for member in archive.infolist()
                if member.filename.lower().endswith((".xml", ".rels", ".vml"))
            ]
            if sum(member.file_size for member in parts) > MAX_XML:
                raise ValidationError(_("The file unpacks to more than the portal accepts."))
            count = 0
            for member in parts:
                with archive.open(member) as part:
                    count += _count(part)
                if count > MAX_ELEMENTS:
                    raise ValidationError(_("The file unpacks to more than the portal accepts."))
    except ValidationError:
        raise
    except DefusedXmlException as error:
        raise ValidationError(_("The file holds instructions that are not accepted.")) from error
    except (ParseError, ValueError) as error:
        raise ValidationError(_("The file is damaged and cannot be read.")) from error
    except Exception as error:  # a damaged archive raises many kinds
        raise ValidationError(_("The file is damaged and cannot be read.")) from error


def _count(part) -> int:
    """Return how many elements the part has; each is forgotten once it was seen."""
    count = 0
    for _event, element in iterparse(part, forbid_dtd=True):
        element.clear()
        count += 1
        if count > MAX_ELEMENTS:
            break
    return count
