"""Rules about tables and migrations."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models

from tests.house_rules.sources import LAYERS, name_of, python_files


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in LAYERS]


def test_people_are_never_deleted_with_rows_that_name_them():
    faults = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is get_user_model()
        and field.remote_field.on_delete is not models.PROTECT
    ]

    assert faults == []


def test_models_hold_no_logic_in_save_or_delete():
    faults = [
        f"{model._meta.label}.{name}"
        for model in own_models()
        for name in ("save", "delete")
        if name in vars(model)
    ]

    assert faults == []


def _ends_every_tie(model, ordering) -> bool:
    """Return whether no two rows that one page lists can stand in the same place."""
    names = {getattr(term, "expression", term) for term in ordering}
    names = {getattr(name, "name", name).lstrip("-") for name in names}
    if "pk" in names:
        return True
    own = {field.name: field for field in model._meta.fields}
    if any(name in own and own[name].unique for name in names):
        return True
    parents = {name for name, field in own.items() if field.many_to_one}
    once = [
        set(rule.fields)
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and rule.condition is None
    ]
    once_by_start = {name.split("__")[0] for name in names}
    return any(fields <= names | parents | once_by_start for fields in once)


def test_rows_never_come_in_an_order_left_to_the_database():
    """Two databases break ties differently: an ordering ends in something that is unique."""
    faults = [
        model._meta.label
        for model in own_models()
        if model._meta.ordering and not _ends_every_tie(model, model._meta.ordering)
    ]

    assert faults == []


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named():
    named = re.compile(r"^\d{4}_(?!auto_)[a-z0-9_]+\.py$")
    migrations = [
        path
        for path in python_files(with_migrations=True)
        if path.parent.name == "migrations" and path.name != "__init__.py"
    ]

    assert [name_of(path) for path in migrations if not named.match(path.name)] == []
