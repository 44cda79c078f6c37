"""Editions of the criteria come in as files; running assessments keep what they started with.

A corrected file becomes a new revision of its edition and the current one; an unchanged file
changes nothing. Editions are never edited in place.
"""

import functools
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from agencies.audit import canonical_hash
from agencies.models import Agency
from assessments.criteria.edition_files import EDITIONS, read_edition, read_profile
from assessments.criteria.mapping_files import MAPPING, read_mapping
from assessments.models import (
    Category,
    ChecklistLine,
    CriteriaEdition,
    Item,
    ItemMapping,
    Measure,
    ProfileTopic,
)
from core import clock

SHIPPED = ("pmqa-2558", "pmqa-2562", "pmqa-4.0")
SCORING_KEYS = ("levels", "result_rules", "bands", "dimensions", "views")


class EditionChanged(Exception):
    """The edition is no longer the one that was read; `current` is the newest."""

    def __init__(self, current: CriteriaEdition | None):
        super().__init__("a newer revision of the edition was stored")
        self.current = current


def import_edition(text: str) -> tuple[CriteriaEdition, bool]:
    """Store the edition of a YAML text for every office; return it and whether it is new.

    A text with the same content as the current revision changes nothing. Raises
    EditionFileInvalid (all faults, with lines) and then nothing is stored.
    """
    return store_edition(read_edition(text))


def store_edition(
    data: dict, agency: Agency | None = None, *, based_on: CriteriaEdition | None = None
) -> tuple[CriteriaEdition, bool]:
    """Store checked data as the newest revision of its code; return it and whether it is new.

    With an agency the revision is that office's alone and numbered after the one it corrects;
    editions of others, and those that assessments work on, stay as they are. `based_on` is the
    revision the change started from: raises EditionChanged when the office has a newer one.
    """
    data_hash = canonical_hash(data)
    own = CriteriaEdition.objects.filter(code=data["code"], agency=agency)
    try:
        with transaction.atomic():
            current = current_edition(data["code"], agency)
            if current and current.data_hash == data_hash:
                return current, False
            if based_on and (current is None or current.pk != based_on.pk):
                raise EditionChanged(current)
            own.filter(is_current=True).update(is_current=False)
            newest = own.order_by("-revision").first() or current
            edition = _create(data, agency, newest.revision + 1 if newest else 1, data_hash)
    except IntegrityError as error:
        # Somebody stored a revision at the same moment.
        raise EditionChanged(current_edition(data["code"], agency)) from error
    return edition, True


def current_edition(code: str, agency: Agency | None) -> CriteriaEdition | None:
    """Return the revision an assessment of the office starts with: its own, else the common."""
    return (
        CriteriaEdition.objects.filter(Q(agency=agency) | Q(agency=None), code=code)
        .filter(is_current=True)
        .order_by(F("agency").asc(nulls_last=True))
        .first()
    )


def _create(data: dict, agency: Agency | None, revision: int, data_hash: str) -> CriteriaEdition:
    edition = CriteriaEdition.objects.create(
        agency=agency,
        code=data["code"],
        revision=revision,
        **_titles(data["title"]),
        note_th=data.get("note", {}).get("th", ""),
        note_en=data.get("note", {}).get("en") or "",
        scoring=data["scoring"],
        total_points=data["total_points"],
        scoring_data={key: data[key] for key in SCORING_KEYS if key in data},
        data_hash=data_hash,
        imported_at=clock.now(),
    )
    for row in data["categories"]:
        _store_category(edition, row)
    return edition


def _store_profile(data: dict) -> None:
    """Store the 13 profile topics. Texts of offices stay."""
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


def load_editions(*codes: str) -> list[CriteriaEdition]:
    """Load the shipped editions (or those named), their mapping and the profile topics.

    May run again: an edition of which a revision is there is left as it is.
    """
    loaded = []
    if ProfileTopic.objects.count() < 13:
        _store_profile(_shipped_profile())
    if not ItemMapping.objects.filter(agency=None).exists():
        _store_mapping(_shipped_mapping())
    for code in codes or SHIPPED:
        current = CriteriaEdition.objects.filter(code=code, agency=None, is_current=True).first()
        loaded.append(current or store_edition(_shipped_edition(code))[0])
    return loaded


def _store_mapping(pairs: list[tuple[str, str, str, str]]) -> None:
    """Store which items continue which for every office, in place of what was.

    Rows that an office keeps for itself stay.
    """
    with transaction.atomic():
        ItemMapping.objects.filter(agency=None).delete()
        ItemMapping.objects.bulk_create(
            ItemMapping(from_edition=row[0], from_item=row[1], to_edition=row[2], to_item=row[3])
            for row in pairs
        )


# Reading a file takes longer than storing it, and what is shipped stays as it is.
@functools.cache
def _shipped_edition(code: str) -> dict:
    return read_edition(_shipped(code))


@functools.cache
def _shipped_profile() -> dict:
    return read_profile(_shipped("profile"))


@functools.cache
def _shipped_mapping() -> list[tuple[str, str, str, str]]:
    return read_mapping(MAPPING.read_text(encoding="utf-8"))


def _shipped(name: str) -> str:
    return Path(EDITIONS / f"{name}.yaml").read_text(encoding="utf-8")


def _titles(title: dict) -> dict:
    return {"title_th": title["th"], "title_en": title.get("en") or ""}


def _texts(rows: list | None, language: str) -> list[str]:
    """Return the texts of a list in one language; "" where there is no translation."""
    pairs = [row if isinstance(row, dict) else {"th": row} for row in rows or []]
    return [pair.get(language) or "" for pair in pairs]


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
            asks_en=item.get("asks", {}).get("en") or "",
            emphasis={
                level: data["emphasis"]
                for level, data in item.get("levels", {}).items()
                if data.get("emphasis")
            },
            typical_ofi=_texts(item.get("typical_ofi"), "th"),
            typical_ofi_en=_texts(item.get("typical_ofi"), "en"),
            evidence_examples=_texts(item.get("examples"), "th"),
            evidence_examples_en=_texts(item.get("examples"), "en"),
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
