"""Last year's answer to what an item asks, and what changed in the words since."""

from dataclasses import dataclass

from assessments import scoring
from assessments.criteria.carrying import last_answers, last_texts
from assessments.models import ItemAnswer
from assessments.progress import RESULTS, states_of
from core.word_changes import Words, word_changes


@dataclass(frozen=True)
class Comparison:
    """This year's text against last year's, as runs of words."""

    runs: list[Words]

    @property
    def has_changes(self) -> bool:
        return any(run.kind != "same" for run in self.runs)


def last_year(answer: ItemAnswer) -> dict | None:
    """Return last year's answer with its score; None where there is none.

    By the same code or the mapping of editions; where several items were continued, their
    texts come one below the other, and the score is that of the only one.
    """
    if answer.category_assessment.category.number == RESULTS:
        return _last_results(answer)
    states = states_of(last_answers(answer))
    rows = [item for category in states for item in category.items]
    if not rows:
        return None
    same_edition = rows[0].edition.scoring == answer.category_assessment.assessment.edition.scoring
    first = rows[0]
    return {
        "narrative": _joined([(row.answer.item.code, row.answer.narrative) for row in rows]),
        "score": None
        if len(rows) > 1 or not same_edition or first.score is None
        else scoring.to_five(first.score),
        "complete": sum(level.is_complete and level.counts for level in first.levels),
        "pk": first.answer.pk,
    }


def _last_results(answer: ItemAnswer) -> dict | None:
    """Return last year's text on results; their figures stand with this year's indicators."""
    rows = list(last_answers(answer).values_list("item_code", "narrative", "pk"))
    if not rows:
        return None
    narrative = _joined([(code, text) for code, text, _pk in rows])
    return {"narrative": narrative, "score": None, "complete": 0, "pk": rows[0][2]}


def compare(answer: ItemAnswer) -> Comparison:
    """Return what changed from last year's text to this year's."""
    before = _joined([(text.code, text.narrative) for text in last_texts(answer)])
    return Comparison(word_changes(before, answer.narrative))


def _joined(texts: list[tuple[str, str]]) -> str:
    written = [(code, text) for code, text in texts if text.strip()]
    if len(written) == 1:
        return written[0][1]
    return "\n\n".join(f"[{code}]\n{text}" for code, text in written)
