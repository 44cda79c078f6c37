"""An office's own printed layouts: copied, changed, deleted, and refused where that would harm.

A layout is part of what the director approves. A layout that prints a version which has left its
writers' hands (submitted, approved, in use, retired) is therefore locked for good: whoever wants
it otherwise copies it, and chooses the copy in the next draft.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from documents.revisions import Saved, save_text
from workflows.enums import EDITABLE, LayoutCode, VersionStatus
from workflows.models import ProcedureVersion, SopLayout
from workflows.sop.layouts import (
    FIXED_COLUMNS,
    LAYOUTS,
    NEEDED,
    PLAIN_SETTINGS,
    Layout,
    layout_from,
    least_columns,
    room_between,
    standard_column,
)

# Least widths in mm: narrower, words of the content leave their cell.
LEAST_WIDTH = {
    **{"number": 10.0, "chart": 45.0, "detail": 30.0, "time": 20.0},
    **{"standard": 25.0, "responsible": 20.0, "documents": 25.0, "remark": 20.0},
}
LONGEST_LABEL = 60


class LayoutInUse(Exception):
    """The layout prints SOPs; `procedures` are their names."""

    def __init__(self, procedures: list[str]):
        super().__init__("the layout is in use")
        self.procedures = procedures


@dataclass(frozen=True)
class Fault:
    """What is wrong with settings, and at which field: "width:time", "label:time", "columns"."""

    field: str
    message: str


def unlocked() -> Q:
    """Return the condition on a layout that no version beyond its writers' hands prints in it."""
    locking = ProcedureVersion.objects.filter(own_layout=OuterRef("pk"))
    return Q(~Exists(locking.exclude(status__in=EDITABLE)))


def versions_printed_in(layout: SopLayout) -> list[ProcedureVersion]:
    """Return the versions that are printed in the layout, by SOP."""
    versions = layout.versions.select_related("procedure")
    return list(versions.order_by("procedure__name", "number"))


def locking(versions: Sequence[ProcedureVersion]) -> list[ProcedureVersion]:
    """Return those of the versions that keep their layout from being changed."""
    return [version for version in versions if version.status not in EDITABLE]


def column_faults(
    columns: Sequence[Mapping[str, Any]], room: float, head: str = "job"
) -> list[Fault]:
    """Return what is wrong with the columns of a page with this room in mm, below this head."""
    faults = []
    for column in columns:
        least = LEAST_WIDTH[column["key"]]
        if column["width"] < least:
            message = _("At least %(least)g mm, or words leave the column.") % {"least": least}
            faults.append(Fault(f"width:{column['key']}", message))
        if not column["label"]:
            faults.append(Fault(f"label:{column['key']}", _("Write the head of the column.")))
        elif len(column["label"]) > LONGEST_LABEL:
            message = _("At most %(most)s letters.") % {"most": LONGEST_LABEL}
            faults.append(Fault(f"label:{column['key']}", message))
    keys = [column["key"] for column in columns]
    least = least_columns(head)
    if len(columns) < least or not set(NEEDED) <= set(keys):
        message = _(
            "Below this head the table needs %(least)s columns, chart and detail among them."
        )
        faults.append(Fault("columns", message % {"least": least}))
    if "number" in keys[1:]:
        faults.append(Fault("columns", _("The number stands in the first column.")))
    total = sum(column["width"] for column in columns)
    if total > room + 0.05:
        message = _(
            "The columns take %(total)g mm, the page has %(room)g mm between its margins: "
            "%(over)g mm too much."
        )
        values = {"total": total, "room": room, "over": round(total - room, 1)}
        faults.append(Fault("columns", message % values))
    return faults


def stored_settings(base: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the wanted settings that differ from the base layout."""
    layout = LAYOUTS[base]
    settings = {
        key: wanted[key]
        for key in PLAIN_SETTINGS
        if key in wanted and wanted[key] != getattr(layout, key)
    }
    if list(wanted["margins"]) != list(layout.margins):
        settings["margins"] = list(wanted["margins"])
    columns = [
        {"key": c["key"], "label": c["label"], "width": c["width"]} for c in wanted["columns"]
    ]
    if columns != columns_as_settings(layout):
        settings["columns"] = columns
    if wanted.get("sample"):
        settings["sample"] = wanted["sample"]
    return settings


def columns_as_settings(layout: Layout) -> list[dict[str, Any]]:
    """Return the layout's columns as settings keep them."""
    return [{"key": c.key, "label": c.label, "width": round(c.width, 1)} for c in layout.columns]


def fitted(columns: Sequence[dict[str, Any]], room: float) -> list[dict[str, Any]]:
    """Return the columns drawn together or apart so that they fill the room.

    Number and chart keep their widths; none grows narrower than its least width, so that
    too many columns stay too wide.
    """
    fixed = [c for c in columns if c["key"] in FIXED_COLUMNS]
    moving = [c for c in columns if c not in fixed]
    widths = {c["key"]: c["width"] for c in columns}
    free = room - sum(c["width"] for c in fixed)
    shrinking = moving
    while shrinking:
        by = free / (sum(widths[c["key"]] for c in shrinking) or 1)
        short = [c for c in shrinking if widths[c["key"]] * by < LEAST_WIDTH[c["key"]]]
        if not short:
            for column in shrinking:
                # Rounded down, so that the sum never passes the room by rounding.
                widths[column["key"]] = int(widths[column["key"]] * by * 10) / 10
            break
        for column in short:
            widths[column["key"]] = LEAST_WIDTH[column["key"]]
            free -= LEAST_WIDTH[column["key"]]
        shrinking = [c for c in shrinking if c not in short]
    return [{**column, "width": widths[column["key"]]} for column in columns]


def copy_layout(
    agency: Agency, by: User, *, base: str = "", source: SopLayout | None = None
) -> SopLayout:
    """Return a new layout of the office with the settings of a shipped one or of another own."""
    if source is not None:
        base, settings, name = source.base, source.settings, source.name
    else:
        settings, name = {}, str(LayoutCode(base).label)
    with transaction.atomic():
        layout = SopLayout.objects.create(
            agency=agency,
            name=_free_name(agency, name),
            base=base,
            settings=settings,
            created_by=by,
        )
        audit.record(agency, by, "layout.copy", layout, after={"base": base, **settings})
    return layout


def _free_name(agency: Agency, name: str) -> str:
    """Return the name with the first number that no layout of the office has yet."""
    taken = set(SopLayout.objects.filter(agency=agency).values_list("name", flat=True))
    stem = name[:80].rstrip()
    number = 2
    while (free := f"{stem} ({number})") in taken:
        number += 1
    return free


def save_layout(
    layout: SopLayout, name: str, settings: Mapping[str, Any], *, version: int, by: User
) -> Saved:
    """Write name and settings, if the layout has this version and is not locked.

    Raises SaveConflict when somebody saved since, NotEditable when it is locked.
    """
    changes = {"name": name, "settings": dict(settings)}
    with transaction.atomic():
        saved = save_text(
            layout, changes, version=version, by=by, agency=layout.agency, editable=unlocked()
        )
        audit.record(layout.agency, by, "layout.change", layout, after=changes)
    return saved


def delete_layout(layout: SopLayout, by: User) -> None:
    """Delete a layout that prints nothing; LayoutInUse names the SOPs that it prints."""
    try:
        with transaction.atomic():
            audit.record(layout.agency, by, "layout.delete", layout, summary=layout.name)
            layout.delete()
    except ProtectedError as error:
        versions = versions_printed_in(layout)
        names = dict.fromkeys(version.procedure.name for version in versions)
        raise LayoutInUse(list(names)) from error


def sample_version(layout: SopLayout) -> ProcedureVersion | None:
    """Return the version that a preview prints: of the chosen SOP, else of one of the office.

    What is in use comes before what is newer. None when the office has no SOP with steps.
    """
    versions = ProcedureVersion.objects.filter(
        procedure__agency=layout.agency, steps__isnull=False
    ).select_related("procedure__agency")
    chosen = versions.filter(procedure=layout.settings.get("sample"))
    return _preferred(chosen) or _preferred(versions)


def _preferred(versions: QuerySet[ProcedureVersion]) -> ProcedureVersion | None:
    in_use = versions.filter(status=VersionStatus.IN_USE).order_by("procedure__name", "pk").first()
    return in_use or versions.order_by("procedure__name", "procedure", "-number").first()


def all_columns(layout: Layout) -> list[dict[str, Any]]:
    """Return every column that a layout may have: its own in order, then the others."""
    own = columns_as_settings(layout)
    keys = {column["key"] for column in own}
    others = [standard_column(layout, key) for key in LEAST_WIDTH if key not in keys]
    return [{**column, "on": True} for column in own] + [
        {"key": c.key, "label": c.label, "width": c.width, "on": False} for c in others
    ]


def shipped_or_own(layout: SopLayout) -> Layout:
    """Return the layout as the paper prints it."""
    return layout_from(layout.base, layout.settings)


def room_of(settings: Mapping[str, Any]) -> float:
    """Return the room in mm between the margins of settings under work."""
    return room_between(settings["orientation"], settings["margins"])
