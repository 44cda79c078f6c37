"""Counts of tries end after their time, whichever cache counts them."""

import pytest
from django.core.cache import cache

from core import throttle


@pytest.fixture(params=["locmem.LocMemCache", "filebased.FileBasedCache"])
def any_cache(request, settings, tmp_path):
    backend = f"django.core.cache.backends.{request.param}"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    cache.clear()


@pytest.fixture
def later(monkeypatch):
    """Let time pass: a function of seconds."""
    moment = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: moment[0])

    def pass_by(seconds):
        moment[0] += seconds

    return pass_by


def test_count_begins_anew_after_its_time(any_cache, later):
    assert throttle.counted("a") == 0
    assert [throttle.count("a", 3600) for _try in range(3)] == [1, 2, 3]
    later(3000)
    assert throttle.count("a", 3600) == 4
    assert throttle.counted("a") == 4
    later(601)
    assert throttle.counted("a") == 0
    assert throttle.count("a", 3600) == 1


def test_each_key_has_its_own_count(any_cache):
    assert (throttle.count("a", 60), throttle.count("a", 60), throttle.count("b", 60)) == (1, 2, 1)
