"""What the page of a round shows: its figures as rows, who may write where, and its words."""

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.roles import is_officer, role_of
from assessments.models import MonitoringRound
from assessments.rounds.words import round_label
from improvement.monitoring.figures import Figures
from improvement.monitoring.traffic import CHIPS, Traffic

STATES = {"planned": "not_started", "open": "in_progress", "closed": "waiting", "accepted": "done"}


def shown_rows(rows: list[dict]) -> list[dict]:
    """Return the rows with the label of their word and the chip that shows it."""
    return [row | _word(row["word"]) for row in rows]


def _word(word: str) -> dict:
    if not word:
        return {"label": "", "chip": ""}
    return {"label": Traffic(word).label, "chip": CHIPS[Traffic(word)]}


def action_rows(figures: Figures, user: User, row: MonitoringRound, is_open: bool) -> list[dict]:
    """Return the actions, each with whether the person writes its report now."""
    agency = row.cycle.agency
    writes_all = is_open and is_officer(user, agency)
    writes_own = is_open and role_of(user, agency) not in {"", "observer"}
    return [
        each | {"may_write": writes_all or (writes_own and each["owner_id"] == user.pk)}
        for each in shown_rows(figures["actions"])
    ]


def tabs_of(rounds: list[MonitoringRound], current: int | None = None) -> list[dict]:
    """Return the year's rounds as tabs with the words of their states."""
    return [
        {
            "months": each.months,
            "label": round_label(each),
            "state": each.get_status_display(),
            "chip": STATES[each.status],
            "is_current": each.months == current,
        }
        for each in rounds
    ]


def mean_words(totals: dict) -> str:
    """Return over how many actions the means are, and which are left out."""
    words = _("Mean of %(count)s actions of equal weight") % {"count": totals["counted"]}
    left = totals["actions"] - totals["counted"]
    if left:
        words += " · " + _("%(count)s without report left out") % {"count": left}
    elif totals["missing"]:
        words += " · " + _("%(count)s without report count as 0") % {"count": totals["missing"]}
    return words


def own_proposals(figures: Figures, next_label: str = "") -> list[str]:
    """Return the lines of the proposals as typed, else the portal's own, in Thai for the paper.

    The portal proposes to hurry what lies below plan, to have it reported monthly, and names the
    next round.
    """
    typed = [line.strip() for line in figures["proposals"].splitlines() if line.strip()]
    if typed:
        return typed
    below = [row["number"] for row in figures["actions"] if row["word"] in ("at_risk", "overdue")]
    lines = []
    if below:
        numbers = " ".join(f"ลำดับที่ {number}" for number in below)
        lines.append(f"เร่งรัดกิจกรรม{numbers} ให้เป็นไปตามแผนโดยเร็ว")
        lines.append("ให้ผู้รับผิดชอบรายงานความก้าวหน้าทุกเดือน จนกว่าจะเป็นไปตามแผน")
    if figures["totals"]["missing"]:
        lines.append("ให้ผู้รับผิดชอบที่ยังไม่รายงานผล รายงานให้ครบถ้วนโดยเร็ว")
    lines.append(f"เสนอผลรวมอีกครั้งใน{next_label}" if next_label else "รับทราบผลการดำเนินงาน")
    return lines
