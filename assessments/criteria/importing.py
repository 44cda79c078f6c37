"""Editions of the criteria come in as files; running assessments keep what they started with.

A corrected file becomes a new revision of its edition and the current one; an unchanged file
changes nothing. Editions are never edited in place.
"""

import functools
from pathlib import Path

from django.db import transaction

from agencies.audit import canonical_hash
from assessments.criteria.edition_files import EDITIONS, read_edition, read_profile
from assessments.models import (
    Category,
    ChecklistLine,
    CriteriaEdition,
    Item,
    Measure,
    ProfileTopic,
)
from core import clock

SHIPPED = ("pmqa-2558", "pmqa-2562", "pmqa-4.0")


def import_edition(text: str) -> tuple[CriteriaEdition, bool]:
    """Store the edition of a YAML text; return it and whether it is a new revision.

    A text with the same content as the current revision changes nothing. Raises
    EditionFileInvalid (all faults, with lines) and then nothing is stored.
    """
    return _store(read_edition(text))


def _store(data: dict) -> tuple[CriteriaEdition, bool]:
    data_hash = canonical_hash(data)
    with transaction.atomic():
        editions = CriteriaEdition.objects.filter(code=data["code"])
        current = editions.filter(is_current=True).first()
        if current and current.data_hash == data_hash:
            return current, False
        newest = editions.order_by("-revision").first()
        editions.filter(is_current=True).update(is_current=False)
        edition = CriteriaEdition.objects.create(
            code=data["code"],
            revision=newest.revision + 1 if newest else 1,
            **_titles(data["title"]),
            note_th=data.get("note", {}).get("th", ""),
            note_en=data.get("note", {}).get("en", ""),
            scoring=data["scoring"],
            total_points=data["total_points"],
            scoring_data={
                key: data[key]
                for key in ("levels", "result_rules", "bands", "dimensions")
                if key in data
            },
            data_hash=data_hash,
            imported_at=clock.now(),
        )
        for row in data["categories"]:
            _store_category(edition, row)
    return edition, True


def import_profile(text: str) -> int:
    """Store the 13 profile topics; return how many there are. Texts of offices stay."""
    data = read_profile(text)
    topics = [
        (part, group, topic)
        for part in data["parts"]
        for group in part["groups"]
        for topic in group["topics"]
    ]
    with transaction.atomic():
        for part, group, topic in topics:
            ProfileTopic.objects.update_or_create(
                number=topic["number"],
                defaults={
                    "code": topic["code"],
                    **_titles(topic["title"]),
                    "part": part["code"],
                    "part_title_th": part["title"]["th"],
                    "part_title_en": part["title"].get("en", ""),
                    "group": group["code"],
                    "group_title_th": group["title"]["th"],
                    "group_title_en": group["title"].get("en", ""),
                    "hint_th": topic.get("hint", ""),
                },
            )
    return len(topics)


def load_editions(*codes: str) -> list[CriteriaEdition]:
    """Load the shipped editions (or those named) and the profile topics; may run again.

    An edition of which the office imported a revision of its own is left as it is.
    """
    loaded = []
    if ProfileTopic.objects.count() < 13:
        import_profile(_shipped("profile"))
    for code in codes or SHIPPED:
        current = CriteriaEdition.objects.filter(code=code, is_current=True).first()
        loaded.append(current or _store(_shipped_edition(code))[0])
    return loaded


@functools.cache
def _shipped_edition(code: str) -> dict:
    return read_edition(_shipped(code))


def _shipped(name: str) -> str:
    return Path(EDITIONS / f"{name}.yaml").read_text(encoding="utf-8")


def _titles(title: dict) -> dict:
    return {"title_th": title["th"], "title_en": title.get("en") or ""}


def _store_category(edition: CriteriaEdition, row: dict) -> None:
    category = Category.objects.create(
        edition=edition,
        number=row["number"],
        points=row.get("points"),
        **_titles(row["title"]),
    )
    items = Item.objects.bulk_create(
        Item(
            category=category,
            code=item["code"],
            order=order,
            points=item.get("points"),
            asks_th=item.get("asks", {}).get("th", ""),
            asks_en=item.get("asks", {}).get("en", ""),
            emphasis={
                level: data["emphasis"]
                for level, data in item.get("levels", {}).items()
                if data.get("emphasis")
            },
            typical_ofi=item.get("typical_ofi", []),
            areas=item.get("areas", []),
            **_titles(item["title"]),
        )
        for order, item in enumerate(row["items"], start=1)
    )
    for item, data in zip(items, row["items"], strict=True):
        ChecklistLine.objects.bulk_create(_lines(item, data))
        Measure.objects.bulk_create(_measures(item, data))


def _lines(item: Item, data: dict) -> list[ChecklistLine]:
    rows = [
        (level, line) for level, block in data.get("levels", {}).items() for line in block["lines"]
    ]
    return [
        ChecklistLine(
            item=item,
            code=line["code"],
            level=level,
            order=order,
            evidence_hints=line.get("evidence_hints", []),
            **_titles(line),
        )
        for order, (level, line) in enumerate(rows, start=1)
    ]


def _measures(item: Item, data: dict) -> list[Measure]:
    return [
        Measure(
            item=item,
            code=measure["code"],
            order=order,
            is_required=measure.get("required", False),
            examples=measure.get("examples", []),
            **_titles(measure),
        )
        for order, measure in enumerate(data.get("measures", []), start=1)
    ]
