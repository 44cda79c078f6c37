"""Addresses that no page should have to think about."""

import pytest


@pytest.mark.parametrize("address", ["/healthz?q=%00", "/healthz?%00=1", "/a%00b"])
def test_address_with_a_nul_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_other_addresses_pass(client):
    assert client.get("/healthz?q=%E0%B8%81").status_code == 200
