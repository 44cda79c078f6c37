"""Every notice says its kind; rows written before kinds existed got theirs by their rule."""

import ast
from importlib import import_module

import pytest

from tests.house_rules.sources import python_files, text_of

derived = import_module("notifications.migrations.0004_derive_kinds_and_carriages").kind_of


def test_every_call_that_notifies_names_its_kind():
    calls = [
        (path.name, call.lineno, {word.arg for word in call.keywords})
        for path in python_files()
        if "notify(" in text_of(path) and "tests" not in path.parts
        for call in ast.walk(ast.parse(text_of(path)))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "notify"
    ]
    assert len(calls) > 10
    assert [(name, line) for name, line, words in calls if "kind" not in words] == []


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("d30", "due_soon"),
        ("overdue", "overdue"),
        ("sop_submit", "decision"),
        ("plan_approve", "approved"),
        ("sop_return_", "returned"),
        ("meeting-moved", "meeting"),
        ("minutes-to-check", "decision"),
        ("minutes-checked", "meeting"),
        ("item_assigned", "assigned"),
        ("step_shifted", "other"),
    ],
)
def test_kind_of_an_older_notice_follows_from_its_rule(rule, kind):
    assert derived(rule) == kind
