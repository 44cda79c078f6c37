"""Quiet hours: when nobody wants a message. What falls inside them waits until they end."""

import datetime as dt

from core.clock import BANGKOK


def end_of_quiet(
    instant: dt.datetime, start: dt.time | None, end: dt.time | None
) -> dt.datetime | None:
    """Return when the quiet hours around the instant end, or None outside of them.

    Times are those of Bangkok; hours whose end is not after their start pass midnight. The end
    itself is no longer quiet. Without two different times there are no quiet hours.
    """
    if start is None or end is None or start == end:
        return None
    local = instant.astimezone(BANGKOK)
    passes_midnight = start > end
    if passes_midnight:
        is_quiet = local.time() >= start or local.time() < end
    else:
        is_quiet = start <= local.time() < end
    if not is_quiet:
        return None
    day = local.date()
    if passes_midnight and local.time() >= start:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, end, BANGKOK).astimezone(dt.UTC)


def not_before(instant: dt.datetime, start: dt.time | None, end: dt.time | None) -> dt.datetime:
    """Return the instant, or the end of the quiet hours it falls into."""
    return end_of_quiet(instant, start, end) or instant
