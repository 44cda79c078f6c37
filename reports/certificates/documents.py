"""The certificate on paper: landscape A4, one page a recipient, in the office's colours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies import audit_actions
from core.templatetags.papers import kept
from core.thai_numerals import to_thai_digits
from core.thai_text import shown_length, wrap_protected
from documents.enums import PaperGroup
from documents.official_words import with_era
from documents.paper_digits import uses_thai_digits
from documents.papers import PaperKind, register
from reports.certificates.queries import certificates_visible_to
from reports.models import Certificate

# How many letters of a name fit in one line in each size; longer ones wrap between words.
NAME_SIZES = ((30, "large"), (42, "middle"), (60, "small"))
DOTS = "." * 12
# Letters of the reason beyond which a certificate is set smaller.
DENSE = 150


def size_of(name: str) -> str:
    """Return in which size a name is printed, so that it fits; the longest take several lines."""
    length = shown_length(name)
    return next((size for most, size in NAME_SIZES if length <= most), "smallest")


def certificate_context(certificate: Certificate) -> dict[str, Any]:
    """Return what every page prints, and the recipients in their order."""
    digits = to_thai_digits if uses_thai_digits(certificate.agency) else str
    day = with_era(certificate.given_on) if certificate.given_on else f"{DOTS} พ.ศ. {DOTS}"
    return {
        "heading": wrap_protected(digits(certificate.title)),
        "reason": [wrap_protected(digits(line)) for line in certificate.reason.splitlines()],
        "is_dense": _is_dense(certificate),
        "day": wrap_protected(digits(day)),
        "signers": [
            {
                "name": digits(row.get("name", "")),
                "lines": [
                    kept(digits(row[part]), 34) for part in ("position", "acting") if row.get(part)
                ],
            }
            for row in certificate.signers
        ],
        "recipients": [
            {
                "name": wrap_protected(digits(row.name)),
                "detail": wrap_protected(digits(row.detail)),
                "size": size_of(row.name),
            }
            for row in certificate.recipients.all()
        ],
    }


def _is_dense(certificate: Certificate) -> bool:
    """Return whether its words need the smaller size, on every page alike."""
    lines = certificate.reason.splitlines()
    longest = max((shown_length(row.name) for row in certificate.recipients.all()), default=0)
    return len(lines) > 2 or shown_length(certificate.reason) > DENSE or longest > NAME_SIZES[-1][0]


register(
    PaperKind(
        kind="certificate",
        group=PaperGroup.LETTERS,
        model=Certificate,
        label=_("Certificate of recognition"),
        template="pdf/certificate.html",
        stylesheets=("pdf/certificate.css",),
        context=certificate_context,
        title=lambda certificate: certificate.title,
        agency_of=lambda certificate: certificate.agency,
        fiscal_year_of=lambda certificate: certificate.fiscal_year,
        visible_to=certificates_visible_to,
    )
)
audit_actions.register(
    {
        "certificate.add": _("Certificate: written"),
        "certificate.edit": _("Certificate: changed"),
        "certificate.remove": _("Certificate: deleted"),
    }
)
