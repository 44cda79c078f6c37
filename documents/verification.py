"""Whether a paper is genuine: asked by the code on its foot, by anybody who holds it.

Codes are long and random; whoever tries codes, or sends file after file, is soon asked to wait.
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
    rows = IssuedDocument.objects.select_related("agency", "file")
    return rows.filter(verification_code=normal_code(code)[:32]).first()


def has_tried_enough(address: str) -> bool:
    """Return whether the network address must wait before its next try."""
    return throttle.counted(_key(address)) >= TRIES


def count_try(address: str) -> None:
    """Remember one unknown code, or one file to compare, for a quarter of an hour."""
    throttle.count(_key(address), TRIES_SECONDS)


def _key(address: str) -> str:
    return f"verify:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def is_same_file(document: IssuedDocument, uploaded) -> bool:
    """Return whether the uploaded file is, byte for byte, the frozen paper. Keeps nothing."""
    digest = hashlib.sha256()
    for chunk in uploaded.chunks():
        digest.update(chunk)
    return digest.hexdigest() == document.file.sha256
