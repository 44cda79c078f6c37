"""How long the text of an item may be: the one rule.

The limit of papers for the year (`documents.paper_limits`, self-assessment, section "item") holds
where one is entered; else the number that the form of due dates keeps with the assessment.
"""

from django.db.models import QuerySet

from assessments.models import Assessment, ItemAnswer
from documents.paper_limits import letters_in_query, limit_of, limits_of

PAPER, SECTION = "self-assessment", "item"


def item_limit(assessment: Assessment) -> int | None:
    """Return the letters that an item may have, None without a limit; 1 query an assessment."""
    if "_item_limit" not in assessment.__dict__:
        limits = limits_of(assessment.agency, assessment.cycle.fiscal_year)
        _keep(assessment, limit_of(limits, PAPER, SECTION).letters)
    return assessment.__dict__["_item_limit"]


def with_limit(answers: QuerySet[ItemAnswer]) -> QuerySet[ItemAnswer]:
    """Have the query of the answers tell the limit too; `keep_limit` takes it from an answer."""
    cycle = "category_assessment__assessment__cycle__"
    column = letters_in_query(f"{cycle}agency", f"{cycle}fiscal_year", PAPER, SECTION)
    return answers.annotate(letters_of_papers=column)


def keep_limit(answer: ItemAnswer) -> None:
    """Spare `item_limit` its query, for an answer read by `with_limit`."""
    _keep(answer.category_assessment.assessment, answer.letters_of_papers)


def _keep(assessment: Assessment, letters: int | None) -> None:
    own = assessment.item_character_limit
    assessment.__dict__["_item_limit"] = own if letters is None else letters
