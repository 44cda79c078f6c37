"""Addresses inside the room of indicators."""

from django.urls import reverse

from assessments.models import Indicator


def indicator_address(indicator: Indicator, months: int | None = None) -> str:
    """Return the indicator's page, at one of its rounds."""
    cycle = indicator.cycle
    address = reverse(
        "indicators:detail", args=[cycle.agency.code, cycle.fiscal_year, indicator.pk]
    )
    return f"{address}?round={months}" if months else address
