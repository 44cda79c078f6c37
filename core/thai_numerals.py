"""Thai and Arabic digits.

Papers may print Thai digits, but never inside addresses, file names, codes or Latin names:
a web address printed with a Thai digit does not work.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans("0123456789", THAI)
_TO_ARABIC = str.maketrans(THAI, "0123456789")

# A run without spaces that is kept whole: web address, e-mail, file name.
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]@[A-Za-z0-9-]+\.[A-Za-z]")
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|png|jpe?g|webp|csv|zip)\W*$", re.IGNORECASE)
# Inside other runs: codes with a Latin letter keep their digits, and so does the version or
# standard that belongs to the Latin name before it ("PMQA 4.0", "ISO 9001").
_CODE = re.compile(r"[A-Za-z0-9_.+/-]+")
# The code of a piece of evidence, by which it is found: "3.2-04".
_EVIDENCE = re.compile(r"\d{1,2}\.\d{1,2}-\d{2,3}\.?")
_NUMBERED_NAME = re.compile(
    r"(?<![A-Za-z])(?:(?:ISO|IEC) (?=(\d{4,5}))|[A-Z]{2,12} (?=(\d\.0(?!\d))))"
)


def to_thai_digits(text: str) -> str:
    """Return the text with Thai digits, except in addresses, codes and Latin names."""
    text = str(text)
    kept = {match.end() for match in _NUMBERED_NAME.finditer(text)}
    return _RUN.sub(
        lambda run: run.group() if run.start() in kept else _run_in_thai(run.group()), text
    )


def _run_in_thai(run: str) -> str:
    if _EMAIL.search(run) or _FILE_NAME.search(run):
        return run
    address = _ADDRESS.search(run)
    end = address.start() if address else len(run)
    return _CODE.sub(_code_in_thai, run[:end]) + run[end:]


def _code_in_thai(found: re.Match) -> str:
    code = found.group()
    is_kept = re.search("[A-Za-z]", code) or _EVIDENCE.fullmatch(code)
    return code if is_kept else code.translate(_TO_THAI)


def to_arabic_digits(text: str) -> str:
    """Return the text with every Thai digit made Arabic."""
    return str(text).translate(_TO_ARABIC)


def format_decimal(value: Decimal | int, places: int) -> str:
    """Return the number with thousands commas and exactly `places` decimals, half rounded up."""
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(value).quantize(step, rounding=ROUND_HALF_UP):,}"


def plain_decimal(value: Decimal, *, commas: bool = False) -> str:
    """Return the number as a person types it: no idle zeros, never in powers of ten."""
    return f"{value.normalize():,f}" if commas else f"{value.normalize():f}"
