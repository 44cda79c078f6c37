"""The permission matrix: what a row says, and how the rows of all apps are gathered.

Each app keeps its rows in tests/<app>/matrix.py as `ROWS`, and there `objects(office)` makes the
rows of the database that its addresses name. CONTRIBUTING.md explains how to fill one.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OFFICERS = frozenset({"officer"})
DIRECTORS = frozenset({"director"})
DEPUTIES = frozenset({"deputy"})
STAFF = frozenset({"staff"})
CHAMPIONS = frozenset({"champion1", "champion2"})
MEMBERS = frozenset({"member"})
OBSERVERS = frozenset({"observer"})
ADMINISTRATORS = frozenset({"administrator"})
EVERYONE = (
    OFFICERS | DIRECTORS | DEPUTIES | STAFF | CHAMPIONS | MEMBERS | OBSERVERS | ADMINISTRATORS
)
NOBODY: frozenset[str] = frozenset()
METHODS = ("get", "post", "put", "patch", "delete")
# Lowest layer first: an app's objects may use those of the apps before it.
LAYERS = (
    "core",
    "agencies",
    "notifications",
    "documents",
    "approvals",
    "committees",
    "workflows",
    "assessments",
    "improvement",
    "reports",
    "pmqa_portal",
)
TESTS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class literal:
    """An address part that is itself the value, not the name of an object."""

    value: Any


@dataclass(frozen=True)
class Row:
    name: str
    kind: str
    allowed: Mapping[str, frozenset[str]]
    ids: Mapping[str, Any] = field(default_factory=dict)
    query: Any = None
    data: Any = None
    foreign_data: Callable | None = None
    hidden_from: frozenset[str] = NOBODY
    ok: frozenset[int] = frozenset()
    get_writes: str = ""


def row(
    name: str,
    *,
    kind: str = "office",
    ids: Mapping[str, Any] | None = None,
    query: Any = None,
    data: Any = None,
    foreign_data: Callable | None = None,
    hidden_from: Iterable[str] = (),
    ok: Iterable[int] = (),
    get_writes: str = "",
    **methods: Iterable[str],
) -> Row:
    """Return one row: the roles allowed for each method, and what the address needs.

    Keywords `get`, `post`, `put`, `patch`, `delete` take role names; a method not named must
    answer 405. `kind` is "office", "login" or "public".
    """
    assert kind in {"office", "login", "public"}, f"{name}: unknown kind {kind}"
    assert methods, f"{name}: declare at least one method"
    for method, roles in methods.items():
        assert method in METHODS, f"{name}: unknown method {method}"
        assert not isinstance(roles, str), f"{name}: roles are a set, not a string"
        unknown = set(roles) - EVERYONE
        assert not unknown, f"{name}: unknown roles {unknown}"
    return Row(
        name=name,
        kind=kind,
        allowed={method: frozenset(roles) for method, roles in methods.items()},
        ids=ids or {},
        query=query,
        data=data,
        foreign_data=foreign_data,
        hidden_from=frozenset(hidden_from),
        ok=frozenset(ok),
        get_writes=get_writes,
    )


def apps_with_rows() -> list[str]:
    return [app for app in LAYERS if (TESTS / app / "matrix.py").exists()]


def rows_of(app: str) -> list[Row]:
    return list(importlib.import_module(f"tests.{app}.matrix").ROWS)


def object_makers(app: str) -> list[Callable]:
    """Return the `objects` functions of the app and of all layers below it, lowest first."""
    makers = []
    for lower in LAYERS[: LAYERS.index(app) + 1]:
        if (TESTS / lower / "matrix.py").exists():
            module = importlib.import_module(f"tests.{lower}.matrix")
            if hasattr(module, "objects"):
                makers.append(module.objects)
    return makers
