"""The portal imports only what requirements.txt installs; tools of the checks may be missing."""

import ast
import sys
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house_rules.sources import LAYERS, ROOT, name_of, python_files, tree_of


def installed_by(file: str) -> set[str]:
    """Return the distributions that a requirements file brings, with what they need."""
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines()]
    open_ends = [Requirement(line) for line in lines if line]
    found: set[tuple[str, str]] = set()
    while open_ends:
        wanted = open_ends.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in found:
                continue
            found.add((name, extra))
            needed = [Requirement(line) for line in metadata.requires(name) or ()]
            open_ends += [
                each for each in needed if not each.marker or each.marker.evaluate({"extra": extra})
            ]
    return {name for name, _extra in found}


def imported_by(tree: ast.AST) -> set[str]:
    """Return the first names of what a module imports from elsewhere."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def test_portal_imports_only_what_its_requirements_install():
    known = {*sys.stdlib_module_names, *LAYERS}
    promised = installed_by("requirements.txt")
    brings = metadata.packages_distributions()
    faults = [
        f"{name_of(path)}: {name}"
        for path in python_files(with_migrations=True)
        for name in sorted(imported_by(tree_of(path)) - known)
        if not promised & {canonicalize_name(each) for each in brings.get(name, ())}
    ]
    assert faults == []


def test_a_tool_of_the_checks_alone_is_not_promised():
    promised = installed_by("requirements.txt")
    assert {"django", "ruamel-yaml", "boto3", "kombu"} <= promised
    assert not {"pytest", "pyyaml"} & promised
