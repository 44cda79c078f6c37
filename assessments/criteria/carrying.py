"""Last year's texts for this year's items: by the same code, or by the mapping of editions.

An edition with the same code continues item by item; between two editions the rows count that
`mapping.rows_in_force` gives.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.crypto import get_random_string

from agencies.models import User
from assessments import answering
from assessments.criteria.mapping import rows_in_force
from assessments.models import Assessment, ItemAnswer
from documents.models import TextRevision
from documents.revisions import NotEditable, SaveConflict

# The request ids of a carrying begin so; a text that still has one can be taken back.
MARK = "carry-"


@dataclass(frozen=True)
class LastText:
    """A text of the year before: the item's code and edition, the words, the answer's pk."""

    code: str
    edition_code: str
    narrative: str
    pk: int


@dataclass(frozen=True)
class Carried:
    """An answer without a text, and what the year before has for it."""

    answer: ItemAnswer
    texts: tuple[LastText, ...]

    @property
    def narrative(self) -> str:
        """Return the texts as one; where there are several, each below its item's code."""
        if len(self.texts) == 1:
            return self.texts[0].narrative
        return "\n\n".join(f"[{text.code}]\n{text.narrative}" for text in self.texts)


def last_texts(answer: ItemAnswer) -> list[LastText]:
    """Return what the office wrote last year on what the item asks, by item. One query.

    `answer` comes with its item, assessment, edition and cycle (`queries.answers_visible_to`).
    """
    return _last_texts(last_answers(answer).exclude(narrative=""))


def last_answers(answer: ItemAnswer) -> QuerySet[ItemAnswer]:
    """Return last year's answers that the answer's item continues, with or without a text."""
    assessment = answer.category_assessment.assessment
    edition, code = assessment.edition.code, answer.item.code
    mapped = rows_in_force(assessment.cycle.agency).filter(
        from_edition=OuterRef("edition_code"),
        from_item=OuterRef("item_code"),
        to_edition=edition,
        to_item=code,
    )
    same = Q(edition_code=edition, item_code=code)
    return _answers_before(assessment).filter(same | Exists(mapped))


def texts_to_carry(assessment: Assessment, answers: Iterable[ItemAnswer]) -> list[Carried]:
    """Return the answers that have no text though last year has one for them. Two queries."""
    edition = assessment.edition.code
    sources: dict[str, set[tuple[str, str]]] = {}
    for row in rows_in_force(assessment.cycle.agency).filter(to_edition=edition):
        sources.setdefault(row.to_item, set()).add((row.from_edition, row.from_item))
    before = _last_texts(_answers_before(assessment).exclude(narrative=""))
    found = []
    for answer in answers:
        if answer.narrative.strip():
            continue
        code = answer.item.code
        wanted = sources.get(code, set()) | {(edition, code)}
        texts = tuple(text for text in before if (text.edition_code, text.code) in wanted)
        if texts:
            found.append(Carried(answer, texts))
    return found


def carry(rows: Iterable[Carried], by: User) -> int:
    """Begin each empty answer with last year's text; return how many were begun.

    Each is a save with a revision of its own. An answer that somebody wrote in the meantime,
    or whose category was locked, stays as it is.
    """
    return sum(_save(row.answer, row.narrative, by, MARK) for row in rows)


def carried_untouched(answers: Iterable[ItemAnswer]) -> list[ItemAnswer]:
    """Return the answers whose text was carried here and not changed since. One query."""
    rows = {answer.pk: answer for answer in answers if answer.narrative}
    marked = TextRevision.objects.filter(
        content_type=ContentType.objects.get_for_model(ItemAnswer),
        object_id__in=rows,
        request_id__startswith=MARK,
    ).values_list("object_id", "version")
    return [rows[pk] for pk, version in marked if rows[pk].version == version]


def take_back(answers: Iterable[ItemAnswer], by: User) -> int:
    """Empty the carried texts again; return how many. What was changed since stays."""
    return sum(_save(answer, "", by, "uncarry-") for answer in carried_untouched(answers))


def _save(answer: ItemAnswer, text: str, by: User, mark: str) -> bool:
    try:
        answering.save_narrative(
            answer,
            text,
            version=answer.version,
            by=by,
            request_id=f"{mark}{get_random_string(20)}",
        )
    except (SaveConflict, NotEditable):
        return False
    return True


def _answers_before(assessment: Assessment) -> QuerySet[ItemAnswer]:
    """Return last year's answers, with edition_code and item_code."""
    cycle = assessment.cycle
    return (
        ItemAnswer.objects.filter(
            category_assessment__assessment__cycle__agency=cycle.agency_id,
            category_assessment__assessment__cycle__fiscal_year=cycle.fiscal_year - 1,
        )
        .annotate(
            edition_code=F("category_assessment__assessment__edition__code"),
            item_code=F("item__code"),
        )
        .order_by("category_assessment__category__number", "item__order", "pk")
    )


def _last_texts(rows: QuerySet) -> list[LastText]:
    values = rows.values_list("item_code", "edition_code", "narrative", "pk")
    return [LastText(*row) for row in values]
