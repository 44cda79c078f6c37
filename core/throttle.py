"""How often something may be tried: counts in the cache, which forget by themselves.

A count begins with the first try and ends `seconds` later. When it ends stands in an entry of
its own, because not every cache keeps an entry's end when it counts up, and a cache server's
clock need not be ours.
"""

import time

from django.core.cache import cache


def count(key: str, seconds: int) -> int:
    """Count one more try of the key; return how many it makes since the count began."""
    now = time.time()
    end = cache.get_or_set(_end(key), now + seconds, seconds)
    if end <= now:
        end = now + seconds
        cache.set(_end(key), end, seconds)
    name = f"{key}:{end}"
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
    end = cache.get(_end(key))
    return 0 if end is None or end <= time.time() else cache.get(f"{key}:{end}", 0)


def _end(key: str) -> str:
    return f"{key}:end"
