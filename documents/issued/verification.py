"""Whether a paper is genuine: asked by the code on its foot, by anybody who holds it.

Codes are long and random. Failures are counted by network address: whoever tries codes, or sends
one false file after the other, is soon told to wait. A whole office shares one address, so true
codes are answered to everybody at all times, and false files for one paper hold up no other.
"""

import hashlib
import re

from core import throttle
from documents.models import IssuedDocument

TRIES, TRIES_SECONDS = 30, 15 * 60
_GROUPS = re.compile(r"[0-9A-Z]{16}")


def normal_code(text: str) -> str:
    """Return a typed code as it is printed: capitals, groups of four, no look-alikes."""
    letters = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    if not _GROUPS.fullmatch(letters):
        return text.strip()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def document_of(code: str) -> IssuedDocument | None:
    """Return the frozen paper that carries the code."""
    rows = IssuedDocument.objects.select_related("agency", "file").defer("content")
    return rows.filter(verification_code=normal_code(code)[:32]).first()


def newer_than(document: IssuedDocument) -> IssuedDocument | None:
    """Return the newest issue of the same paper, if it is not this one."""
    rows = IssuedDocument.objects.filter(
        kind=document.kind,
        content_type=document.content_type_id,
        object_id=document.object_id,
        sequence__gt=document.sequence,
    )
    return rows.only("title", "sequence", "issued_at").order_by("-sequence").first()


def has_tried_enough(address: str, about: str = "") -> bool:
    """Return whether the network address must wait before its next try.

    `about` is the code to which files are compared; each has a count of its own.
    """
    return throttle.counted(_key(address, about)) >= TRIES


def count_try(address: str, about: str = "") -> None:
    """Remember one unknown code, or one file that was not the paper, for a quarter of an hour."""
    throttle.count(_key(address, about), TRIES_SECONDS)


def _key(address: str, about: str) -> str:
    return f"verify:{hashlib.sha256(f'{address} {about}'.encode()).hexdigest()[:32]}"


def is_same_file(document: IssuedDocument, uploaded) -> bool:
    """Return whether the uploaded file is, byte for byte, the frozen paper. Keeps nothing."""
    if uploaded.size != document.file.size:
        return False
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    return digest.hexdigest() == document.file.sha256
