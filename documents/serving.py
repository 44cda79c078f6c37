"""Handing out bytes so that no browser takes them for a page of ours."""

from django.http import FileResponse

INLINE_TYPES = {"image/png", "image/jpeg", "image/webp"}


def served(content, content_type: str, name: str) -> FileResponse:
    """Return the bytes as an attachment, pictures inline; never cached by others."""
    response = FileResponse(
        content,
        content_type=content_type,
        filename=name,
        as_attachment=content_type not in INLINE_TYPES,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
