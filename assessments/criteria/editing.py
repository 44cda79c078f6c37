"""An office's own edition: corrections to a copy, checked by the rules of the file.

Every correction is stored as a new revision of the office; what assessments work on stays.
"""

from copy import deepcopy
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from agencies.permissions import can_manage_office
from assessments.criteria.edition_files import read_edition
from assessments.criteria.exporting import edition_data, to_yaml
from assessments.criteria.importing import store_edition
from assessments.enums import Level
from assessments.models import CriteriaEdition

LETTERS = {Level.BASIC: "B", Level.ADVANCE: "A", Level.SIGNIFICANCE: "S"}


def can_correct(user: User, agency: Agency) -> bool:
    """Return whether the person may correct the office's criteria: officer, administrator."""
    return can_manage_office(user, agency)


def correct(
    edition: CriteriaEdition | None, data: dict, agency: Agency, by: User
) -> tuple[CriteriaEdition, bool]:
    """Store the corrected data as the office's newest revision; return it and whether it is new.

    `edition` is the revision the correction started from; None for a code that is new to the
    office. Raises EditionFileInvalid when the
    rules of the file refuse it, EditionChanged when the office has a newer revision.
    """
    checked = read_edition(to_yaml(data))
    if edition and checked == read_edition(to_yaml(edition_data(edition))):
        return edition, False
    with transaction.atomic():
        stored, is_new = store_edition(checked, agency, based_on=edition)
        if is_new:
            audit.record(
                agency,
                by,
                "criteria.edition",
                stored,
                summary=f"{stored.code} r{stored.revision}",
                before={"edition": edition.data_hash if edition else None},
                after={"edition": stored.data_hash},
            )
    return stored, is_new


def item_of(data: dict, code: str) -> dict | None:
    """Return the item's part of the data, or None."""
    for category in data["categories"]:
        for item in category["items"]:
            if item["code"] == code:
                return item
    return None


def with_points(data: dict, points: dict[str, Decimal | None], titles: dict) -> dict:
    """Return the data with points by "3" (category) or "3.1" (item) and with head titles.

    `titles` holds title and note as {"title": {"th", "en"}, "note": {"th", "en"}}.
    """
    new = deepcopy(data)
    new["title"] = titles["title"]
    if titles["note"]["th"]:
        new["note"] = titles["note"]
    else:
        new.pop("note", None)
    for category in new["categories"]:
        category["points"] = _plain(points.get(str(category["number"])))
        for item in category["items"]:
            item["points"] = _plain(points.get(item["code"]))
    return new


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def with_item(data: dict, code: str, changes: dict) -> dict:
    """Return the data with the item's title, asks, examples, typical_ofi and lines changed.

    `changes["lines"]` is level → list of {"code" ("" for a new line), "th", "en"}; a line that
    is missing there is removed. Codes of new lines go on from the highest used.
    """
    new = deepcopy(data)
    item = item_of(new, code)
    item["title"] = changes["title"]
    for key in ("asks", "examples", "typical_ofi"):
        item.pop(key, None)
        if changes[key] and changes[key] != {"th": ""}:
            item[key] = changes[key]
    for level, rows in changes["lines"].items():
        block = item["levels"][level]
        block["lines"] = _lines(code, level, block["lines"], rows)
    return new


def _lines(code: str, level: str, before: list[dict], rows: list[dict]) -> list[dict]:
    known = {row["code"]: row for row in before}
    letter = LETTERS[Level(level)]
    highest = max((_place(row["code"]) for row in before), default=0)
    found = []
    for row in rows:
        line = dict(known.get(row["code"], {}))
        if not line:
            highest += 1
            line = {"code": f"{code}-{letter}{highest}"}
        line["th"] = row["th"]
        line.pop("en", None)
        if row["en"]:
            line["en"] = row["en"]
        found.append(line)
    return found


def _place(code: str) -> int:
    digits = code.rsplit("-", 1)[-1].lstrip("BAS")
    return int(digits) if digits.isdigit() else 0


def warnings_of(data: dict) -> list[str]:
    """Return what does not add up yet or is unknown; nothing of it forbids the edition."""
    if data["scoring"] != "percent":
        return []
    found, total = [], Decimal(0)
    for category in data["categories"]:
        known = [Decimal(str(item["points"])) for item in category["items"] if item.get("points")]
        full = category.get("points")
        total += Decimal(str(full or 0))
        words = {"number": category["number"], "full": full, "sum": sum(known)}
        if len(known) < len(category["items"]):
            found.append(_("Category %(number)s: points of some items are unknown") % words)
        elif full is not None and sum(known) != Decimal(str(full)):
            message = _(
                "Category %(number)s: the items add up to %(sum)s, the category has %(full)s"
            )
            found.append(message % words)
    if total != Decimal(str(data["total_points"])):
        words = {"sum": total, "full": data["total_points"]}
        found.append(_("The categories add up to %(sum)s, the edition has %(full)s") % words)
    return found


def differences(old: dict | None, new: dict) -> list[dict]:
    """Return what differs as {"where", "before", "after"}, in the order of the file."""
    before, after = _flat(old or {}), _flat(new)
    return [
        {"where": where, "before": before.get(where, ""), "after": after.get(where, "")}
        for where in [*after, *[key for key in before if key not in after]]
        if before.get(where) != after.get(where)
    ]


def _flat(node, path: str = "") -> dict[str, str]:
    """Return every value by where it stands; rows of lists by their code or number."""
    if isinstance(node, dict):
        found = {}
        for key, value in node.items():
            found |= _flat(value, f"{path} › {key}" if path else str(key))
        return found
    if isinstance(node, list):
        found = {}
        for place, value in enumerate(node, start=1):
            name = place
            if isinstance(value, dict):
                name = value.get("code") or value.get("number") or place
            found |= _flat(value, f"{path} {name}")
        return found
    return {path: "" if node is None else str(node)}
