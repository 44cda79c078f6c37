"""The kinds of matters that a director decides on, as higher apps know them.

A delegation is limited to some of them; the approvals engine says which there are.
"""

from collections.abc import Callable
from typing import Any

Kinds = Callable[[], list[tuple[str, Any]]]

_providers: list[Kinds] = []


def register(kinds: Kinds) -> None:
    """Let a higher app name kinds: [(model label, name), …]; called in its `ready()`."""
    if kinds not in _providers:
        _providers.append(kinds)


def decision_kinds() -> list[tuple[str, Any]]:
    """Return all kinds, as choices of a form."""
    return [kind for provider in _providers for kind in provider()]


def words_for(scopes: list[str]) -> list[str]:
    """Return the names of the kinds that a delegation is limited to; [] for all."""
    names = dict(decision_kinds())
    return [str(names.get(scope, scope)) for scope in scopes]
