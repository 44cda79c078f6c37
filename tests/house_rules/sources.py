"""The files of this repository, as the house rules look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Import only to the right: each package may import those after it. pmqa_portal wires them all.
LAYERS = (
    "pmqa_portal",
    "reports",
    "improvement",
    "assessments",
    "workflows",
    "committees",
    "approvals",
    "documents",
    "notifications",
    "agencies",
    "core",
)
NOT_OURS = {".git", ".venv", "node_modules", "data", "build", "var", "__pycache__"}


@cache
def repository_files() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, in the repository."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no history
        files = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.parts)]
    return tuple(sorted({path for path in files if path.is_file()}))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*, with_tests=False, with_migrations=False) -> list[Path]:
    """Return the Python files of the packages, and where asked for those of tests."""
    tops = {*LAYERS, "manage.py", *(("tests", "script") if with_tests else ())}
    return [
        path
        for path in repository_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in tops
        and (with_migrations or "migrations" not in path.parts)
    ]


def templates() -> list[Path]:
    return [path for path in repository_files() if name_of(path).startswith("templates/")]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))
