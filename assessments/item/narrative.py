"""What stands around the narrative: prompts, its length, and whether it cites its proof."""

from django.utils.translation import gettext as _

from assessments.item import claims
from assessments.item.counting import CHARACTERS_PER_PAGE, length_of
from assessments.item.length_limit import item_limit
from assessments.item.levels import letci_prompts
from assessments.item.proofs import Proofs
from assessments.progress import ItemState

# Longer lists are told as a number.
MOST_SHOWN = 8
SHOWN_WORDS = 60


def present(state: ItemState, proofs: Proofs, typed: str | None = None) -> dict:
    """Return the context of the narrative's card; `typed` is a text that was not stored."""
    text = state.answer.narrative if typed is None else typed
    limit = item_limit(state.category_assessment.assessment)
    return {
        "narrative": text,
        "length": length_of(text, limit),
        "characters_per_page": CHARACTERS_PER_PAGE,
        "prompts": letci_prompts() if state.is_result else adli_prompts(),
        "prompts_title": _("Prompts: LeTCI") if state.is_result else _("Prompts: ADLI"),
        **claims_of(text, proofs),
    }


def claims_of(text: str, proofs: Proofs) -> dict:
    """Return what the quiet list beside the narrative shows."""
    found = claims.check(text, proofs.codes)
    titles, addresses = proofs.titles(), proofs.addresses()

    def piece(code: str) -> dict:
        return {"code": code, "title": titles[code], "address": addresses[code]}

    return {
        "claims": found if text.strip() or found.unused else None,
        "bare": [
            {"number": number, "words": _shortened(words)}
            for number, words in found.bare[:MOST_SHOWN]
        ],
        "bare_more": max(0, len(found.bare) - MOST_SHOWN),
        "unused": [piece(code) for code in found.unused[:MOST_SHOWN]],
        "unused_more": max(0, len(found.unused) - MOST_SHOWN),
    }


def adli_prompts() -> list[dict]:
    """Return what a process is told by: approach, deployment, learning, integration."""
    return [
        {"code": "A", "title": _("Approach"), "asks": _("Which method is used, since when?")},
        {
            "code": "D",
            "title": _("Deployment"),
            "asks": _("Which groups and schools work by it, and how far?"),
        },
        {
            "code": "L",
            "title": _("Learning"),
            "asks": _("What was evaluated and improved, and when?"),
        },
        {
            "code": "I",
            "title": _("Integration"),
            "asks": _("Which plan, indicator or other item does it serve?"),
        },
    ]


def _shortened(words: str) -> str:
    return words if len(words) <= SHOWN_WORDS else words[:SHOWN_WORDS].rstrip() + "…"
