"""Reading the same rows once for a page that asks for them in several places.

Inside `with shared_reads():` a function marked `@read_once` is called once per set of arguments;
later calls get the first answer. Outside it nothing is kept, so a rule that writes and reads
again always sees what it wrote. Only pages that read open the block.
"""

import contextlib
import contextvars
import functools
from collections.abc import Callable, Hashable, Iterator
from typing import ParamSpec, TypeVar

_kept: contextvars.ContextVar[dict | None] = contextvars.ContextVar("kept", default=None)
Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


@contextlib.contextmanager
def shared_reads() -> Iterator[None]:
    """Keep the answers of `@read_once` functions until the block ends; inner blocks share them."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def read_once(function: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Mark a reading function whose answer a page may share; its arguments are hashable."""

    @functools.wraps(function)
    def read(*args: Hashable) -> Answer:
        kept = _kept.get()
        if kept is None:
            return function(*args)
        key = (function, *args)
        if key not in kept:
            kept[key] = function(*args)
        return kept[key]

    return read
