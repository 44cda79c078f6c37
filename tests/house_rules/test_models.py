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
