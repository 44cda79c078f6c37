"""Which items and results of category 7 an item leans on: "which result proves this process?"

A link is made on the process item and is shown from both sides.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from agencies import audit
from agencies.models import User
from assessments.answering import AnswerRefused, claim_or_refuse
from assessments.models import Indicator, ItemAnswer, ItemLink


@dataclass(frozen=True)
class LinkRow:
    """One linked thing as the card shows it; `is_own` where this item made the link."""

    pk: int
    label: str
    address: str
    is_own: bool
    is_result: bool
    code: str
    indicator: int | None


def link_item(
    answer: ItemAnswer,
    by: User,
    *,
    other: ItemAnswer | None = None,
    indicator: Indicator | None = None,
) -> ItemLink:
    """Link the item with another item or with a result; a second time changes nothing.

    Raises NotEditable when the category is locked, AnswerRefused for another assessment, for
    the item itself and unless exactly one of the two is given.
    """
    if (other is None) == (indicator is None) or other == answer:
        raise AnswerRefused("one other item or one result")
    target = other or indicator.item_answer
    whole = answer.category_assessment.assessment
    if target.category_assessment.assessment_id != whole.pk:
        raise AnswerRefused("another assessment")
    with transaction.atomic():
        claim_or_refuse(answer.category_assessment)
        link, is_new = ItemLink.objects.get_or_create(
            item_answer=answer, other=other, indicator=indicator
        )
        if is_new:
            words = f"{answer.item.code} → {other.item.code if other else indicator.name}"
            audit.record(whole.agency, by, "item.link", link, summary=words)
    return link


def unlink_item(link: ItemLink, by: User) -> None:
    """Take a link out. Raises NotEditable when the category is locked."""
    whole = link.item_answer.category_assessment.assessment
    with transaction.atomic():
        claim_or_refuse(link.item_answer.category_assessment)
        audit.record(whole.agency, by, "item.unlink", link, summary=f"{link.item_answer.item.code}")
        link.delete()


def links_of(answer: ItemAnswer) -> list[LinkRow]:
    """Return the item's links in both directions, its own first; 1 query."""
    cycle = answer.category_assessment.assessment.cycle
    rows = (
        ItemLink.objects.filter(
            Q(item_answer=answer) | Q(other=answer) | Q(indicator__item_answer=answer)
        )
        .order_by("pk")
        .values_list(
            "pk",
            "indicator",
            "indicator__name",
            *_ends("item_answer"),
            *_ends("other"),
            *_ends("indicator__item_answer"),
        )
    )
    address = reverse("assessments:item-detail", args=[cycle.agency.code, cycle.fiscal_year, 0])
    start = address.removesuffix("0/")
    found = []
    for pk, indicator, name, *ends in rows:
        own, other, result = ends[:4], ends[4:8], ends[8:]
        is_own = own[0] == answer.pk
        target, code, thai, english = own if not is_own else result if indicator else other
        title = english if get_language() == "en" and english else thai
        found.append(
            LinkRow(
                pk,
                f"{code} {name if is_own and indicator else title}",
                f"{start}{target}/{'#indicators' if is_own and indicator else ''}",
                is_own,
                indicator is not None,
                code,
                indicator,
            )
        )
    return sorted(found, key=lambda row: (not row.is_own, not row.is_result, row.label, row.pk))


def _ends(answer: str) -> list[str]:
    """Return the columns that name the item of an answer."""
    return [
        f"{answer}__{what}" for what in ("pk", "item__code", "item__title_th", "item__title_en")
    ]


def choices_of(answer: ItemAnswer) -> tuple[QuerySet[Indicator], QuerySet[ItemAnswer]]:
    """Return the results and the other items that the item may still be linked with."""
    whole = answer.category_assessment.assessment
    own = ItemLink.objects.filter(item_answer=answer)
    results = (
        Indicator.objects.filter(item_answer__category_assessment__assessment=whole)
        .exclude(pk__in=own.filter(indicator__isnull=False).values("indicator"))
        .exclude(item_answer=answer)
        .select_related("item_answer__item", "item_answer__category_assessment")
        .order_by("item_answer__item__order", "order", "pk")
    )
    others = (
        ItemAnswer.objects.filter(category_assessment__assessment=whole)
        .exclude(pk__in=own.filter(other__isnull=False).values("other"))
        .exclude(pk=answer.pk)
        .select_related("item", "category_assessment")
        .order_by("category_assessment__category__number", "item__order", "pk")
    )
    return results, others
