"""What a reader of the audit log may not know: higher apps say it of their own objects.

An entry is written for good, with the words of its day. Whether somebody may read them is asked
when they are shown, so what becomes secret later is kept from then on.
"""

from collections.abc import Callable, Iterable

from agencies.models import Agency, AuditEntry, User

# Person, office, ids of objects → id → what is shown instead, for those the person may not know.
Rule = Callable[[User, Agency, set[str]], dict[str, str]]

_rules: dict[str, Rule] = {}


def register(object_type: str, rule: Rule) -> None:
    """Let a higher app keep words about its objects from people; called in its `ready()`."""
    _rules[object_type] = rule


def shown_words(user: User, agency: Agency, entries: Iterable[AuditEntry]) -> dict[int, str]:
    """Return entry pk → the words of it that the person may read; no query but the rules' own."""
    rows = list(entries)
    asked: dict[str, set[str]] = {}
    for row in rows:
        if row.object_type in _rules:
            asked.setdefault(row.object_type, set()).add(row.object_id)
    instead = {name: _rules[name](user, agency, ids) for name, ids in asked.items()}
    return {
        row.pk: instead.get(row.object_type, {}).get(row.object_id, row.summary) for row in rows
    }
