"""Taking a sheet of definitions: first a plan to look at, then all of it or nothing.

An indicator is found again by its code: the same code changes it, a new code adds one. While one
cell is wrong nothing is written, and all wrong cells are told at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import audit, audit_actions
from agencies.models import User
from assessments.indicators.assigning import tell_owners
from assessments.indicators.definition_checks import (
    LEVEL_NAMES,
    faults_of,
    number_of,
    thresholds_of,
)
from assessments.indicators.definition_sheet import (
    ALIASES,
    HEADS,
    MAX_TEXT,
    Sheet,
    SheetRow,
    value_key,
    words_of_choice,
)
from assessments.indicators.definition_words import CHOICES, LABELS, changes_between, figure_of
from assessments.indicators.definitions import (
    FIELDS,
    OPEN,
    CodeTaken,
    columns_of,
    hold,
    state_of,
)
from assessments.indicators.office_words import OfficeWords
from assessments.indicators.values import Values, ValuesChanged, store_values
from assessments.models import Indicator, IndicatorValue
from assessments.scores.history import note_score
from core import clock
from core.thai_numerals import to_arabic_digits
from core.thai_text import fold_for_search
from documents.revisions import SaveConflict, keep_first_versions, save_text
from workflows.models import Cycle

NUMBERS = ("target", "lower_bound", "upper_bound", "comparator_value")
NEEDED = ("code", "name", "kind", "unit", "direction", "rule")
HEAVIEST, WEIGHT_PLACES = 9_999, 3
Changes = list[tuple[str, str, str]]


class PlanOutdated(Exception):
    """The year's indicators have changed since the plan was looked at; nothing was written."""


@dataclass(frozen=True)
class CellFault:
    """One thing wrong in the sheet: its row, its column's letter and head, and what."""

    row: int
    column: str
    head: str
    message: str


@dataclass
class PlannedRow:
    """What the import makes of a row; `changes` are (label, old words, new words)."""

    number: int
    fields: dict[str, Any]
    values: dict[int, Decimal]
    indicator: Indicator | None
    changes: Changes = field(default_factory=list)

    @property
    def action(self) -> str:
        if self.indicator is None:
            return "new"
        return "change" if self.changes else "same"


@dataclass
class Plan:
    """All rows of a sheet against the year as it stands."""

    cycle: Cycle
    rows: list[PlannedRow]
    faults: list[CellFault]
    unread: list[str]

    def of(self, action: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.action == action]

    @property
    def digest(self) -> str:
        """Return what the plan amounts to; another digest means the year has changed."""
        rows = (
            [row.action, row.indicator and row.indicator.version, row.changes] for row in self.rows
        )
        return audit.canonical_hash(list(rows))


def plan_import(cycle: Cycle, sheet: Sheet) -> Plan:
    """Return what importing the sheet would do; with faults it must not be applied.

    A fixed number of queries. A column the sheet lacks leaves its field as it is; an empty cell
    empties it, but an empty value of a year leaves that value.
    """
    office = OfficeWords(cycle)
    plan = Plan(cycle, [], [], sheet.unread)
    seen: dict[str, int] = {}
    for row in sheet.rows:
        code = row.text("code").casefold()
        if code and code in seen:
            message = _("The code stands in row %s already.") % seen[code]
            plan.faults.append(_fault(row, "code", message))
        seen.setdefault(code, row.number)
        plan.rows.append(_planned(row, office, plan.faults))
    plan.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    return plan


def _planned(row: SheetRow, office: OfficeWords, faults: list[CellFault]) -> PlannedRow:
    indicator = office.indicators.get(to_arabic_digits(row.text("code")).casefold())
    data = _base(indicator)
    levels = [*data["thresholds"], *[""] * len(LEVEL_NAMES)][: len(LEVEL_NAMES)]
    for key, cell in row.cells.items():
        if key in LEVEL_NAMES:
            levels[LEVEL_NAMES.index(key)] = cell.text
        elif key in HEADS:
            try:
                data[key] = _read(key, cell.text, office)
            except LookupError as error:
                faults.append(_fault(row, key, str(error.args[0])))
                data.pop(key, None)  # what was refused is not judged once more
    values = _values(row, office, faults)
    typed = data | {"thresholds": levels}
    faults += [_fault(row, key, message) for key, message in faults_of(typed)]
    fields = data | {"thresholds": thresholds_of(data.get("rule", ""), levels)}
    planned = PlannedRow(row.number, fields, values, indicator)
    if indicator:
        names = office.names()
        planned.changes = changes_between(state_of(indicator), columns_of(fields), names)
        planned.changes += _changed_values(indicator, values, office)
    groups = {data.get("group"), indicator.group if indicator else ""}
    if office.is_locked and planned.action != "same" and groups & office.attached:
        faults.append(
            _fault(row, "group", _("Category 7 is locked: it was submitted or accepted."))
        )
    return planned


def _base(indicator: Indicator | None) -> dict[str, Any]:
    """Return the fields as they stand, or of an indicator that nobody has described yet."""
    kept = indicator or Indicator()
    return {name: getattr(kept, name) for name in FIELDS}


def _fault(row: SheetRow, key: str, message: str) -> CellFault:
    """Return the fault at its cell; where the sheet lacks the column, at the code's."""
    cell = row.cells.get(key) or row.cells["code"]
    return CellFault(row.number, cell.column, cell.head, message)


def _values(row: SheetRow, office: OfficeWords, faults: list[CellFault]) -> dict[int, Decimal]:
    values = {}
    for year in office.years:
        text = row.text(value_key(year))
        if not text:
            continue
        number = number_of(text)
        if number is None:
            faults.append(_fault(row, value_key(year), _not_a_number(text)))
        else:
            values[year] = number
    return values


def _changed_values(
    indicator: Indicator, values: Mapping[int, Decimal], office: OfficeWords
) -> Changes:
    kept = office.values.get(indicator.pk, {})
    return [
        (
            _("Value of %(year)s") % {"year": year},
            "" if kept.get(year) is None else figure_of(kept[year]),
            figure_of(value),
        )
        for year, value in values.items()
        if kept.get(year) != value
    ]


def _not_a_number(text: str) -> str:
    return _("“%s” is no number with at most 5 decimals. Write for example 85.5.") % text[:40]


def _read(key: str, text: str, office: OfficeWords) -> Any:
    """Return a cell's value. Raises LookupError with a message for the person."""
    if not text and key in NEEDED:
        raise LookupError(_("“%s” is missing.") % LABELS[key])
    reader: Callable[[str, str, OfficeWords], Any] = _READ.get(key, _short)
    return reader(key, text, office)


def _short(key: str, text: str, _office: OfficeWords) -> str:
    limit = Indicator._meta.get_field(key).max_length or MAX_TEXT
    if len(text) > limit:
        raise LookupError(
            _("Too long: %(length)s characters, at most %(limit)s.")
            % {"length": len(text), "limit": limit}
        )
    return to_arabic_digits(text) if key == "code" else text


def _number(key: str, text: str, _office: OfficeWords) -> Decimal | None:
    if not text:
        return Decimal(1) if key == "weight" else None
    number = number_of(text)
    too_fine = key == "weight" and number is not None and round(number, WEIGHT_PLACES) != number
    if number is None or too_fine or (key == "weight" and number > HEAVIEST):
        raise LookupError(_not_a_number(text))
    return number


def _choice(key: str, text: str, _office: OfficeWords) -> str:
    words = words_of_choice(key)
    if not text:
        return Indicator._meta.get_field(key).get_default() or ""
    wanted = fold_for_search(text)
    for value, label in words.items():
        english = str(dict(CHOICES[key].choices)[value])
        others = ALIASES.get(key, {}).get(value, ())
        if wanted in {fold_for_search(word) for word in (label, english, value, *others)}:
            return value
    raise LookupError(
        _("“%(text)s” is not known. Write one of these: %(words)s")
        % {"text": text[:60], "words": " · ".join(words.values())}
    )


def _group(_key: str, text: str, office: OfficeWords) -> str:
    code = to_arabic_digits(text).split(" ")[0]
    if code and code not in office.groups:
        raise LookupError(
            _("There is no item “%(text)s” in category 7. Write one of these: %(words)s")
            % {"text": text[:20], "words": " · ".join(office.groups)}
        )
    return code


def _measure(_key: str, text: str, office: OfficeWords) -> Any:
    code = to_arabic_digits(text).split(" ")[0]
    if code and code not in office.measures:
        raise LookupError(_("The criteria have no measure “%s”.") % text[:20])
    return office.measures.get(code)


def _person(_key: str, text: str, office: OfficeWords) -> Any:
    return office.people.get(text) if text else None


def _unit(_key: str, text: str, office: OfficeWords) -> Any:
    return office.units.get(text) if text else None


_READ: dict[str, Callable[[str, str, OfficeWords], Any]] = {
    **dict.fromkeys((*NUMBERS, "weight"), _number),
    **dict.fromkeys(CHOICES, _choice),
    "group": _group,
    "measure": _measure,
    "owner": _person,
    "checker": _person,
    "owner_unit": _unit,
}


@transaction.atomic
def apply_plan(plan: Plan, by: User) -> None:
    """Write every row of a plan without faults, or nothing.

    Owners are told once of all that is new to them. Raises PlanOutdated, or NotEditable when the
    year or its category 7 was locked meanwhile.
    """
    if plan.faults:
        raise ValueError("a plan with faults cannot be applied")
    cycle = plan.cycle
    touched = [row for row in plan.rows if row.action != "same"]
    groups = {row.fields["group"] for row in touched}
    groups |= {row.indicator.group for row in touched if row.indicator}
    answers = hold(cycle, groups)
    given = _write_new(plan, answers, by)
    try:
        for row in plan.of("change"):
            given += _write_changed(row, answers, by)
    except (SaveConflict, ValuesChanged, CodeTaken, IntegrityError) as error:
        raise PlanOutdated from error
    audit.record(
        cycle.agency,
        by,
        "indicator.import",
        cycle,
        summary=_("Indicators imported: %(new)s new, %(changed)s changed")
        % {"new": len(plan.of("new")), "changed": len(plan.of("change"))},
        after=[[row.fields["code"], columns_of(row.fields), row.values] for row in touched],
    )
    tell_owners(cycle, given, by)
    for code in groups & set(answers):
        note_score(answers[code], by)


def _write_new(plan: Plan, answers: Mapping[str, Any], by: User) -> list[Indicator]:
    cycle = plan.cycle
    first = max((row.order for row in Indicator.objects.filter(cycle=cycle)), default=0) + 1
    rows = [
        Indicator(
            cycle=cycle, order=place, item_answer=answers.get(row.fields["group"]), **row.fields
        )
        for place, row in enumerate(plan.of("new"), start=first)
    ]
    try:
        with transaction.atomic():
            made = Indicator.objects.bulk_create(rows, batch_size=200)
    except IntegrityError as error:  # somebody took one of the codes a moment ago
        raise PlanOutdated from error
    keep_first_versions([(row, state_of(row)) for row in made], by=by, agency=cycle.agency)
    pairs = zip(made, plan.of("new"), strict=True)
    add_values([(indicator, row.values) for indicator, row in pairs], by)
    return made


def add_values(rows: list[tuple[Indicator, Values]], by: User) -> None:
    """Store values by fiscal year of indicators that were just made. One query in 500 values."""
    now = clock.now()
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(
                indicator=indicator, fiscal_year=year, value=value, entered_by=by, entered_at=now
            )
            for indicator, values in rows
            for year, value in values.items()
        ),
        batch_size=500,
    )


def _write_changed(row: PlannedRow, answers: Mapping[str, Any], by: User) -> list[Indicator]:
    """Write a row over its indicator; return it when somebody answers for it anew."""
    indicator, fields = row.indicator, row.fields
    answer = answers.get(fields["group"])
    changes = columns_of(fields) | {"item_answer_id": answer.pk if answer else None}
    agency = indicator.cycle.agency
    save_text(indicator, changes, version=indicator.version, by=by, agency=agency, editable=OPEN)
    before = indicator.owner_id
    for name, value in fields.items():
        setattr(indicator, name, value)
    indicator.version += 1
    store_values(indicator, row.values, by)
    return [indicator] if indicator.owner_id != before else []


audit_actions.register(
    {
        "indicator.import": gettext_lazy("Indicators imported"),
        "indicator.copy": gettext_lazy("Indicators copied from last year"),
    }
)
