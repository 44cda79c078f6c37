"""What a page's script gets to hear when it saves a text: one form of answer for all pages.

200 {"version", "saved_at"} · 409 {"text", "version", "by", "at"} when somebody saved a newer
text · 422 and 423 {"message"} when the text or the state refuses. The script keeps what was typed.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse

from core.clock import hour_and_minute
from documents.revisions import SaveConflict, Saved


def is_autosave(request: HttpRequest) -> bool:
    """Return whether a script saves; a form sent without one gets a page instead."""
    return request.headers.get("X-Requested-With") == "autosave"


def saved(done: Saved) -> JsonResponse:
    """Say which version is stored now, and when it was."""
    return JsonResponse({"version": done.version, "saved_at": hour_and_minute(done.saved_at)})


def refused(message: str, status: int) -> JsonResponse:
    """Say in words why nothing was stored."""
    return JsonResponse({"message": message}, status=status)


def conflict(newer: SaveConflict, field: str) -> JsonResponse:
    """Show the newest text, so that both texts stay before the person's eyes."""
    return JsonResponse(newest(newer, field), status=409)


def newest(newer: SaveConflict, field: str) -> dict[str, Any]:
    """Return the newest text with its version, who saved it and when."""
    last = newer.last
    return {
        "text": getattr(newer.current, field),
        "version": newer.current.version,
        "by": str(last.saved_by) if last else "",
        "at": hour_and_minute(last.saved_at) if last else "",
    }
