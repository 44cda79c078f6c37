"""Processes with limits: what the worker makes of their end."""

import pytest

from documents.drawing.limited_process import limit_reached, passed_on, run_limited
from documents.drawing.sheets import PaperFailed, PaperTooLarge


@pytest.mark.parametrize(
    ("code", "limit"),
    [(0, ""), (1, ""), (3, "memory"), (4, "file"), (-24, "time"), (-25, "file"), (-9, "memory")],
)
def test_end_of_a_process_names_its_limit(code, limit):
    assert limit_reached(code) == limit


def test_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("DATABASE_URL", "postgres://x")
    monkeypatch.setenv("PATH", "/bin")
    assert passed_on()["PATH"] == "/bin"
    assert not {"SECRET_KEY", "DATABASE_URL"} & passed_on().keys()


def test_time_is_limited_and_errors_are_told(tmp_path):
    with pytest.raises(PaperTooLarge) as ended:
        run_limited("documents.composing.append_child", tmp_path, {}, 0.001)
    assert ended.value.limit == "time"
    with pytest.raises(PaperFailed, match="No module named"):
        run_limited("documents.no_such_child", tmp_path, {}, 30)
