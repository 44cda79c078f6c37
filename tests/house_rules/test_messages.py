"""Thai is complete: every source string stands in the catalogue, translated, none fuzzy."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.house_rules.sources import ROOT, name_of, python_files, templates

# The same options as script/messages.
OPTIONS = ("--locale", "th", "--no-obsolete", "--no-location", "--no-wrap")
CATALOGUE = "locale/th/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def fresh_catalogue(tmp_path_factory):
    """Collect the source strings anew, in a copy, with the translations there are."""
    copy = tmp_path_factory.mktemp("messages")
    for path in [*python_files(), *templates(), ROOT / CATALOGUE]:
        target = copy / name_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    environment = {key: value for key, value in os.environ.items() if key[:7] != "DJANGO_"}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-v0", *OPTIONS],
        cwd=copy,
        env=environment,
        check=True,
    )
    return copy / CATALOGUE


def entries(catalogue, which: str) -> list[str]:
    found = subprocess.run(
        ["msgattrib", which, "--no-obsolete", "--no-wrap", str(catalogue)],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [line for line in found.splitlines() if line.startswith("msgid ") and line != 'msgid ""']


def test_every_source_string_is_translated(fresh_catalogue):
    assert entries(fresh_catalogue, "--untranslated") == []


def test_no_translation_is_a_guess(fresh_catalogue):
    # A source string that changed comes back with its old translation, marked fuzzy.
    assert entries(fresh_catalogue, "--only-fuzzy") == []


def test_catalogue_is_well_formed(tmp_path):
    subprocess.run(
        ["msgfmt", "--check", "-o", str(tmp_path / "django.mo"), str(ROOT / CATALOGUE)],
        check=True,
    )
