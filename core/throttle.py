"""How often something may be tried: counts in the cache, which forget by themselves.

A count begins with the first try and ends `seconds` later. When it began stands in an entry of
its own, because not every cache keeps an entry's end when it counts up.
"""

import time

from django.core.cache import cache


def count(key: str, seconds: int) -> int:
    """Count one more try of the key; return how many it makes since the count began."""
    name = f"{key}:{cache.get_or_set(_since(key), time.time, seconds)}"
    if cache.add(name, 1, seconds):
        return 1
    try:
        tries = cache.incr(name)
    except ValueError:  # it was dropped in between
        cache.set(name, 1, seconds)
        return 1
    cache.touch(name, seconds)
    return tries


def counted(key: str) -> int:
    """Return how many tries of the key the running count has; counts nothing."""
    since = cache.get(_since(key))
    return 0 if since is None else cache.get(f"{key}:{since}", 0)


def _since(key: str) -> str:
    return f"{key}:since"
