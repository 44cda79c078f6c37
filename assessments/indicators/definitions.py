"""What is measured in a year: making, changing and removing definitions.

Every write first holds the year open and, where an item of category 7 is touched, its category:
a definition that was judged no longer moves. Each change is a version that stays readable;
values remember under which one they were typed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError, Q

from agencies import audit
from agencies.models import User
from assessments.answering import WRITABLE, claim_or_refuse
from assessments.enums import AssessmentStatus, IndicatorKind, ResultStatus
from assessments.evidence.places import claim_cycle
from assessments.indicators.assigning import tell_owners
from assessments.indicators.attaching import answers_of_results
from assessments.indicators.values import Values, store_values
from assessments.models import Indicator, ItemAnswer
from assessments.scores.history import note_score
from documents.revisions import Saved, keep_first_versions, save_text
from workflows.enums import CycleStatus
from workflows.models import Cycle

SECTIONS = {
    "what": ("code", "kind", "level", "name", "group", "perspective", "measure", "definition"),
    "how": ("unit", "direction", "formula", "data_source"),
    "who": ("owner", "owner_unit", "checker"),
    "scoring": ("target", "weight", "rule", "lower_bound", "upper_bound", "thresholds"),
    "comparison": ("comparator_name", "comparator_value", "note"),
}
FIELDS = tuple(name for names in SECTIONS.values() for name in names)
RELATIONS = frozenset({"measure", "owner", "owner_unit", "checker"})
# Years before this one whose values may be typed or imported.
EARLIER_YEARS = 5
STEMS = {IndicatorKind.KRS: "KRS", IndicatorKind.OTHER: "KPI", IndicatorKind.CATEGORY_7: "7"}
OPEN = Q(cycle__status=CycleStatus.OPEN) & (
    Q(item_answer=None)
    | Q(
        item_answer__category_assessment__status__in=WRITABLE,
        item_answer__category_assessment__assessment__status=AssessmentStatus.IN_PROGRESS,
    )
)


class CodeTaken(Exception):
    """Another indicator of the year has the code."""


class InUse(Exception):
    """The indicator has confirmed results of this year; it cannot be removed."""


def earlier_years(cycle: Cycle) -> list[int]:
    """Return the fiscal years (B.E.) before the cycle's whose values are asked, oldest first."""
    return list(range(cycle.fiscal_year - EARLIER_YEARS, cycle.fiscal_year))


def columns_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as columns: people, unit and measure by their keys."""
    return {
        f"{name}_id" if name in RELATIONS else name: getattr(value, "pk", None)
        if name in RELATIONS
        else value
        for name, value in fields.items()
    }


def state_of(indicator: Indicator) -> dict[str, Any]:
    """Return the definition of an indicator as columns."""
    return columns_of({name: getattr(indicator, name) for name in FIELDS})


def hold(cycle: Cycle, groups: Iterable[str]) -> dict[str, ItemAnswer]:
    """Hold the year, and category 7 where one of the groups is an item of it, open for a write.

    Returns item code → answer of category 7. Raises NotEditable when year or category is locked.
    Must run inside `transaction.atomic()`.
    """
    claim_cycle(cycle)
    answers = answers_of_results(cycle)
    touched = next((answers[group] for group in groups if group in answers), None)
    if touched is not None:
        claim_or_refuse(touched.category_assessment)
    return answers


def next_code(cycle: Cycle, kind: str, group: str) -> str:
    """Return a free code for an indicator that was given none: 7.1-03, KRS-02, KPI-01."""
    stem = group or STEMS[IndicatorKind(kind)]
    codes = Indicator.objects.filter(cycle=cycle, code__startswith=f"{stem}-")
    taken = [code.rpartition("-")[2] for code in codes.values_list("code", flat=True)]
    return f"{stem}-{max([int(text) for text in taken if text.isdecimal()], default=0) + 1:02d}"


def code_is_taken(cycle: Cycle, code: str, but: Indicator | None = None) -> bool:
    """Return whether another indicator of the year has the code, in whatever letters."""
    rows = Indicator.objects.filter(cycle=cycle, code__iexact=code)
    return bool(code) and rows.exclude(pk=but.pk if but else None).exists()


def add_definition(cycle: Cycle, fields: Mapping[str, Any], values: Values, by: User) -> Indicator:
    """Add an indicator to the year, at the end of its group, with its values by fiscal year.

    Fields that are not given have the model's defaults; without a code it gets the next free one.
    The owner is told. Raises CodeTaken, or NotEditable when year or category is locked.
    """
    with transaction.atomic():
        group = fields.get("group", "")
        answer = hold(cycle, [group]).get(group)
        code = fields.get("code") or next_code(
            cycle, fields.get("kind", IndicatorKind.CATEGORY_7), group
        )
        indicator = Indicator(cycle=cycle, item_answer=answer, **dict(fields) | {"code": code})
        indicator.order = _last_order(cycle, group) + 1
        _save_new(indicator)
        keep_first_versions([(indicator, state_of(indicator))], by=by, agency=cycle.agency)
        store_values(indicator, values, by)
        _record(indicator, "indicator.add", fields, values, by)
        tell_owners(cycle, [indicator], by)
        if answer:
            note_score(answer, by)
    return indicator


def _last_order(cycle: Cycle, group: str) -> int:
    rows = Indicator.objects.filter(cycle=cycle, group=group)
    return rows.aggregate(last=Max("order"))["last"] or 0


def _save_new(indicator: Indicator) -> None:
    if code_is_taken(indicator.cycle, indicator.code):
        raise CodeTaken(indicator.code)
    try:
        with transaction.atomic():
            indicator.save()
    except IntegrityError as error:  # somebody took the code a moment ago
        raise CodeTaken(indicator.code) from error


def save_definition(
    indicator: Indicator,
    fields: Mapping[str, Any],
    values: Values,
    *,
    version: int,
    by: User,
    read: Values | None = None,
) -> Saved:
    """Save fields of a definition, and values, if `version` is still the newest.

    A value of None takes the year's value back: a missing value is no 0; `read` are the values
    that the person saw (see `store_values`). A new owner is told. Raises SaveConflict, NotEditable
    (see `documents.revisions`), ValuesChanged or CodeTaken; then nothing is written.
    """
    cycle = indicator.cycle
    with transaction.atomic():
        before = Indicator.objects.values("group", "owner_id").get(pk=indicator.pk)
        group = fields.get("group", before["group"])
        answers = hold(cycle, [before["group"], group])
        if code_is_taken(cycle, fields.get("code", ""), indicator):
            raise CodeTaken(fields["code"])
        changes = columns_of(fields)
        if group != before["group"]:
            changes["item_answer_id"] = answers[group].pk if group in answers else None
        try:
            saved = save_text(
                indicator, changes, version=version, by=by, agency=cycle.agency, editable=OPEN
            )
        except IntegrityError as error:
            raise CodeTaken(fields.get("code", "")) from error
        stored = Indicator.objects.select_related("cycle__agency", "owner").get(pk=indicator.pk)
        store_values(stored, values, by, read)
        _record(stored, "indicator.save", fields, values, by)
        if stored.owner_id != before["owner_id"]:
            tell_owners(cycle, [stored], by)
        for code in {before["group"], group} & set(answers):
            note_score(answers[code], by)
    return saved


def remove_definition(indicator: Indicator, by: User) -> None:
    """Take an indicator out of its year, with its values.

    Raises NotEditable when year or category is locked, InUse when results of this year are
    confirmed or other records rest on it.
    """
    cycle = indicator.cycle
    with transaction.atomic():
        answers = hold(cycle, [indicator.group])
        confirmed = Q(fiscal_year=cycle.fiscal_year, status=ResultStatus.CONFIRMED)
        if indicator.values.filter(confirmed).exists():
            raise InUse
        _record(indicator, "indicator.remove", {}, {}, by)
        try:
            indicator.delete()
        except ProtectedError as error:
            raise InUse from error
        if indicator.group in answers:
            note_score(answers[indicator.group], by)


def _record(indicator: models.Model, action: str, fields, values, by: User) -> None:
    plain = {
        "fields": {name: str(value) for name, value in fields.items()},
        "values": {str(year): str(value) for year, value in values.items()},
    }
    name = indicator.name
    audit.record(indicator.cycle.agency, by, action, indicator, summary=name, after=plain)
