"""A growing delay after failed sign-ins from one address; never a lock.

A whole office shares one address, so nobody may be kept out by a colleague's mistakes: every
attempt is still answered, only later. Guessing one person's password from one address is
locked elsewhere, by (user name, address).
"""

import time

from core import throttle

_FREE_FAILURES = 10
_LONGEST_SECONDS = 3.0
_REMEMBERED_SECONDS = 15 * 60


def _key(address: str) -> str:
    return f"login-failures:{address.replace(' ', '')[:45]}"


def seconds_for(failures: int) -> float:
    """Return how long the next attempt waits: nothing up to 10 failures, then doubling to 3 s."""
    if failures <= _FREE_FAILURES:
        return 0.0
    # The exponent is bounded: a flood of failures must not compute huge powers.
    return min(0.25 * 2 ** min(failures - _FREE_FAILURES - 1, 10), _LONGEST_SECONDS)


def count_failure(address: str) -> None:
    """Remember one failed sign-in from the address for 15 minutes."""
    throttle.count(_key(address), _REMEMBERED_SECONDS)


def wait(address: str) -> float:
    """Wait before an attempt from the address; return the seconds waited."""
    seconds = seconds_for(throttle.counted(_key(address)))
    if seconds:
        time.sleep(seconds)
    return seconds
