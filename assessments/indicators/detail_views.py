"""An indicator's page: definition, figures of all years, the round's words, evidence, history."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from approvals.models import TransitionLog
from approvals.registry import label_of, workflow_of
from assessments.enums import ResultRule
from assessments.evidence.permissions import mark_readable
from assessments.indicators import listing
from assessments.indicators.charts import chart_of
from assessments.indicators.explaining import explain
from assessments.indicators.forecast import forecast_of
from assessments.indicators.letci import facts_of, proofs_of
from assessments.indicators.panels import panels_for
from assessments.indicators.permissions import can_change
from assessments.indicators.reading import ResultRow, score_of
from assessments.indicators.result_forms import ValueForm
from assessments.indicators.result_permissions import can_check, can_enter, can_return
from assessments.indicators.results import FIELDS, NUMBERS
from assessments.models import EvidenceUse, Indicator, IndicatorValue, MonitoringRound
from assessments.rounds.queries import rules_of
from assessments.rounds.words import round_label
from core import clock
from documents.revisions import SaveConflict, history_of

HISTORY = 12


def detail_page(
    request: HttpRequest,
    indicator: Indicator,
    rounds: list[MonitoringRound],
    months: int,
    *,
    form: ValueForm | None = None,
    other: SaveConflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page at one of the rounds; a form that was refused stands in it as typed."""
    values = list(indicator.values.select_related("entered_by", "checked_by"))
    row = row_of(indicator, rounds, months, values)
    value = next((one for one in values if _is_at(one, row)), None)
    if value:
        value.indicator = indicator
    user = request.user
    proves = proofs_of([row]).get(indicator.pk, [])
    context = {
        "indicator": indicator,
        "row": row,
        "rounds": rounds,
        "months": months,
        "round": row.round,
        "round_label": round_label(row.round) if row.round else "",
        "value": value,
        "chip": listing.chip_of(row),
        "target_words": listing.target_words(row),
        "explanation": explain(row),
        "forecast": forecast_of(row),
        "facts": facts_of(row, proves),
        "chart": chart_of(row),
        "figures": _figures(indicator, values, row),
        "marks": _marks(indicator),
        "fields": _fields(value, form, other),
        "other": other,
        "faults": form.non_field_errors() if form else [],
        "can_enter": can_enter(user, indicator),
        "is_writable": listing.is_writable(row),
        "is_in_place": indicator.owner_id not in (None, user.pk),
        "can_check": value is not None and row.state == "waiting" and can_check(user, value),
        "can_return": value is not None
        and row.state in ("waiting", "confirmed")
        and can_return(user, value),
        "can_change": can_change(user, indicator),
        "uses": _uses(indicator, user),
        "panels": panels_for(indicator, user),
        "history": _history(value) if value else [],
    }
    return render(request, "indicators/detail.html", context, status=status)


def row_of(
    indicator: Indicator,
    rounds: list[MonitoringRound],
    months: int,
    values: list[IndicatorValue],
) -> ResultRow:
    """Return the indicator's row with figures of all years, from values fetched already."""
    year = indicator.cycle.fiscal_year
    kept = next((one for one in rounds if one.months == months), None)
    row = ResultRow(indicator, year, months, rules_of(indicator.cycle.agency), clock.today(), kept)
    row.take(values)
    return row


def _is_at(value: IndicatorValue, row: ResultRow) -> bool:
    return (value.fiscal_year, value.months) == (row.year, row.months)


def _figures(indicator: Indicator, values: list[IndicatorValue], row: ResultRow) -> list[dict]:
    """Return every value, the newest first, with its score by today's definition."""
    return [
        {
            "value": one,
            "is_now": _is_at(one, row),
            "is_year": one.months == 12,
            "score": score_of(indicator, one.value, row.rules).of_five,
            "is_older": one.fiscal_year == row.year
            and one.definition_version < indicator.version
            and one.entered_by_id is not None,
        }
        for one in reversed(values)
        if one.value is not None or one.entered_by_id
    ]


def _marks(indicator: Indicator) -> list[tuple[str, str]]:
    """Return what each threshold, target or milestone of the definition gives."""
    names = {
        ResultRule.FIVE_LEVELS: ("1", "2", "3", "4", "5"),
        ResultRule.THREE_TARGETS: ("50%", "75%", "100%"),
        ResultRule.MILESTONES: tuple(str(n) for n in range(1, len(indicator.thresholds) + 1)),
    }.get(indicator.rule, ())
    return list(zip(names, indicator.thresholds, strict=False))


def _fields(
    value: IndicatorValue | None, form: ValueForm | None, other: SaveConflict | None
) -> list[dict]:
    """Return the fields that save themselves: what is stored, or what was typed and refused."""
    shape = ValueForm()
    helps = {
        "planned": _("What this round should have reached"),
        "problem": _("What went wrong"),
        "obstacle": _("What stands in the way"),
        "risk": _("What may keep the target from being reached"),
        "remedy": _("What is done about it, by whom, until when"),
    }
    found = []
    for name in FIELDS:
        stored = getattr(value, name, None)
        text = listing.as_typed(stored) if name in NUMBERS else stored or ""
        is_typed = form is not None and name in form.data
        version = value.version if value else 0
        found.append(
            {
                "name": name,
                "label": shape.fields[name].label,
                "help": helps.get(name, ""),
                "is_number": name in NUMBERS,
                "text": form.data[name] if is_typed else text,
                "stored": text,
                "errors": form.errors.get(name, []) if is_typed else [],
                "version": other.current.version if other else version,
                "newer": text if other and is_typed else "",
            }
        )
    return found


def _uses(indicator: Indicator, user) -> list[EvidenceUse]:
    uses = list(EvidenceUse.objects.filter(indicator=indicator).select_related("evidence__cycle"))
    cycle = indicator.cycle
    mark_readable([use.evidence for use in uses], user, cycle.agency, cycle.fiscal_year)
    return uses


def _history(value: IndicatorValue) -> list[dict]:
    """Return who typed, confirmed or returned the value, the newest first; 2 queries."""
    rows = [
        {"at": one.saved_at, "by": one.saved_by, "act": _typed(one.data), "words": ""}
        for one in history_of(value)[:HISTORY]
    ]
    workflow = workflow_of(value)
    logs = TransitionLog.objects.filter(
        content_type=ContentType.objects.get_for_model(value), object_id=value.pk
    ).select_related("by")
    rows += [
        {
            "at": log.at,
            "by": log.by,
            "act": label_of(workflow, log.transition),
            "words": log.comment,
        }
        for log in logs.order_by("-at", "-pk")[:HISTORY]
    ]
    return sorted(rows, key=lambda row: row["at"], reverse=True)[:HISTORY]


def _typed(data: dict) -> str:
    """Return which fields a save changed; of numbers also what was typed."""
    parts = []
    for name in FIELDS:
        if name in data:
            label = str(IndicatorValue._meta.get_field(name).verbose_name)
            if name in NUMBERS:
                label = f"{label} {data[name] or '–'}"
            parts.append(label)
    return ", ".join(parts)
