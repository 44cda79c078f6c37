"""A preview comes back only from who saw it, in its office, for its purpose, and in time."""

from types import SimpleNamespace

import pytest

from core import signed_previews
from core.signed_previews import confirmed, signed


def _request(agency=1, user=1):
    return SimpleNamespace(agency=SimpleNamespace(pk=agency), user=SimpleNamespace(pk=user))


def test_who_saw_the_preview_confirms_it():
    text = signed(_request(), "register", {"rows": ["ก"]})
    assert confirmed(_request(), "register", text) == {"rows": ["ก"]}


@pytest.mark.parametrize(
    ("request_", "purpose"),
    [(_request(user=2), "register"), (_request(agency=2), "register"), (_request(), "word")],
)
def test_nobody_else_confirms_it(request_, purpose):
    assert confirmed(request_, purpose, signed(_request(), "register", {})) is None


def test_changed_and_old_previews_are_not_confirmed(monkeypatch):
    text = signed(_request(), "register", {"rows": []})
    assert confirmed(_request(), "register", text + "x") is None
    assert confirmed(_request(), "register", "") is None
    monkeypatch.setattr(signed_previews, "SECONDS", -1)
    assert confirmed(_request(), "register", text) is None
