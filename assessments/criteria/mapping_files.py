"""Reading which items continue which from the shipped YAML file; a file is whole or refused."""

from pathlib import Path

from django.utils.translation import gettext as _

from assessments.criteria.checked_yaml import EditionFileInvalid, FileCheck, load_yaml

MAPPING = Path(__file__).parent / "mapping.yaml"
MAPPING_FORMAT = "pmqa-mapping/1"


def read_mapping(text: str) -> list[tuple[str, str, str, str]]:
    """Return (from edition, from item, to edition, to item) in order, each once.

    Raises EditionFileInvalid with every fault and its line.
    """
    root = load_yaml(text)
    check = FileCheck()
    pairs: list[tuple[str, str, str, str]] = []
    if check.mapping(root, 1, "file"):
        check.one_of(root, "format", (MAPPING_FORMAT,))
        for block in check.rows(root, "mappings"):
            check.only(block, "from", "to", "and_back", "items")
            pairs += _pairs(check, block)
    if check.faults:
        raise EditionFileInvalid(sorted(check.faults))
    return list(dict.fromkeys(pairs))


def _pairs(check: FileCheck, block) -> list[tuple[str, str, str, str]]:
    old, new = check.text(block, "from"), check.text(block, "to")
    items = block.get("items")
    if not isinstance(items, dict):
        check.add(block, "items", _("“%(key)s” is missing") % {"key": "items"})
        return []
    found = []
    for code in items:
        check.texts(items, code)
        for source in items[code] or []:
            found.append((old, str(source), new, str(code)))
            if block.get("and_back"):
                found.append((new, str(code), old, str(source)))
    return found
