"""Imports point only to the right: between the packages, and inside each of them."""

import ast
from pathlib import Path

from tests.house_rules.sources import LAYERS, ROOT, name_of, python_files, tree_of

# Inside an app: urls → views → forms, documents → rule modules, emails → queries, permissions →
# models → enums. What stands in no row is a rule module; a rule that sends builds its mail.
RANKS = (
    {"urls"},
    {"views", "management"},
    {"forms", "documents", "papers", "admin", "templatetags"},
    {"a rule module"},
    {"queries", "permissions", "roles", "responsible"},  # who somebody is, and may
    {"models"},
    {"enums", "tasks"},
)
RULE_MODULE = 3
# A room of an app (workflows/sop) is ordered inside as the app is; a split module is not.
# apps.py wires its own app in ready(), and so does the package that wires all of them.
FREE_INSIDE = {"apps"}
PDF_DOORS = {"documents/drawing/weasyprint_drawing.py", "documents/drawing/weasyprint_thai.py"}


def rank_of(module: str) -> int:
    for rank, names in enumerate(RANKS):
        for name in names:
            if module == name or module.endswith(f"_{name}"):
                return rank
    return RULE_MODULE


def rank_in(app: str, inner: list[str]) -> int:
    """Return the rank of a module of an app, by its own name or by its place in a room."""
    rank = rank_of(inner[0])
    if rank == RULE_MODULE and len(inner) > 1 and (ROOT / app / inner[0]).is_dir():
        return rank_of(inner[1])
    return rank


def imports_of(path: Path, *, skip_bodies=False):
    """Yield (line, dotted module) of every import, those inside functions too."""

    def visit(node):
        for child in ast.iter_child_nodes(node):
            if skip_bodies and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield child.lineno, alias.name
            elif isinstance(child, ast.ImportFrom) and child.module:
                package = path.relative_to(ROOT).parts[:-1]
                prefix = ".".join(package[: len(package) - child.level + 1]) if child.level else ""
                module = f"{prefix}.{child.module}" if prefix else child.module
                for alias in child.names:
                    yield child.lineno, f"{module}.{alias.name}"
            else:
                yield from visit(child)

    return visit(tree_of(path))


def test_packages_import_only_to_the_right():
    faults = []
    for path in python_files():
        own = path.relative_to(ROOT).parts[0]
        if own not in LAYERS:
            continue
        for line, module in imports_of(path):
            other = module.split(".")[0]
            if other in LAYERS and LAYERS.index(other) < LAYERS.index(own):
                faults.append(f"{name_of(path)}:{line} imports {module}")

    assert faults == []


def test_modules_of_an_app_import_only_to_the_right():
    faults = []
    for path in python_files():
        app, *inner = path.relative_to(ROOT).with_suffix("").parts
        if app in {"core", "pmqa_portal"} or not inner or inner[0] in FREE_INSIDE:
            continue
        own = rank_in(app, inner)
        is_split = (ROOT / app / inner[0]).is_dir() and rank_of(inner[0]) != RULE_MODULE
        # A task is queued by rule modules and itself calls them: only its body may.
        for line, module in imports_of(path, skip_bodies=inner[-1] == "tasks"):
            other_app, *other = module.split(".")
            if other_app != app or not other or (is_split and other[0] == inner[0]):
                continue
            if rank_in(app, other) < own:
                faults.append(f"{name_of(path)}:{line} imports {module}")

    assert faults == []


def test_weasyprint_is_imported_behind_one_door():
    faults = [
        f"{name_of(path)}:{line} imports {module}"
        for path in python_files()
        for line, module in imports_of(path)
        if module.split(".")[0] == "weasyprint" and name_of(path) not in PDF_DOORS
    ]

    assert faults == []


def test_no_module_is_a_drawer_for_everything():
    forbidden = {"signals.py", "services.py", "utils.py", "helpers.py"}

    assert [name_of(path) for path in python_files() if path.name in forbidden] == []
