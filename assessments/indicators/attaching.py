"""Which item of category 7 an indicator counts in: the one of the code that it names."""

from assessments.models import Indicator, ItemAnswer
from workflows.models import Cycle

CATEGORY = 7


def answers_of_results(cycle: Cycle) -> dict[str, ItemAnswer]:
    """Return item code → answer of the year's category 7; empty before the year is assessed."""
    answers = ItemAnswer.objects.filter(
        category_assessment__assessment__cycle=cycle,
        category_assessment__category__number=CATEGORY,
    ).select_related(
        "item",
        "category_assessment__category",
        "category_assessment__assessment__edition",
        "category_assessment__assessment__cycle__agency",
    )
    return {answer.item.code: answer for answer in answers}


def attach_to_items(cycle: Cycle) -> None:
    """Give each indicator of the year the answer of the item that it names, where there is one.

    Called when the year's assessment starts; who makes or moves an indicator attaches it at once.
    """
    for code, answer in answers_of_results(cycle).items():
        rows = Indicator.objects.filter(cycle=cycle, group=code)
        rows.exclude(item_answer=answer).update(item_answer=answer)
