"""Setting up without root: nothing is half done, and the person reads the very command to run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house_rules.sources import ROOT

# What the script itself calls; neither sudo nor any of the programs that it looks for.
BASICS = "bash basename cat cut dirname env flock grep mkdir sha256sum tr".split()  # noqa: SIM905 - a list of programs
ALSO_FOUND = ("pdftoppm", "msgfmt", "chromium", "redis-server", "shellcheck", "git")


@pytest.fixture
def checkout(tmp_path_factory):
    """A copy of the script with a PATH of its own, in a folder of a person who is not root."""
    folder = tmp_path_factory.mktemp("checkout")
    for part in (folder, *folder.parents):
        if part.is_relative_to(Path("/tmp")) and part != Path("/tmp") and os.geteuid() == 0:
            part.chmod(part.stat().st_mode | 0o011)
    (folder / "script").mkdir()
    shutil.copy(ROOT / "script/setup", folder / "script/setup")
    (folder / "bin").mkdir()
    for name in BASICS:
        (folder / "bin" / name).symlink_to(shutil.which(name))
    # Any Python serves: nothing of it runs before the system packages are there.
    (folder / "bin/python3").write_text("#!/bin/sh\nexit 0\n")
    (folder / "bin/python3").chmod(0o755)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                shutil.chown(path, "nobody")
    return folder


def run(checkout, *arguments):
    as_person = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    environment = {
        "PATH": str(checkout / "bin"),
        "PMQA_VENV": str(checkout / "venv"),
    }
    return subprocess.run(
        [*as_person, "/usr/bin/env", *(f"{name}={value}" for name, value in environment.items()),
         str(checkout / "script/setup"), *arguments],
        capture_output=True, text=True, cwd=checkout, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_setup_without_root_prints_the_exact_command(checkout):
    done = run(checkout)
    assert done.returncode == 1
    assert done.stderr == (
        "script/setup: system packages are missing. Run this once as root, then start again:\n"
        "  apt-get update && apt-get install --no-install-recommends -y poppler-utils gettext\n"
    )
    assert not (checkout / "venv/bin").exists()


def test_setup_for_tests_names_what_the_tests_need_too(checkout):
    command = run(checkout, "--dev").stderr.splitlines()[-1]
    packages = (
        "poppler-utils gettext chromium redis-server shellcheck git"
        " libreoffice-calc-nogui libreoffice-writer-nogui"
    )
    assert command.removesuffix(" postgresql") == (
        f"  apt-get update && apt-get install --no-install-recommends -y {packages}"
    )


def test_setup_asks_for_nothing_that_is_there(checkout):
    for name in ALSO_FOUND:
        (checkout / "bin" / name).symlink_to("/usr/bin/true")
    assert "apt-get install" not in run(checkout).stderr
