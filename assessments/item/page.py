"""What an item's page is made of: each card adds its part of the context. Plain rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import CharField, F, Func, QuerySet
from django.utils.translation import get_language

from agencies.models import User
from assessments import scoring
from assessments.answering import WRITABLE
from assessments.enums import AssessmentStatus, FindingKind
from assessments.item import last_year, levels, links, narrative, proofs
from assessments.item.length_limit import keep_limit, with_limit
from assessments.models import Finding, ItemAnswer
from assessments.overview import item_state_label
from assessments.permissions import can_write
from assessments.progress import ItemState, states_of
from assessments.scores.bands import dimensions_of
from assessments.scores.summary import summary
from assessments.sharing.cards import work_of_item
from core.shared_reads import shared_reads
from workflows.enums import CycleStatus

# The item before and after an answer as "pk code"; composed from querysets they would cost more
# than the page around them.
_NEIGHBOUR = (
    "(SELECT CAST(n.id AS text) || ' ' || i.code FROM assessments_itemanswer n"
    " JOIN assessments_categoryassessment c ON c.id = n.category_assessment_id"
    " JOIN assessments_item i ON i.id = n.item_id"
    " WHERE c.assessment_id = %(expressions)s LIMIT 1)"
)


@dataclass(frozen=True)
class Neighbour:
    """The item before or after: where its page is and what it is called."""

    pk: int
    code: str

    @classmethod
    def read(cls, words: str | None) -> "Neighbour | None":
        return cls(int(words.split()[0]), words.split()[1]) if words else None


def with_neighbours(answers: QuerySet[ItemAnswer]) -> QuerySet[ItemAnswer]:
    """Fetch with each answer the item before and after it ("pk code"), in one query."""

    def neighbour(sign: str, order: str) -> Func:
        template = _NEIGHBOUR.replace(" LIMIT", f" ORDER BY i.code {order} LIMIT")
        return Func(
            F("category_assessment__assessment_id"),
            F("item__code"),
            template=template,
            arg_joiner=f" AND i.code {sign} ",
            output_field=CharField(),
        )

    return answers.annotate(before=neighbour("<", "DESC"), after=neighbour(">", "ASC"))


def state_of(answers: QuerySet[ItemAnswer], pk: int) -> ItemState | None:
    """Return the state of the answer with this pk among the visible ones, or None; 1 query
    (2 for an item of category 7).
    """
    asked = with_limit(with_neighbours(answers.filter(pk=pk)))
    categories = states_of(asked, with_history=True)
    if not categories:
        return None
    state = categories[0].items[0]
    keep_limit(state.answer)
    return state


def is_open(answer: ItemAnswer) -> bool:
    """Return whether the answer's category may be written now (the page's view of it)."""
    category_assessment = answer.category_assessment
    assessment = category_assessment.assessment
    return (
        category_assessment.status in WRITABLE
        and assessment.status == AssessmentStatus.IN_PROGRESS
        and assessment.cycle.status == CycleStatus.OPEN
    )


@dataclass(frozen=True)
class ItemPage:
    """Whose page of which item it is; every card makes its context from it.

    `typed`: a text that was sent and not stored, shown in place of the stored one.
    """

    state: ItemState
    user: User
    is_writer: bool
    can_edit: bool
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> ItemAnswer:
        return self.state.answer

    @cached_property
    def proofs(self) -> proofs.Proofs:
        """Return the evidence of the item, fetched once for all cards."""
        return proofs.fetch(self.answer, self.user)

    @cached_property
    def links(self) -> list[links.LinkRow]:
        return links.links_of(self.answer)


def item_page(state: ItemState, user: User, **typed: str) -> ItemPage:
    """Return the page of the item for the person."""
    writer = can_write(user, state.category_assessment)
    return ItemPage(state, user, writer, writer and is_open(state.answer), typed)


def present(page: ItemPage) -> dict:
    """Return the context of the item's page."""
    context: dict = {}
    with shared_reads():
        for card in CARDS:
            context |= card(page)
    return context


def head(page: ItemPage) -> dict:
    """Return what the head and the card of what is asked show (_head.html)."""
    state = page.state
    return {
        "answer": state.answer,
        "item": state.answer.item,
        "previous": Neighbour.read(state.answer.before),
        "next": Neighbour.read(state.answer.after),
        "category": state.category_assessment.category,
        "category_assessment": state.category_assessment,
        "edition": state.edition,
        "is_writer": page.is_writer,
        "is_locked": not is_open(state.answer),
        "can_edit": page.can_edit,
        "state_label": item_state_label(state.state),
        "dimensions": dimensions_of(state.edition, is_result=state.is_result),
    }


def levels_card(page: ItemPage) -> dict:
    """Return the checklist by level, or the indicators of category 7 (_levels.html)."""
    proving: dict[int, list[str]] = {}
    for row in page.links if page.state.is_result else ():
        if row.indicator and not row.is_own:
            proving.setdefault(row.indicator, []).append(row.code)
    return levels.checklist(page.state, page.can_edit, page.proofs, page.typed, proving)


def percent_card(page: ItemPage) -> dict:
    """Return the steps of a percentage edition (_percent.html)."""
    state = page.state
    if state.is_by_levels:
        return {"percents": []}
    return {"percents": scoring.allowed_percents(state.edition.scoring_data["bands"])}


def evidence_card(page: ItemPage) -> dict:
    """Return the evidence of the whole item (_evidence.html)."""
    return {
        "item_links": page.proofs.of_line(None),
        "attach_url": page.proofs.attach_address(),
        "library_url": page.proofs.library_address(),
    }


def narrative_card(page: ItemPage) -> dict:
    """Return the narrative's prompts, length and claims (_narrative.html)."""
    return narrative.present(page.state, page.proofs, page.typed.get("narrative"))


def findings_card(page: ItemPage) -> dict:
    """Return strengths, OFIs and what is often found (_findings.html)."""
    rows = list(Finding.objects.filter(item_answer=page.answer))
    item = page.answer.item
    english = getattr(item, "typical_ofi_en", []) if get_language() == "en" else []
    noted = {row.text for row in rows}
    return {
        "findings": {
            "strengths": [row for row in rows if row.kind == FindingKind.STRENGTH],
            "ofis": [row for row in rows if row.kind == FindingKind.OFI],
        },
        "typical_ofis": [text for text in english or item.typical_ofi if text not in noted],
    }


def links_card(page: ItemPage) -> dict:
    """Return the linked items and results, in both directions (_links.html)."""
    return {"linked": page.links}


def sharing_card(page: ItemPage) -> dict:
    """Return who works on the item: hand-outs, questions to units, talk (_sharing.html)."""
    return work_of_item(page.answer, page.user)


def last_year_card(page: ItemPage) -> dict:
    """Return last year's answer (_last_year.html)."""
    year = page.answer.category_assessment.assessment.cycle.fiscal_year - 1
    return {"last": last_year.last_year(page.answer), "last_year": year}


def scores_card(page: ItemPage) -> dict:
    """Return whose scores are in, as far as the person may know (_scores.html)."""
    return {"scores": summary(page.state, page.user)}


def side_card(page: ItemPage) -> dict:
    """Return what is left in the item (_side.html)."""
    return {"missing": page.state.missing()}


# In the order of the templates in assessments/item/. A further card is one function here (or in
# its own module) and one template included in assessments/item.html.
CARDS: tuple[Callable[[ItemPage], dict], ...] = (
    head,
    levels_card,
    percent_card,
    scores_card,
    evidence_card,
    narrative_card,
    findings_card,
    links_card,
    side_card,
    sharing_card,
    last_year_card,
)
