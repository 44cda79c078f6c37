"""What the checks read besides scores: texts, proofs, indicators, titles; 3 queries for any
number of categories.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from assessments.checks.numbers import Cited
from assessments.checks.titles import old_titles
from assessments.enums import QuestionStatus
from assessments.models import (
    Assessment,
    Category,
    Comment,
    CriteriaEdition,
    EvidenceLink,
    Finding,
    Indicator,
    Item,
    ItemLink,
    LineNote,
    UnitQuestion,
)

RESULTS = 7
FINDING, NOTE, CODE, PROOF, REVIEW, QUESTION = (
    "finding",
    "note",
    "code",
    "proof",
    "review",
    "question",
)


@dataclass
class Material:
    """Item answer → what of each kind it has; the assessment's indicators; old titles."""

    of_item: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    indicators: list[Cited] = field(default_factory=list)
    # Indicator → the answer on whose page it stands.
    pages: dict[int, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def words(self, answer: int, kind: str) -> list[str]:
        return self.of_item.get(answer, {}).get(kind, [])


def material(assessment: Assessment, number: int | None = None) -> Material:
    """Return what the checks of the assessment (or of one category) read; 3 queries."""
    found = Material(titles=_titles(assessment.edition))
    found.indicators, found.pages = _indicators(assessment)
    kinds: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, answer, text in _texts(assessment, number):
        kinds[answer][kind].append(text)
    found.of_item = kinds
    return found


def _texts(assessment: Assessment, number: int | None) -> QuerySet:
    where = {"item_answer__category_assessment__assessment": assessment}
    if number is not None:
        where["item_answer__category_assessment__category__number"] = number
    results = Q(indicator__isnull=False) | Q(other__category_assessment__category__number=RESULTS)
    open_remarks = Comment.objects.filter(is_from_review=True, parent=None, resolved_at=None)
    asked = UnitQuestion.objects.filter(status=QuestionStatus.ASKED)
    first, *others = (
        _part(Finding.objects.filter(**where), FINDING, F("text")),
        _part(LineNote.objects.filter(**where).exclude(text=""), NOTE, F("text")),
        _part(EvidenceLink.objects.filter(**where), CODE, F("evidence__code")),
        _part(ItemLink.objects.filter(results, **where), PROOF, Value("")),
        _part(open_remarks.filter(**where), REVIEW, F("text")),
        _part(asked.filter(**where), QUESTION, F("unit__name")),
    )
    return first.union(*others, all=True).order_by("c_kind", "item_answer_id", "c_text")


def _part(rows: QuerySet, kind: str, text) -> QuerySet:
    return (
        rows.order_by()
        .annotate(c_kind=Value(kind, output_field=CharField()), c_text=Cast(text, TextField()))
        .values_list("c_kind", "item_answer_id", "c_text")
    )


def _indicators(assessment: Assessment) -> tuple[list[Cited], dict[int, int]]:
    rows = (
        Indicator.objects.filter(item_answer__category_assessment__assessment=assessment)
        .order_by("pk", "values__fiscal_year", "values__months")
        .values_list(
            *("pk", "item_answer", "name", "unit", "target", "lower_bound", "upper_bound"),
            "values__value",
        )
    )
    known: dict[int, tuple] = {}
    for pk, answer, name, unit, *figures in rows:
        _answer, _name, _unit, kept = known.setdefault(pk, (answer, name, unit, []))
        kept.extend(figure for figure in figures if figure is not None and figure not in kept)
    cited = [
        Cited(pk, name, unit, tuple(figures))
        for pk, (_answer, name, unit, figures) in known.items()
    ]
    return cited, {pk: row[0] for pk, row in known.items()}


def _titles(edition: CriteriaEdition) -> dict[str, str]:
    """Return old title → present one, from all common editions; 1 query."""
    rows = _titles_of(Category, "edition", Cast("number", CharField())).union(
        _titles_of(Item, "category__edition", F("code")), all=True
    )
    present: dict[str, str] = {}
    others = []
    for of_edition, is_common, key, title in rows.order_by("c_edition", "c_key", "title_th"):
        if of_edition == edition.pk:
            present[key] = title
        elif is_common:
            others.append((key, title))
    return old_titles(present, others)


def _titles_of(model, edition: str, key) -> QuerySet:
    return (
        model.objects.order_by()
        .annotate(
            c_edition=F(edition),
            c_common=Q(**{f"{edition}__agency": None}),
            c_key=Cast(key, CharField()),
        )
        .values_list("c_edition", "c_common", "c_key", "title_th")
    )
