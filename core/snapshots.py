"""Reading everything from one state of the database, whatever is committed meanwhile.

PostgreSQL gives each statement the newest state unless the transaction says otherwise; SQLite
takes the state of a transaction's first reading, but our transactions begin as writers. Inside
`one_snapshot()` nothing can be written. What must be written or read anew meanwhile, such as how
far the work is, goes through `outside()`.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import connection, transaction

Answer = TypeVar("Answer")


class _Beside:
    """One thread with a connection of its own, begun when first needed."""

    def __init__(self):
        self._thread: ThreadPoolExecutor | None = None

    def run(self, function: Callable[[], Answer]) -> Answer:
        self._thread = self._thread or ThreadPoolExecutor(max_workers=1)
        return self._thread.submit(function).result()

    def end(self) -> None:
        if self._thread is not None:
            self._thread.submit(lambda: connection.close()).result()
            self._thread.shutdown()


_beside: ContextVar[_Beside | None] = ContextVar("beside the snapshot", default=None)


@contextmanager
def one_snapshot() -> Iterator[bool]:
    """Read one state of the database inside the block; writing there raises DatabaseError.

    Yields whether it did: inside a transaction of somebody else's, or inside another snapshot,
    the block reads as that one does.
    """
    if connection.in_atomic_block:
        yield False
        return
    beside = _Beside()
    token = _beside.set(beside)
    try:
        with _reading():
            yield True
    finally:
        _beside.reset(token)
        beside.end()


def outside(function: Callable[[], Answer]) -> Answer:
    """Call the function where it may write and sees the newest state: beside a snapshot.

    Where this thread holds none, it is simply called.
    """
    beside = _beside.get()
    return function() if beside is None else beside.run(function)


@contextmanager
def _reading() -> Iterator[None]:
    with _sqlite_reading() if connection.vendor == "sqlite" else _postgresql_reading():
        yield


@contextmanager
def _postgresql_reading() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _sqlite_reading() -> Iterator[None]:
    """A transaction that never asks for the write lock, which would keep every writer waiting."""
    connection.ensure_connection()
    usual = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    connection.cursor().execute("PRAGMA query_only = ON")
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual
        connection.cursor().execute("PRAGMA query_only = OFF")
