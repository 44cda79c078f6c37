"""What a preview showed goes with its page, signed, and comes back when it is confirmed.

Only who saw the preview may confirm it, only in the office that it was made for, and not for ever.
"""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest

SECONDS = 4 * 60 * 60


def signed(request: HttpRequest, purpose: str, data: Any) -> str:
    """Return the data as the text of a hidden field."""
    return dumps(data, salt=_salt(request, purpose), compress=True)


def confirmed(request: HttpRequest, purpose: str, text: str) -> Any:
    """Return the data of a preview's hidden field; None where it is too old or not this one's."""
    try:
        return loads(text, salt=_salt(request, purpose), max_age=SECONDS)
    except BadSignature:
        return None


def first_confirmation(text: str) -> bool:
    """Return True once for a preview: a second press of its button must not do the work twice."""
    return cache.add(f"preview:{sha256(text.encode()).hexdigest()}", True, SECONDS)


def _salt(request: HttpRequest, purpose: str) -> str:
    return f"{purpose}.{request.agency.pk}.{request.user.pk}"
