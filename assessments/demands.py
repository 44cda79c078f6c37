"""What an item must have before its category can be submitted: the one list that the guard of
the submission, the item's page and the page of checks share. Pure functions of a loaded state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.scores import bands

if TYPE_CHECKING:
    from assessments.progress import ItemState


@dataclass(frozen=True)
class Fault:
    """One thing that is missing: its kind, in words, and the part of the item's page to go to."""

    code: str
    words: str
    anchor: str = ""


def item_faults(item: "ItemState") -> Iterator[Fault]:
    """Yield what the item lacks (texts, answers), then what its score lacks (support)."""
    yield from _unanswered(item)
    yield from _unsupported(item)


def _unanswered(item: "ItemState") -> Iterator[Fault]:
    if item.unanswered:
        words = ngettext(
            "%(count)d checklist line is not answered yet",
            "%(count)d checklist lines are not answered yet",
            item.unanswered,
        ) % {"count": item.unanswered}
        yield Fault("lines-unanswered", words, f"checklist-{item.answer.pk}")
    if item.is_by_levels and item.is_result:
        if item.score is None:
            words = _("no indicator has a target and a value of this year")
            yield Fault("no-indicator", words, "indicators")
        return
    if not item.is_by_levels:
        yield from _percent_faults(item)
    if item.points is None:
        yield Fault("no-points", _("the full points of the item are not entered yet"), "percent")
    if not item.answer.narrative.strip():
        yield Fault("no-narrative", _("the narrative is empty"), "narrative")


def _percent_faults(item: "ItemState") -> Iterator[Fault]:
    answer = item.answer
    if answer.percent is None:
        yield Fault("no-percent", _("the percentage is not chosen yet"), "percent")
        return
    refused = bands.check(answer.percent, answer.dimensions, item.edition, is_result=item.is_result)
    if refused:
        yield Fault("percent-outside", refused, "percent")


def _unsupported(item: "ItemState") -> Iterator[Fault]:
    if not (item.score or item.answer.percent):
        return
    if not item.answer.findings_count:
        words = _("a score above 0 needs a strength or an OFI")
        yield Fault("no-finding", words, "findings")
    if not item.answer.evidence_count:
        yield Fault("no-evidence", _("a score above 0 needs evidence"), "evidence")
