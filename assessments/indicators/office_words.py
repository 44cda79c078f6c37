"""What an office's year offers to a sheet: people, units, items, measures, its indicators."""

from decimal import Decimal

from agencies.models import Unit
from agencies.queries import people_of
from assessments.answering import WRITABLE
from assessments.enums import AssessmentStatus
from assessments.indicators.attaching import answers_of_results
from assessments.indicators.definition_words import Names as NamesInWords
from assessments.indicators.definitions import earlier_years
from assessments.indicators.groups import edition_of, groups_of, measures_of
from assessments.models import WHOLE_YEAR, Indicator, IndicatorValue
from core.name_lookup import Names
from workflows.models import Cycle


class OfficeWords:
    """Everything that a row may name, each read once: nine queries.

    `indicators` go by their code in small letters, `values` by indicator and fiscal year.
    `attached` are the items that have an answer; `is_locked` when category 7 takes no writes.
    """

    def __init__(self, cycle: Cycle):
        self.cycle, self.years = cycle, earlier_years(cycle)
        self.persons = list(people_of(cycle.agency))
        self.unit_rows = list(Unit.objects.filter(agency=cycle.agency, is_active=True))
        edition = edition_of(cycle)
        self.groups = groups_of(edition)
        self.measures = {row.code: row for row in measures_of(edition)}
        rows = Indicator.objects.filter(cycle=cycle).select_related(
            "cycle__agency", "owner", "checker", "owner_unit", "measure__item"
        )
        self.rows = list(rows)
        self.indicators = {row.code.casefold(): row for row in self.rows if row.code}
        answers = answers_of_results(cycle)
        self.attached = set(answers)
        category = next(iter(answers.values())).category_assessment if answers else None
        self.is_locked = category is not None and not (
            category.status in WRITABLE
            and category.assessment.status == AssessmentStatus.IN_PROGRESS
        )
        self._read_values()
        self.people, self.units = Names(), Names()
        self._name_everybody()

    def _read_values(self) -> None:
        self.values: dict[int, dict[int, Decimal | None]] = {}
        kept = IndicatorValue.objects.filter(
            indicator__cycle=self.cycle, fiscal_year__in=self.years, months=WHOLE_YEAR
        )
        for pk, year, value in kept.values_list("indicator", "fiscal_year", "value"):
            self.values.setdefault(pk, {})[year] = value

    def _name_everybody(self) -> None:
        for user in self.persons:
            plain = f"{user.first_name} {user.last_name}"
            self.people.add(user, str(user), user.get_full_name(), plain, user.username)
        for unit in self.unit_rows:
            self.units.add(unit, unit.name, unit.short_name)
        # Who has left stays where he stands: the sheet that was exported names him.
        for row in self.rows:
            for user in (row.owner, row.checker):
                if user and user not in self.persons:
                    self.people.add(user, str(user))
            if row.owner_unit and row.owner_unit not in self.unit_rows:
                self.units.add(row.owner_unit, row.owner_unit.name)
        self._names: dict[tuple[str, int], str] | None = None

    def names(self) -> NamesInWords:
        """Return (field, key) → name of everything that a definition here may point to."""
        if self._names is None:
            people = {user for found in self.people.found.values() for user in found}
            units = {unit for found in self.units.found.values() for unit in found}
            self._names = {
                **{(key, user.pk): str(user) for user in people for key in ("owner", "checker")},
                **{("owner_unit", unit.pk): str(unit) for unit in units},
                **{("measure", row.pk): row.code for row in self.measures.values()},
            }
        return self._names

    def lists(self) -> dict[str, list[str]]:
        """Return the choices of the columns that name rows, as a sheet offers them."""
        people = [str(user) for user in self.persons]
        return {
            "group": list(self.groups),
            "measure": list(self.measures),
            "owner": people,
            "owner_unit": [unit.name for unit in self.unit_rows],
            "checker": people,
        }
