"""Every address × method × role × own/other office, and nothing changes after a refusal."""

import logging
import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.conftest import LOGIN_BACKEND
from tests.permission_matrix.addresses import admin_addresses, all_addresses
from tests.permission_matrix.table import EVERYONE, METHODS, apps_with_rows, rows_of
from tests.permission_matrix.world import make_office, make_world

# What signing in and guessing passwords may write; everything else is a change.
NOT_A_CHANGE = re.compile(r'"(django_session|axes_\w+)"|agencies_user" SET "last_login"')
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|ALTER|DROP)\b", re.I)
# What a person may be told when a permitted request cannot be carried out.
POLITE = {400, 409, 422}


def cause(response) -> str:
    """Return what went wrong inside a view that answered 500."""
    error = getattr(response, "exc_info", None)
    return f" ({error[0].__name__}: {str(error[1])[:120]})" if error else ""


@contextmanager
def recorded_writes():
    writes: list[str] = []

    def note(execute, sql, params, many, context):
        if WRITES.match(sql) and not NOT_A_CHANGE.search(sql):
            writes.append(sql[:160])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield writes


class Walk:
    """Asks the same address as everybody and collects what is not as the table says."""

    def __init__(self, app):
        self.own, self.other = make_world(app)
        self.faults: list[str] = []
        self.clients = {role: self.signed_in(person) for role, person in self.own.people.items()}
        self.clients["other_officer"] = self.signed_in(self.other.people["officer"])
        self.clients["anonymous"] = Client(raise_request_exception=False)

    def signed_in(self, person) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person, backend=LOGIN_BACKEND)
        return client

    def ask(self, row, role, method, address, *, data=None, **headers):
        """Return the answer and the writes of one request, undone afterwards."""
        if data is None:
            data = row.data(self.own) if callable(row.data) else (row.data or {})
        query = row.query(self.own) if callable(row.query) else row.query
        options = {"headers": headers} if headers else {}
        if query:
            options["query_params"] = query
        if method == "post":
            options["data"] = data
        client = self.clients[role]
        session = client.cookies.get(settings.SESSION_COOKIE_NAME)
        signed_in_as = session.value if session else None
        with recorded_writes() as writes, transaction.atomic():
            response = getattr(client, method)(address, **options)
            transaction.set_rollback(True)
        if signed_in_as:
            # Signing out was undone in the database; the browser must not forget either.
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in_as
        return response, writes

    def expect(self, row, role, method, answer, wanted, why=""):
        response, writes = answer
        where = f"{row.name} {method.upper()} as {role}{why}"
        if response.status_code != wanted:
            self.faults.append(
                f"{where}: {response.status_code}, expected {wanted}{cause(response)}"
            )
        if writes:
            self.faults.append(f"{where}: refused, yet wrote {writes[0]}")

    def walk(self, row):
        address = self.own.address(row)
        for method in METHODS:
            self.as_anonymous(row, method, address)
            for role in sorted(EVERYONE):
                self.as_person(row, role, method, address)
            if row.kind == "office":
                self.as_other_office(row, method, address)
            elif row.kind == "login":
                self.as_person(row, "other_officer", method, address)
        if row.foreign_data is not None:
            self.with_foreign_ids_in_body(row, address)

    def as_anonymous(self, row, method, address):
        answer = self.ask(row, "anonymous", method, address)
        if row.kind == "public":
            if method not in row.allowed:
                self.expect(row, "anonymous", method, answer, 405)
            elif answer[0].status_code >= 500 or answer[0].status_code in {401, 403, 405}:
                self.faults.append(f"{row.name} {method} as anonymous: {answer[0].status_code}")
            return
        self.expect(row, "anonymous", method, answer, 302)
        login = reverse("account_login")
        if not answer[0].headers.get("Location", "").startswith(login):
            self.faults.append(f"{row.name} {method} as anonymous: not sent to {login}")
        answer = self.ask(row, "anonymous", method, address, **{"HX-Request": "true"})
        self.expect(row, "anonymous", method, answer, 401, " by htmx")
        if answer[0].headers.get("HX-Redirect") != login:
            self.faults.append(f"{row.name} {method} by htmx: no HX-Redirect to {login}")

    def as_person(self, row, role, method, address):
        response, writes = answer = self.ask(row, role, method, address)
        if method not in row.allowed:
            hidden = row.kind == "office" and role in row.hidden_from
            if not (hidden and response.status_code == 404):
                self.expect(row, role, method, answer, 405)
            return
        if role in row.allowed[method] or row.kind == "public" or role == "other_officer":
            status = response.status_code
            if status >= 400 and status not in POLITE | row.ok:
                self.faults.append(
                    f"{row.name} {method.upper()} as {role}: {status}, allowed{cause(response)}"
                )
            if method == "get" and writes and not row.get_writes:
                self.faults.append(f"{row.name} GET as {role} wrote {writes[0]}")
            return
        self.expect(row, role, method, answer, 404 if role in row.hidden_from else 403)

    def as_other_office(self, row, method, address):
        answer = self.ask(row, "other_officer", method, address)
        self.expect(row, "other_officer", method, answer, 404, " on our address")
        if not row.ids or method not in row.allowed:
            return
        ids = {key: self.own.value(wanted) for key, wanted in row.ids.items()}
        if ids == {key: self.other.value(wanted) for key, wanted in row.ids.items()}:
            return  # nothing but literals: the address names no row of an office
        mixed = self.own.address(row, ids_of=self.other)
        for role in sorted(row.allowed[method]):
            answer = self.ask(row, role, method, mixed)
            self.expect(row, role, method, answer, 404, " with the other office's ids")

    def with_foreign_ids_in_body(self, row, address):
        data = row.foreign_data(self.own, self.other)
        for role in sorted(row.allowed["post"]):
            response, writes = self.ask(row, role, "post", address, data=data)
            if response.status_code >= 500:
                self.faults.append(f"{row.name} with foreign ids as {role}: 500{cause(response)}")
            if writes:
                self.faults.append(f"{row.name} with foreign ids as {role} wrote {writes[0]}")


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("app", apps_with_rows())
def test_matrix_is_kept_by_every_address(app, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")  # the faults below say it shorter
    walk = Walk(app)

    for row in rows_of(app):
        walk.walk(row)

    assert walk.faults == [], "\n".join(["", *walk.faults])


def test_matrix_has_a_row_for_every_address():
    rows = [row.name for app in apps_with_rows() for row in rows_of(app)]

    assert sorted(set(all_addresses()) - set(rows)) == [], "addresses without a row"
    assert sorted(set(rows) - set(all_addresses())) == [], "rows without an address"
    assert sorted({name for name in rows if rows.count(name) > 1}) == [], "rows given twice"


def test_office_addresses_are_of_kind_office():
    """An address that names an office is never open to people who are not its members."""
    addresses = all_addresses()
    wrong = [
        row.name
        for app in apps_with_rows()
        for row in rows_of(app)
        if (row.kind == "office") != ("agency_code" in addresses.get(row.name, ()))
    ]

    assert wrong == []


@pytest.mark.django_db
def test_admin_pages_are_closed_to_office_roles():
    office = make_office("own")
    faults = []
    for role, person in [("anonymous", None), *office.people.items()]:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person, backend=LOGIN_BACKEND)
        for address in admin_addresses():
            for method in ("get", "post"):
                with recorded_writes() as writes, transaction.atomic():
                    response = getattr(client, method)(address)
                    transaction.set_rollback(True)
                open_page = address in {reverse("admin:login"), reverse("admin:logout")}
                if response.status_code not in {302, 403, 404, 405} and not (
                    open_page and response.status_code == 200
                ):
                    faults.append(f"{address} {method} as {role}: {response.status_code}")
                if writes:
                    faults.append(f"{address} {method} as {role} wrote {writes[0]}")

    assert faults == [], "\n".join(["", *faults])
