"""Rules about Python code that no linter knows."""

import ast
import re

from tests.house_rules.sources import (
    ROOT,
    name_of,
    python_files,
    repository_files,
    text_of,
    tree_of,
)

LONGEST_FUNCTION = 60
LONGEST_FILE = 600
# The one tag that shows cleaned rich text.
MAY_MARK_SAFE = {"core/templatetags/rich_text.py"}


def code_length(function: ast.FunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    length = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= first.end_lineno - first.lineno + 1
    return length


def test_functions_are_short():
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} has {code_length(node)} lines"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and code_length(node) > LONGEST_FUNCTION
    ]

    assert long == []


def test_files_are_short():
    long = [
        name_of(path)
        for path in python_files()
        if text_of(path).count("\n") > LONGEST_FILE and name_of(path) != "pmqa_portal/settings.py"
    ]

    assert long == []


def test_model_forms_list_their_fields():
    faults = []
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                for line in node.body:
                    if not isinstance(line, ast.Assign):
                        continue
                    names = {target.id for target in line.targets if isinstance(target, ast.Name)}
                    everything = (
                        isinstance(line.value, ast.Constant) and line.value.value == "__all__"
                    )
                    if "exclude" in names or ("fields" in names and everything):
                        faults.append(f"{name_of(path)}:{line.lineno}")
            elif isinstance(node, ast.Call) and "factory" in ast.unparse(node.func):
                for keyword in node.keywords:
                    if keyword.arg == "exclude" or (
                        keyword.arg == "fields" and ast.unparse(keyword.value) == "'__all__'"
                    ):
                        faults.append(f"{name_of(path)}:{node.lineno}")

    assert faults == []


def test_nothing_is_marked_safe_but_cleaned_text():
    trusting = re.compile(r"\b(mark_safe|SafeString|SafeText)\(|\bautoescape=False\b|__html__")
    faults = [
        name_of(path)
        for path in python_files()
        if trusting.search(text_of(path)) and name_of(path) not in MAY_MARK_SAFE
    ]

    assert faults == []


def is_view_module(path) -> bool:
    inner = path.relative_to(ROOT).parts[1:]
    return bool(inner) and (
        inner[0] == "views" or inner[0] == "views.py" or inner[0].endswith("_views.py")
    )


def test_views_reach_rows_only_by_scoped_querysets():
    """`get(pk=…)` on a model, or get_object_or_404 on a class, would leave the office out."""
    faults = []
    for path in python_files():
        if not is_view_module(path):
            continue
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            by_class = called in {"get_object_or_404", "get_list_or_404"} and re.match(
                r"[A-Z]\w*$|.*\.objects$", ast.unparse(node.args[0])
            )
            by_key = called.endswith(".objects.get") and any(
                keyword.arg in {"pk", "id"} for keyword in node.keywords
            )
            if by_class or by_key:
                faults.append(f"{name_of(path)}:{node.lineno} {called}")

    assert faults == []


def test_repository_names_no_machine_and_no_registry():
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("npmjs", "org"), ("npmjs", "com"))]
    hosts += [".".join(parts) for parts in (("pythonhosted", "org"), ("debian", "org"))]
    folders = [f"/{name}/" for name in ("root", "work", "home")]
    forbidden = re.compile(
        "|".join([*map(re.escape, hosts), *(rf"(?<![\w.}}]){folder}" for folder in folders)])
    )
    faults = []
    for path in repository_files():
        if path.suffix in {".png", ".jpg", ".pdf", ".docx", ".xlsx", ".ttf", ".woff2", ".ico"}:
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if forbidden.search(line):
                faults.append(f"{name_of(path)}:{number} {line.strip()[:100]}")

    assert faults == []
