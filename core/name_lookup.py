"""Finding rows by what a person writes for them: a name in whatever spacing, a short name."""

from typing import Any

from django.utils.translation import gettext as _

from core.thai_text import fold_for_search


class Names:
    """Rows by their names; tones and blanks do not count."""

    def __init__(self):
        self.found: dict[str, set] = {}

    def add(self, obj: Any, *names: str) -> None:
        """Let the row be found by each of the names."""
        for name in names:
            if name:
                self.found.setdefault(fold_for_search(name), set()).add(obj)

    def get(self, text: str) -> Any:
        """Return the one row of that name. Raises LookupError with a message for the person."""
        rows = self.found.get(fold_for_search(text), set())
        if not rows:
            raise LookupError(_("“%s” is not known in this office.") % text[:80])
        if len(rows) > 1:
            raise LookupError(_("“%s” is the name of more than one.") % text[:80])
        return next(iter(rows))
