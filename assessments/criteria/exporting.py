"""An edition as the data of its file: to read on a screen, to correct, to hand out as YAML."""

import io
from decimal import Decimal

from ruamel.yaml import YAML

from assessments.criteria.edition_files import CRITERIA_FORMAT
from assessments.models import Category, CriteriaEdition, Item


def edition_data(edition: CriteriaEdition) -> dict:
    """Return the edition in the shape of `edition_files.read_edition`. Four queries."""
    categories = Category.objects.filter(edition=edition).prefetch_related(
        "items__lines", "items__measures"
    )
    data = {
        "format": CRITERIA_FORMAT,
        "code": edition.code,
        "title": _pair(edition.title_th, edition.title_en),
        "scoring": edition.scoring,
        "total_points": _number(edition.total_points),
        **edition.scoring_data,
        "categories": [_category(row, edition.scoring) for row in categories],
    }
    if edition.note_th:
        data["note"] = _pair(edition.note_th, edition.note_en)
    return data


def to_yaml(data: dict) -> str:
    """Return the data as the text of an edition file."""
    yaml = YAML(typ="safe")
    yaml.allow_unicode = True
    yaml.default_flow_style = False
    yaml.width = 4000
    yaml.sort_base_mapping_type_on_output = False
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _category(row: Category, scoring: str) -> dict:
    return {
        "number": row.number,
        "title": _pair(row.title_th, row.title_en),
        "points": _number(row.points),
        "items": [_item(item) for item in row.items.all()],
    }


def _item(item: Item) -> dict:
    data = {
        "code": item.code,
        "title": _pair(item.title_th, item.title_en),
        "points": _number(item.points),
    }
    if item.asks_th:
        data["asks"] = _pair(item.asks_th, item.asks_en)
    if item.areas:
        data["areas"] = list(item.areas)
    levels: dict = {}
    for line in item.lines.all():
        level = levels.setdefault(line.level, {"lines": []})
        if item.emphasis.get(line.level):
            level["emphasis"] = item.emphasis[line.level]
        row = {"code": line.code, **_pair(line.title_th, line.title_en)}
        if line.evidence_hints:
            row["evidence_hints"] = list(line.evidence_hints)
        level["lines"].append(row)
    if levels:
        data["levels"] = levels
    for key, th, en in (
        ("examples", item.evidence_examples, item.evidence_examples_en),
        ("typical_ofi", item.typical_ofi, item.typical_ofi_en),
    ):
        if th:
            translated = [*en, *[""] * len(th)]
            data[key] = [_pair(text, translated[place]) for place, text in enumerate(th)]
    measures = [_measure(row) for row in item.measures.all()]
    if measures:
        data["measures"] = measures
    return data


def _measure(row) -> dict:
    data = {
        "code": row.code,
        **_pair(row.title_th, row.title_en),
        "required": row.is_required,
    }
    return data | ({"examples": list(row.examples)} if row.examples else {})


def _pair(th: str, en: str) -> dict:
    return {"th": th, "en": en} if en else {"th": th}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
