"""Whatever an address holds, the answer is a refusal and never a broken server."""

import functools
import logging
import re

import pytest
from django.db import transaction
from django.urls import NoReverseMatch

from tests.permission_matrix.table import apps_with_rows
from tests.permission_matrix.world import make_world, takes_year
from tests.security.hostile import allowed_rows, client_of, parameter_names, who_may

pytestmark = pytest.mark.django_db

VALUES = ["\x00", "9" * 30, "-1", "²", "'\"><x-evil>"]
IMPOSSIBLE_YEARS = [1, 544, 10543, 10**30]
IMPOSSIBLE_IDS = [0, 2**63, 10**30]


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")


def described(response) -> str:
    error = getattr(response, "exc_info", None)
    return f"{response.status_code} {error[0].__name__}: {error[1]}" if error else ""


def answers(method, values, send):
    own, _other = make_world(apps_with_rows()[-1])
    signed_in = functools.cache(client_of)  # each person once
    faults = []
    for _app, row in allowed_rows(method):
        client = signed_in(who_may(own, row, method))
        address = own.address(row)
        for value in values:
            with transaction.atomic():
                response = send(client, address, value)
                transaction.set_rollback(True)
            if response.status_code >= 500:
                faults.append(f"{row.name} {value[:12]!r}: {described(response)[:160]}")
    return faults


def test_addresses_with_hostile_parameters_break_nothing():
    names = parameter_names()
    assert len(names) > 150

    def send(client, address, value):
        return client.get(address, dict.fromkeys(names, value))

    assert answers("get", VALUES, send) == []


def test_impossible_years_do_not_exist():
    own, _other = make_world(apps_with_rows()[-1])
    signed_in = functools.cache(client_of)  # each person once
    faults = []
    for _app, row in allowed_rows("get"):
        if not takes_year(row.name):
            continue
        client = signed_in(who_may(own, row, "get"))
        for own.year in IMPOSSIBLE_YEARS:
            try:
                address = own.address(row)
            except NoReverseMatch:  # some years before the first: no address can name it
                break
            if f"/{own.year}/" not in address:
                break
            response = client.get(address)
            if response.status_code != 404:
                faults.append(f"{address}: {response.status_code} {described(response)[:120]}")

    assert faults == []


def test_impossible_ids_do_not_exist():
    own, _other = make_world(apps_with_rows()[-1])
    signed_in = functools.cache(client_of)  # each person once
    faults = []
    for _app, row in allowed_rows("get"):
        numbers = [key for key in row.ids if key == "pk" or key.endswith("_pk")]
        client = signed_in(who_may(own, row, "get"))
        for number in IMPOSSIBLE_IDS if numbers else ():
            address = own.address(row)
            for key in numbers:
                # A paper's file ends in its form: /papers/order/7.docx
                address = re.sub(rf"/{own.value(row.ids[key])}(?=[/.])", f"/{number}", address)
            response = client.get(address)
            if response.status_code != 404:
                faults.append(f"{address}: {response.status_code} {described(response)[:120]}")

    assert faults == []
