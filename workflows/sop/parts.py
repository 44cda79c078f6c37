"""An SOP version as named parts, so that a save touches, keeps and compares only what changed.

A part is the head, the sections, the order of the steps, or one step with its symbols and
windows. In the parts a step is known by its row's key, never by its number: arrows and joined
cells keep their step when steps are moved, and the rows get their numbers when written.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, F, When

from workflows.models import (
    ProcedureFile,
    ProcedureNode,
    ProcedureStep,
    ProcedureVersion,
    ProcedureWindow,
)
from workflows.sop.data import NODE_FIELDS, STEP_FIELDS, WINDOW_FIELDS

Parts = dict[str, Any]

HEAD_FIELDS = (
    *("name", "code", "office_name", "unit_name", "layout", "own_layout"),
    *("written_for_year", "source_note", "objectives", "references", "signatories"),
    *("print_options", "change_note"),
)
# Numbers out of the way of the real ones while steps change places: each is taken once only.
_ASIDE, _NEW = 10_000, 20_000


def step_key(pk: int) -> str:
    """Return the name of a step's part."""
    return f"step:{pk}"


def step_pk(part: str) -> int | None:
    """Return the step's key that the part is named after; None for the other parts."""
    kind, _colon, pk = part.partition(":")
    return int(pk) if kind == "step" else None


def parts_of(version: ProcedureVersion) -> Parts:
    """Return the version's parts, JSON-able; 3 queries."""
    return parts_of_all([version])[version.pk]


def parts_of_all(versions: Sequence[ProcedureVersion]) -> dict[int, Parts]:
    """Return the parts of each version by its pk; 3 queries however many they are."""
    steps: dict[int, list[ProcedureStep]] = {version.pk: [] for version in versions}
    rows = ProcedureStep.objects.filter(version__in=list(steps))
    for step in rows.order_by("version", "number").prefetch_related("nodes", "windows"):
        steps[step.version_id].append(step)
    return {version.pk: _parts(version, steps[version.pk]) for version in versions}


def _parts(version: ProcedureVersion, steps: list[ProcedureStep]) -> Parts:
    keys = {step.number: step.pk for step in steps}
    parts: Parts = {
        "head": _head(version, keys),
        "sections": version.sections,
        "order": [step.pk for step in steps],
    }
    return parts | {step_key(step.pk): _step(step, keys) for step in steps}


def _head(version: ProcedureVersion, keys: dict[int, int]) -> dict[str, Any]:
    head = {name: getattr(version, name) for name in HEAD_FIELDS}
    head |= {"name": version.printed_name, "code": version.printed_code}
    head |= {"own_layout": version.own_layout_id, "layout": str(version.layout)}
    head["print_options"] = _with_spans(
        version.print_options,
        [
            span | {"from": keys[span["from"]], "to": keys[span["to"]]}
            for span in version.print_options.get("spans", [])
            if span["from"] in keys and span["to"] in keys
        ],
    )
    return head


def _with_spans(options: dict[str, Any], spans: list[dict[str, Any]]) -> dict[str, Any]:
    kept = {key: value for key, value in options.items() if key != "spans"}
    return kept | {"spans": spans} if spans else kept


def _step(step: ProcedureStep, keys: dict[int, int]) -> dict[str, Any]:
    part = {name: getattr(step, name) for name in STEP_FIELDS}
    part["nodes"] = [
        {name: getattr(node, name) for name in NODE_FIELDS} | {"edge_to": keys.get(node.edge_to)}
        for node in step.nodes.all()
    ]
    part["windows"] = [
        {name: getattr(window, name) for name in WINDOW_FIELDS} for window in step.windows.all()
    ]
    return part


def changed_parts(old: Parts, new: Parts) -> Parts:
    """Return the parts that differ, as they are in `new`; None for a step that is gone."""
    names = [*new, *(name for name in old if name not in new)]
    return {name: new.get(name) for name in names if old.get(name) != new.get(name)}


def add_step_row(version: ProcedureVersion, pk: int | None = None) -> int:
    """Make an empty row for a new step, or again for one that was removed; return its key."""
    taken = version.steps.filter(number__gte=_NEW).count()
    return ProcedureStep.objects.create(pk=pk, version=version, number=_NEW + taken, title="").pk


def write_parts(version: ProcedureVersion, old: Parts, new: Parts) -> None:
    """Write the rows that differ between `old` (as stored) and `new`.

    Call inside a transaction that has claimed the version. Rows of new steps exist already.
    """
    changed = changed_parts(old, new)
    _remove_steps(step_pk(name) for name, value in changed.items() if value is None)
    moved = "order" in changed
    if moved:
        _renumber(version, new["order"])
    numbers = {pk: number for number, pk in enumerate(new["order"], 1)}
    _write_version(version, changed, new, numbers, moved)
    steps = {pk: new[step_key(pk)] for pk in new["order"] if step_key(pk) in changed}
    _write_steps(steps)
    _write_nodes(_with_new_nodes(old, new, moved), numbers)
    _write_windows(
        {
            pk: part["windows"]
            for pk, part in steps.items()
            if part["windows"] != old.get(step_key(pk), {}).get("windows", [])
        }
    )


def _remove_steps(pks: Iterable[int | None]) -> None:
    """Delete steps. Their forms and annexes stay with the version."""
    gone = list(pks)
    if gone:
        ProcedureFile.objects.filter(step__in=gone).update(step=None)
        ProcedureStep.objects.filter(pk__in=gone).delete()


def _renumber(version: ProcedureVersion, order: list[int]) -> None:
    """Give the steps the numbers of their places, past the rule of one step a number."""
    rows = dict(version.steps.values_list("pk", "number"))
    wrong = {pk: place for place, pk in enumerate(order, 1) if rows[pk] != place}
    if not wrong:
        return
    moving = ProcedureStep.objects.filter(pk__in=wrong)
    moving.update(number=F("number") + _ASIDE)
    moving.update(number=Case(*(When(pk=pk, then=place) for pk, place in wrong.items())))


def _write_version(version, changed: Parts, new: Parts, numbers: dict[int, int], moved: bool):
    values: dict[str, Any] = {}
    if "sections" in changed:
        values["sections"] = new["sections"]
    head = new["head"]
    if "head" in changed:
        values |= {name: head[name] for name in HEAD_FIELDS if name != "own_layout"}
        values["own_layout_id"] = head["own_layout"]
    if "head" in changed or (moved and "spans" in head["print_options"]):
        values["print_options"] = _numbered_options(head["print_options"], numbers)
    if values:
        ProcedureVersion.objects.filter(pk=version.pk).update(**values)


def _numbered_options(options: dict[str, Any], numbers: dict[int, int]) -> dict[str, Any]:
    spans = []
    for span in options.get("spans", []):
        first, last = sorted((numbers[span["from"]], numbers[span["to"]]))
        spans.append(span | {"from": first, "to": last})
    return _with_spans(options, spans)


def _write_steps(steps: dict[int, dict[str, Any]]) -> None:
    rows = [
        ProcedureStep(pk=pk, **{name: part[name] for name in STEP_FIELDS})
        for pk, part in steps.items()
    ]
    if rows:
        ProcedureStep.objects.bulk_update(rows, STEP_FIELDS)


def _with_new_nodes(old: Parts, new: Parts, moved: bool) -> dict[int, list[dict[str, Any]]]:
    """Return step → symbols to write: changed ones, and arrows whose number may have changed."""
    found = {}
    for pk in new["order"]:
        nodes = new[step_key(pk)]["nodes"]
        before = old.get(step_key(pk), {}).get("nodes", [])
        if nodes != before or (moved and any(node["edge_to"] for node in nodes)):
            found[pk] = nodes
    return found


def _write_nodes(nodes: dict[int, list[dict[str, Any]]], numbers: dict[int, int]) -> None:
    if not nodes:
        return
    ProcedureNode.objects.filter(step__in=nodes).delete()
    ProcedureNode.objects.bulk_create(
        ProcedureNode(step_id=pk, order=order, **node | {"edge_to": numbers.get(node["edge_to"])})
        for pk, listed in nodes.items()
        for order, node in enumerate(listed, 1)
    )


def _write_windows(windows: dict[int, list[dict[str, Any]]]) -> None:
    if not windows:
        return
    ProcedureWindow.objects.filter(step__in=windows).delete()
    ProcedureWindow.objects.bulk_create(
        ProcedureWindow(step_id=pk, order=order, **window)
        for pk, listed in windows.items()
        for order, window in enumerate(listed, 1)
    )
