"""Notices by urgency: what is late first, then what waits for the person, then the rest."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.enums import NoticeKind
from notifications.models import Notification

GROUPS = (
    ("late", gettext_lazy("Overdue"), (NoticeKind.OVERDUE, NoticeKind.ESCALATION)),
    (
        "waits",
        gettext_lazy("Waits for you"),
        (NoticeKind.DECISION, NoticeKind.RETURNED, NoticeKind.ASSIGNED),
    ),
    ("soon", gettext_lazy("Due soon"), (NoticeKind.DUE_SOON, NoticeKind.WINDOW, NoticeKind.ROUND)),
)
_REST = ("rest", gettext_lazy("For your information"))
# A subject names this many kinds; mail programs cut longer ones.
_KINDS_NAMED = 3


def by_urgency(notices: Iterable[Notification]) -> list[tuple[str, str, list[Notification]]]:
    """Return (key, heading, notices) of each group that has any, most urgent first."""
    notices = list(notices)
    known = {kind: key for key, _name, kinds in GROUPS for kind in kinds}
    names = [(key, name) for key, name, _kinds in GROUPS] + [_REST]
    groups = [
        (key, str(name), [row for row in notices if known.get(row.kind, "rest") == key])
        for key, name in names
    ]
    return [group for group in groups if group[2]]


def subject_of(notices: Iterable[Notification]) -> str:
    """Return what a message is about: kinds and counts, never people's own words."""
    counts: Counter[str] = Counter(row.kind for row in notices)
    ordered = [kind for _key, _name, kinds in GROUPS for kind in kinds]
    ordered += [kind for kind in NoticeKind if kind not in ordered]
    parts = [_part(kind, counts[kind]) for kind in ordered if counts[kind]]
    more = _(" and more") if len(parts) > _KINDS_NAMED else ""
    return "PMQA: " + " · ".join(parts[:_KINDS_NAMED]) + more


def _part(kind: NoticeKind, count: int) -> str:
    if count == 1:
        return str(kind.label)
    return ngettext("%(kind)s: %(count)d thing", "%(kind)s: %(count)d things", count) % {
        "kind": kind.label,
        "count": count,
    }
