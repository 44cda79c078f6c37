"""Values that stand in addresses and hidden fields, where anybody may write anything."""

import re


def whole_number(text: str | None) -> int | None:
    """Return the whole number that the text is, or None; never raises.

    At most 17 digits are read, so that the number fits every id and version column.
    """
    return int(text) if text and re.fullmatch(r"-?\d{1,17}", text) else None
