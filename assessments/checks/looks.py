"""Checks of loaded categories: what must be mended before submitting, what deserves a look.

Pure functions: a category's state and the material go in, a list of checks comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.checks import loading, numbers, titles
from assessments.demands import item_faults
from assessments.enums import Level
from assessments.item import claims
from assessments.item.counting import length_of
from assessments.item.length_limit import item_limit
from assessments.progress import CategoryState, ItemState
from core.thai_numerals import plain_decimal

MUST, LOOK = "must", "look"


@dataclass(frozen=True)
class Check:
    """One thing found: where it stands (answer and part of its page) and what it rests on.

    `answer` is None where it is of the whole category. `source`: the answer on whose page the
    figure or result stands.
    """

    code: str
    severity: str
    number: int
    item: str
    words: str
    answer: int | None = None
    anchor: str = ""
    source: int | None = None


def checks_of(state: CategoryState, material: loading.Material) -> list[Check]:
    """Return the checks of a category's items: musts first, each in the order of the items."""
    found = [check for item in state.items for check in _of_item(state, item, material)]
    return sorted(found, key=lambda check: check.severity != MUST)


def _of_item(state: CategoryState, item: ItemState, material: loading.Material) -> Iterator[Check]:
    def check(code: str, words: str, anchor: str, severity=LOOK, source=None) -> Check:
        answer = item.answer
        return Check(
            code, severity, state.number, answer.item.code, words, answer.pk, anchor, source
        )

    for fault in item_faults(item):
        yield check(fault.code, fault.words, fault.anchor, MUST)
    for code, words, anchor in (*_levels(item), *_support(item, material), *_texts(item, material)):
        yield check(code, words, anchor)
    paragraphs = claims.paragraphs(item.answer.narrative)
    for row in numbers.differences(paragraphs, material.indicators):
        words = _(
            "paragraph %(paragraph)d says %(written)s %(unit)s of “%(name)s”, which has %(figures)s"
        ) % {
            "paragraph": row.paragraph,
            "written": row.written,
            "unit": row.indicator.unit,
            "name": row.indicator.name,
            "figures": ", ".join(plain_decimal(figure) for figure in row.indicator.figures),
        }
        yield check("number-differs", words, "narrative", source=material.pages[row.indicator.pk])


def _levels(item: ItemState) -> Iterator[tuple[str, str, str]]:
    """A level that has “yes” while a lower one is not complete earns nothing yet."""
    lower = None
    for level in item.levels:
        if level.yes and not level.counts and lower is not None:
            words = _(
                "%(level)s has %(yes)d “Have it”, but %(lower)s is not complete: "
                "it does not count yet"
            )
            yield (
                "level-without-lower",
                words % {"level": Level(level.code).label, "yes": level.yes, "lower": lower},
                f"level-{level.code}",
            )
            return
        if not level.is_complete and lower is None:
            lower = Level(level.code).label


def _support(item: ItemState, material: loading.Material) -> Iterator[tuple[str, str, str]]:
    answer = item.answer
    if not item.is_result and item.score and not material.words(answer.pk, loading.PROOF):
        yield "no-result", _("no result of category 7 proves this process"), "links"
    if item.has_checklist and answer.unproved_count:
        words = ngettext(
            "%(count)d line answered “Have it” has no evidence",
            "%(count)d lines answered “Have it” have no evidence",
            answer.unproved_count,
        )
        yield "line-unproved", words % {"count": answer.unproved_count}, f"checklist-{answer.pk}"
    for text in material.words(answer.pk, loading.REVIEW):
        words = _("a comment of the review is not settled: “%(text)s”") % {"text": text[:80]}
        yield "review-open", words, "comments"
    for unit in material.words(answer.pk, loading.QUESTION):
        yield "question-open", _("%(unit)s has not answered yet") % {"unit": unit}, "questions"


def _texts(item: ItemState, material: loading.Material) -> Iterator[tuple[str, str, str]]:
    answer = item.answer
    said = claims.check(answer.narrative, material.words(answer.pk, loading.CODE))
    for code in said.unknown:
        words = _("the narrative cites %(code)s, which is not linked to the item")
        yield "evidence-unknown", words % {"code": code}, "narrative"
    limit = item_limit(item.category_assessment.assessment)
    length = length_of(answer.narrative, limit)
    if length.is_over:
        words = _("the narrative is %(count)d characters too long")
        yield "narrative-long", words % {"count": length.excess}, "narrative"
    places = {
        "narrative": [answer.narrative],
        "findings": material.words(answer.pk, loading.FINDING),
        f"checklist-{answer.pk}": material.words(answer.pk, loading.NOTE),
    }
    for anchor, texts in places.items():
        for old in titles.found_in("\n".join(texts), material.titles):
            words = _("“%(old)s” is a title of other criteria; here it is “%(new)s”")
            yield "old-title", words % {"old": old.old, "new": old.new}, anchor
