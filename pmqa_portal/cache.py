"""A cache on Redis that the portal can do without.

While Redis is away each process keeps its own entries in memory: counts of tries still count,
pages still open, and nobody waits for a server that does not answer.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
# After a failure Redis is not asked for so long.
REST = 10.0


class TolerantRedisCache(RedisCache):
    """As Django's; what Redis cannot answer, memory answers."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._memory = LocMemCache(f"instead-of-redis-{server}", {"TIMEOUT": self.default_timeout})
        self._away_until = 0.0

    def _either(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._away_until:
            ask: Callable = getattr(super(), name)
            try:
                return ask(*args, **kwargs)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + REST
                logger.warning("the cache is away, memory stands in: %s", error)
        return getattr(self._memory, name)(*args, **kwargs)

    def add(self, *args, **kwargs):
        return self._either("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._either("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._either("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._either("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._either("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._either("get_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._either("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._either("incr", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._either("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._either("delete_many", *args, **kwargs)

    def clear(self):
        return self._either("clear")
