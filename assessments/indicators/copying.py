"""Taking last year's indicators over into this year.

Each year stands alone: definitions and whole years' values are copied as rows, so that last
year's result is this year's history and a later change to either leaves the other as it is.
People and units that have left the office are not taken along. What was copied once is not
copied twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import User
from assessments.indicators.assigning import tell_owners
from assessments.indicators.definitions import FIELDS, earlier_years, hold, state_of
from assessments.indicators.office_words import OfficeWords
from assessments.models import WHOLE_YEAR, Indicator, IndicatorValue, Measure
from assessments.scores.history import note_score
from documents.revisions import keep_first_versions
from workflows.models import Cycle

# What a value keeps when it becomes history.
VALUE_FIELDS = (
    *("fiscal_year", "months", "value", "note", "status", "entered_by", "entered_at"),
    *("checked_by", "checked_at"),
)


class CopyOutdated(Exception):
    """Somebody made one of the indicators meanwhile; nothing was copied."""


@dataclass(frozen=True)
class Candidate:
    """An indicator of last year: what it would be, and why it cannot or only partly come along.

    `refusal` is "" where it may be copied; `remarks` say what stays behind.
    """

    source: Indicator
    fields: dict[str, Any]
    refusal: str
    remarks: list[str]

    @property
    def years(self) -> list[int]:
        return [row.fiscal_year for row in self.source.whole_years]


def candidates(source: Cycle, target: Cycle) -> list[Candidate]:
    """Return every indicator of `source` as it would stand in `target`. A fixed number of queries.

    One is refused where it was copied already, where its code is taken this year, and where this
    year's criteria lack its item.
    """
    office = OfficeWords(target)
    copied = {row.copied_from_id for row in office.rows}
    rows = _with_values(Indicator.objects.filter(cycle=source), target)
    return [_candidate(row, office, copied) for row in rows]


def _with_values(rows: QuerySet[Indicator], target: Cycle) -> QuerySet[Indicator]:
    years = IndicatorValue.objects.filter(
        months=WHOLE_YEAR, fiscal_year__in=earlier_years(target), value__isnull=False
    )
    return rows.select_related("owner", "checker", "owner_unit", "measure").prefetch_related(
        Prefetch("values", queryset=years, to_attr="whole_years")
    )


def _candidate(row: Indicator, office: OfficeWords, copied: set[int | None]) -> Candidate:
    fields, remarks = {name: getattr(row, name) for name in FIELDS}, []
    here = {"owner": office.persons, "checker": office.persons, "owner_unit": office.unit_rows}
    for name, present in here.items():
        if fields[name] is not None and fields[name] not in present:
            remarks.append(_("%(name)s has left the office") % {"name": fields[name]})
            fields[name] = None
    fields["measure"] = _same_measure(row.measure, row.group, office)
    refusal = ""
    if row.pk in copied:
        refusal = _("copied already")
    elif row.code.casefold() in office.indicators:
        refusal = _("this year has the code %(code)s already") % {"code": row.code}
    elif row.group and row.group not in office.groups:
        refusal = _("this year's criteria have no item %(code)s") % {"code": row.group}
    elif office.is_locked and row.group in office.attached:
        refusal = _("category 7 is locked")
    return Candidate(row, fields, refusal, remarks)


def _same_measure(measure: Measure | None, group: str, office: OfficeWords) -> Measure | None:
    """Return this year's measure of the same code and item: editions may differ."""
    found = office.measures.get(measure.code) if measure else None
    return found if found and found.item.code == group else None


def copy_indicators(source: Cycle, target: Cycle, keys: Iterable[int], by: User) -> list[Indicator]:
    """Copy those of last year's indicators that were chosen and may be copied; return the new ones.

    Owners are told once. Raises NotEditable when year or category 7 is locked, CopyOutdated when
    somebody took a code meanwhile; then nothing is copied.
    """
    wanted = set(keys)
    with transaction.atomic():
        chosen = [
            row for row in candidates(source, target) if row.source.pk in wanted and not row.refusal
        ]
        answers = hold(target, {row.source.group for row in chosen})
        if not chosen:
            return []
        made = _make(chosen, target, answers)
        keep_first_versions([(row, state_of(row)) for row in made], by=by, agency=target.agency)
        _copy_values(made, chosen)
        audit.record(
            target.agency,
            by,
            "indicator.copy",
            target,
            summary=_("%(count)s indicators of %(year)s copied")
            % {"count": len(made), "year": source.fiscal_year},
            after=[[row.code, row.copied_from_id] for row in made],
        )
        tell_owners(target, made, by)
        for code in {row.group for row in made} & set(answers):
            note_score(answers[code], by)
    return made


def _make(chosen: list[Candidate], target: Cycle, answers: dict) -> list[Indicator]:
    rows = [
        Indicator(
            cycle=target,
            copied_from=row.source,
            order=row.source.order,
            item_answer=answers.get(row.source.group),
            **row.fields,
        )
        for row in chosen
    ]
    try:
        with transaction.atomic():
            return Indicator.objects.bulk_create(rows, batch_size=200)
    except IntegrityError as error:
        raise CopyOutdated from error


def _copy_values(made: list[Indicator], chosen: list[Candidate]) -> None:
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(
                indicator=indicator,
                **{name: getattr(value, name) for name in VALUE_FIELDS},
            )
            for indicator, row in zip(made, chosen, strict=True)
            for value in row.source.whole_years
        ),
        batch_size=500,
    )
