"""The pages of an office with 300 indicators, five years of values each, and three rounds.

Imported after Django is set up; measured in the office of `_assessments`, in the same way.
"""

from decimal import Decimal

from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from assessments.models import Indicator, IndicatorValue, ItemAnswer
from script.benches._assessments import BAR, LAST_YEAR, MOST_OF_OTHERS, measured
from workflows.models import Cycle

INDICATORS, YEARS, ROUNDS = 300, 5, (6, 9, 12)


def add_indicators(agency: Agency) -> None:
    """Give the last year its indicators, spread over the items of category 7."""
    cycle = Cycle.objects.get(agency=agency, fiscal_year=LAST_YEAR)
    answers = list(
        ItemAnswer.objects.filter(
            category_assessment__assessment__cycle=cycle, item__code__startswith="7."
        ).select_related("item")
    )
    officer = User.objects.get(username=f"{agency.code}-officer")
    rows = Indicator.objects.bulk_create(
        Indicator(
            cycle=cycle,
            group=answer.item.code,
            item_answer=answer,
            code=f"B-{number}",
            name=f"ร้อยละตัวอย่างที่ {number}",
            unit="ร้อยละ",
            target=Decimal(80),
            owner=officer,
            order=number,
        )
        for number in range(INDICATORS)
        for answer in [answers[number % len(answers)]]
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            indicator=row, fiscal_year=year, months=months, value=Decimal(70 + number % 20)
        )
        for number, row in enumerate(rows)
        for year in range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1)
        for months in (ROUNDS if year == LAST_YEAR else (12,))
    )


def measure(client_of, rounds: int) -> dict[str, float | int]:
    """Print and return ratio, milliseconds and queries of each page."""
    agency = Agency.objects.order_by("code").first()
    add_indicators(agency)
    clients: dict[str, Client] = {
        role: client_of(User.objects.get(username=f"{agency.code}-{role}"))
        for role in ("officer", "director")
    }
    here = [agency.code, LAST_YEAR]

    def page(role, name):
        address = reverse(name, args=here)
        return lambda: clients[role].get(address)

    acts = {
        "empty": page("director", "layout-reference"),
        "dashboard": page("director", "dashboards:director"),
        "red-items": page("director", "dashboards:red"),
        "unit": page("director", "dashboards:unit"),
        "own": page("officer", "dashboards:mine"),
        "list": page("officer", "indicators:list"),
        "totals": page("officer", "indicators:totals"),
    }
    queries, times = measured(acts, rounds)
    figures: dict[str, float | int] = {}
    for name in acts:
        ratio, key = times[name] / times["empty"], f"indicators.{name}"
        is_ok = ratio <= BAR and queries[name] <= MOST_OF_OTHERS
        figures |= {
            f"{key}.ratio": round(ratio, 2),
            f"{key}.ms": round(times[name], 1),
            f"{key}.queries": queries[name],
        }
        print(
            f"{key}: {ratio:.2f} × empty page (bar: {BAR:.2f}), {times[name]:.1f} ms, "
            f"queries {queries[name]} (bar: {MOST_OF_OTHERS}) {'ok' if is_ok else 'OVER'}"
        )
    return figures
