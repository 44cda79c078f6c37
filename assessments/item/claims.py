"""Whether a narrative and the evidence carry each other: claims without proof, proof unused.

A paragraph cites evidence by its code, with or without brackets: [1.2-01] or ๑.๒-๑.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.thai_numerals import to_arabic_digits

_CODE = re.compile(r"(?<![\d.\-])(\d\.\d{1,2})-(\d{1,4})(?![\d\-])")
# A heading or a lone line of a few words claims nothing.
SHORTEST_CLAIM = 40


@dataclass(frozen=True)
class Claims:
    """What does not fit together.

    `bare`: (number, first words) of paragraphs that cite nothing; `unknown`: cited codes that
    are not linked to the item; `unused`: linked codes that no paragraph cites.
    """

    bare: list[tuple[int, str]]
    unknown: list[str]
    unused: list[str]

    def __bool__(self) -> bool:
        return bool(self.bare or self.unknown or self.unused)


def check(narrative: str, linked: Iterable[str]) -> Claims:
    """Compare the narrative's paragraphs with the codes of the linked evidence."""
    codes = {_key(code): code for code in linked}
    cited: dict[str, str] = {}
    bare = []
    for number, paragraph in enumerate(paragraphs(narrative), 1):
        found = cited_codes(paragraph)
        cited |= {_key(code): code for code in found}
        if not found and len(paragraph) >= SHORTEST_CLAIM:
            bare.append((number, paragraph))
    return Claims(
        bare,
        [code for key, code in cited.items() if key not in codes],
        [code for key, code in codes.items() if key not in cited],
    )


def paragraphs(text: str) -> list[str]:
    """Return the lines that say something; a line break ends a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cited_codes(text: str) -> list[str]:
    """Return the evidence codes that the text names, each once, in its order."""
    found = (f"{item}-{number}" for item, number in _CODE.findall(to_arabic_digits(text)))
    return list(dict.fromkeys(found))


def _key(code: str) -> str:
    """Return the code without idle zeros: 1.2-1 and 1.2-01 are the same piece."""
    item, _dash, number = code.rpartition("-")
    return f"{item}-{number.lstrip('0')}"
