"""Pages ask the database at most 15 times, and not more often when their lists are longer."""

import importlib

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import LOGIN_BACKEND
from tests.permission_matrix.table import apps_with_rows, rows_of
from tests.permission_matrix.world import make_world

MOST_QUERIES = 15
FURTHER_ROWS = 29


def counts_of(app, office) -> dict[str, int]:
    client_of = {}
    counts = {}
    for row in rows_of(app):
        roles = sorted(row.allowed.get("get", ()))
        if row.kind == "public" or not roles:
            continue
        role = "officer" if "officer" in roles else roles[0]
        if role not in client_of:
            client_of[role] = Client(raise_request_exception=False)
            client_of[role].force_login(office.people[role], backend=LOGIN_BACKEND)
        query = row.query(office) if callable(row.query) else row.query
        address = office.address(row)
        client_of[role].get(address, query_params=query)  # what the first visit fills, apart
        with CaptureQueriesContext(connection) as queries:
            response = client_of[role].get(address, query_params=query)
        if response.status_code == 200:
            counts[row.name] = len(queries)
    return counts


@pytest.mark.django_db
@pytest.mark.parametrize("app", apps_with_rows())
def test_pages_ask_as_often_at_one_row_as_at_thirty(app):
    office, _ = make_world(app)
    few = counts_of(app, office)
    module = importlib.import_module(f"tests.{app}.matrix")
    if hasattr(module, "more"):
        module.more(office, FURTHER_ROWS)
    many = counts_of(app, office)

    assert {name: count for name, count in many.items() if count > MOST_QUERIES} == {}
    assert {name: (few[name], many[name]) for name in many if many[name] > few.get(name, 0)} == {}
