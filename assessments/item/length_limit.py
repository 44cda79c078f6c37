"""How long the text of an item may be: the one rule.

The limit of papers for the year (`documents.paper_limits`, self-assessment, section "item") holds
where one is entered; else the number that the form of due dates keeps with the assessment.
"""

from assessments.models import Assessment
from documents.paper_limits import limit_of, limits_of

PAPER, SECTION = "self-assessment", "item"


def item_limit(assessment: Assessment) -> int | None:
    """Return the letters that an item may have, None without a limit; 1 query an assessment."""
    known = assessment.__dict__
    if "_item_limit" not in known:
        limits = limits_of(assessment.agency, assessment.cycle.fiscal_year)
        letters = limit_of(limits, PAPER, SECTION).letters
        known["_item_limit"] = assessment.item_character_limit if letters is None else letters
    return known["_item_limit"]
