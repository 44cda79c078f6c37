"""The deploy checks: silent with a real set-up, loud with the defaults."""

import os
import subprocess
import sys

from pmqa_portal.checks import check_demo_stays_on_this_machine, check_engines_are_for_real_work
from tests.house_rules.sources import ROOT

DEPLOYED = {
    "HTTPS": "1",
    "SECRET_KEY": "z9" * 40 + "abcdefghijk",
    "ALLOWED_HOSTS": "pmqa.example.go.th",
    "BASE_URL": "https://pmqa.example.go.th",
    "DATABASE_URL": "postgres://pmqa:secret@127.0.0.1:1/pmqa",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def run_check(tmp_path, **changes) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**kept, "PMQA_READ_DOTENV": "0", "DATA_DIR": str(tmp_path), **changes},
        capture_output=True,
        text=True,
    )


def test_check_is_clean_when_deployed(tmp_path):
    result = run_check(tmp_path, **DEPLOYED)

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_check_names_embedded_engines(tmp_path):
    result = run_check(tmp_path)

    assert result.returncode == 1
    assert [f"pmqa.W00{number}" in result.stderr for number in (1, 2, 3)] == [True] * 3


def test_demo_is_refused_on_a_reachable_host(tmp_path):
    result = run_check(tmp_path, **DEPLOYED, DEMO="1")

    assert result.returncode == 1
    assert "pmqa.E001" in result.stderr


def test_demo_is_allowed_on_loopback(settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

    assert check_demo_stays_on_this_machine(None) == []


def test_base_url_without_tls_is_named(settings):
    settings.HTTPS = True
    settings.BASE_URL = "http://pmqa.example.go.th"

    assert "pmqa.W004" in [warning.id for warning in check_engines_are_for_real_work(None)]
