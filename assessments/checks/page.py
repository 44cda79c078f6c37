"""The list of checks of a category or of the whole assessment, as rows for its page."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.checks.loading import material
from assessments.checks.looks import LOOK, MUST, Check, checks_of
from assessments.models import Assessment, CategoryAssessment, PartDone
from assessments.progress import RESULTS, CategoryState, load, load_category, missing_measures
from assessments.reviewing import parts_left


@dataclass(frozen=True)
class Part:
    """One category with its checks."""

    state: CategoryState
    musts: list[dict]
    looks: list[dict]


def of_category(row: CategoryAssessment) -> Part:
    """Return the checks of one category; 4 queries (7: a few more)."""
    state = load_category(row)
    return _parts(row.assessment, [state], material(row.assessment, state.number))[0]


def of_whole(assessment: Assessment) -> list[Part]:
    """Return the checks of all categories; the number of queries is fixed."""
    states = load(assessment)[assessment.pk].categories
    return _parts(assessment, states, material(assessment))


def _parts(assessment: Assessment, states: list[CategoryState], found) -> list[Part]:
    cycle = assessment.cycle
    address = reverse("assessments:item-detail", args=[cycle.agency.code, cycle.fiscal_year, 0])
    start = address.removesuffix("0/")
    parts = []
    for state in states:
        rows = [_row(check, start) for check in [*_of_category(state), *checks_of(state, found)]]
        parts.append(
            Part(
                state,
                [row for row in rows if row["severity"] == MUST],
                [row for row in rows if row["severity"] == LOOK],
            )
        )
    return parts


def _of_category(state: CategoryState) -> list[Check]:
    """Return what the guard of the submission demands of the category itself (category 7)."""
    if state.number != RESULTS:
        return []
    done = PartDone.objects.filter(category_assessment=state.category_assessment)
    left = parts_left(state.number, set(done.values_list("category_number", flat=True)))
    return [
        *(Check("no-measure", MUST, state.number, "", words) for words in missing_measures(state)),
        *(Check("part-left", MUST, state.number, "", words) for words in left),
    ]


def _row(check: Check, start: str) -> dict:
    def address(answer: int | None, anchor: str) -> str:
        return f"{start}{answer}/{'#' + anchor if anchor else ''}" if answer else ""

    return {
        "code": check.code,
        "severity": check.severity,
        "item": check.item,
        "words": check.words,
        "address": address(check.answer, check.anchor),
        "source": address(check.source, "indicators"),
    }
