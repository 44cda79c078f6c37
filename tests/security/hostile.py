"""What the hostile tests share: every page of the matrix, every field name, every text."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from tests.conftest import LOGIN_BACKEND
from tests.permission_matrix.table import LAYERS, Row, apps_with_rows, rows_of
from tests.permission_matrix.world import Office

# Short enough for every text field; a page that does not escape it gains an element.
TAG = b"<x-evil"
EVIL = "\"'><x-evil>"
# Fields that are no free text: names of files on disk, hashes, codes that addresses carry.
NO_FREE_TEXT = re.compile(
    r"username|password|code|slug|hash|sha256|content_type|message_id|kind|url|email|language"
    r"|transition|_status|request_id|address|action|object_type|number|rule|scoring"
)
# Keys of stored JSON whose values are chosen from a list, not typed.
CHOSEN = {"role", "status", "kind", "hide", "column", "shows", "digits"}
# Rows with texts that a CHECK allows only instead of something else.
MUST_STAY_EMPTY = {"CommitteeMember", "Evidence"}
_READ = re.compile(r"request\.(?:GET|POST)(?:\.get\(|\[)\"(\w+)\"")


def allowed_rows(method: str) -> Iterator[tuple[str, Row]]:
    """Yield (app, row) of the matrix that allow the method to somebody."""
    for app in apps_with_rows():
        for row in rows_of(app):
            if method in row.allowed and row.kind != "public":
                yield app, row


def client_of(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=LOGIN_BACKEND)
    return client


def who_may(office: Office, row: Row, method: str):
    """Return one person who may: the officer where possible, who may most."""
    roles = sorted(row.allowed[method])
    return office.people["officer" if "officer" in roles else roles[0]]


def parameter_names() -> set[str]:
    """Return every name that a view or form of ours reads from an address or a body."""
    found = set()
    base = Path(settings.BASE_DIR)
    for app in (*LAYERS, "pmqa_portal"):
        for path in (base / app).rglob("*.py"):
            found |= set(_READ.findall(path.read_text()))
            if path.stem == "forms" or path.stem.endswith("_forms"):
                parts = path.relative_to(base).with_suffix("").parts
                module = importlib.import_module(".".join(parts))
                for thing in vars(module).values():
                    if isinstance(thing, type) and issubclass(thing, forms.BaseForm):
                        found |= set(thing.base_fields)
    return found


def fill_all_texts() -> int:
    """Put the hostile text into every free text of every row; return how many fields."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label not in LAYERS or model.__name__ == "AuditEntry":
            continue
        for field in model._meta.concrete_fields:
            if NO_FREE_TEXT.search(field.name) or field.choices or field.unique:
                continue
            if isinstance(field, models.JSONField):
                count += _fill_json(model, field.name)
            elif isinstance(field, models.CharField | models.TextField):
                if any(field.name in unique.fields for unique in _unique(model)):
                    continue
                text = EVIL[: field.max_length] if field.max_length else EVIL
                # Empty texts stay empty: some may only be filled instead of something else.
                rows = model.objects.exclude(**{field.name: ""})
                if model.__name__ not in MUST_STAY_EMPTY:
                    rows = model.objects.all()
                count += bool(rows.update(**{field.name: text}))
    return count


def _unique(model):
    return [row for row in model._meta.constraints if isinstance(row, models.UniqueConstraint)]


def _fill_json(model, name) -> int:
    rows = list(model.objects.all())
    for row in rows:
        model.objects.filter(pk=row.pk).update(**{name: _filled(getattr(row, name))})
    return bool(rows)


def _filled(value):
    """Return the JSON value with every text made hostile, keys and choices apart."""
    if isinstance(value, dict):
        return {key: item if key in CHOSEN else _filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return EVIL if isinstance(value, str) and not re.fullmatch(r"[\d./-]*", value) else value
