"""Which items and measures of category 7 a year's indicators may belong to."""

from django.db.models import QuerySet

from assessments.answering import DEFAULT_EDITION
from assessments.criteria.importing import current_edition
from assessments.indicators.attaching import CATEGORY
from assessments.models import Assessment, CriteriaEdition, Item, Measure
from workflows.models import Cycle

# Before any edition is loaded; the items of all editions in use.
USUAL = {f"7.{number}": "" for number in range(1, 7)}


def edition_of(cycle: Cycle) -> CriteriaEdition | None:
    """Return the edition that the year is assessed by, or would be if it started today."""
    assessment = Assessment.objects.filter(cycle=cycle).select_related("edition").first()
    return assessment.edition if assessment else current_edition(DEFAULT_EDITION, cycle.agency)


def groups_of(edition: CriteriaEdition | None) -> dict[str, str]:
    """Return code → title of the items of category 7."""
    rows = Item.objects.filter(category__edition=edition, category__number=CATEGORY)
    return {item.code: item.title for item in rows} or dict(USUAL)


def measures_of(edition: CriteriaEdition | None) -> QuerySet[Measure]:
    """Return the measures that the edition asks for in category 7, with their items."""
    return Measure.objects.filter(
        item__category__edition=edition, item__category__number=CATEGORY
    ).select_related("item")
