"""What the round's report prints, on paper, in Word and in Excel: one set of Thai words.

Source: document-formats part E (monitoring report) and the mock-up round6. Figures come from the
round's snapshot once it is closed, else from today.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from agencies.models import Agency, User
from agencies.roles import director_of, officers_of
from approvals.models import TransitionLog
from assessments.enums import RoundStatus
from assessments.models import MonitoringRound
from assessments.rounds.queries import rounds_of
from core import clock
from core.thai_dates import format_long
from core.thai_numerals import format_decimal
from improvement.monitoring.comparison import judged, way_of
from improvement.monitoring.figures import Figures, figures_of
from improvement.monitoring.page import own_proposals
from improvement.monitoring.traffic import Traffic, ratio_of

WORDS = {
    Traffic.DONE: "แล้วเสร็จ",
    Traffic.ON_PLAN: "ตามแผน",
    Traffic.AT_RISK: "เสี่ยง (ต่ำกว่าแผน)",
    Traffic.OVERDUE: "เลยกำหนด",
    Traffic.NOT_DUE: "ยังไม่ถึงกำหนด",
    Traffic.MISSING: "ยังไม่รายงาน",
}
WAYS = {
    "up": "เพิ่มขึ้น",
    "down": "ลดลง",
    "same": "คงเดิม",
    "better": "ดีขึ้น",
    "worse": "แย่ลง",
    "": "",
}
STRONG = (Traffic.AT_RISK, Traffic.OVERDUE)


@dataclass(frozen=True)
class Signer:
    """A name under a paper, with its position; dots where nobody is known."""

    name: str
    position: str
    day: str = ""


def round_words(months: int, name: str = "") -> str:
    """Return what the round is called on paper."""
    return name or f"รอบ {months} เดือน"


def report_title(row: MonitoringRound) -> str:
    return (
        f"รายงานผลการดำเนินงาน PMQA {round_words(row.months, row.name)}"
        f" ประจำปีงบประมาณ พ.ศ. {row.cycle.fiscal_year}"
    )


def memo_title(row: MonitoringRound) -> str:
    return f"บันทึกข้อความ {report_title(row)}"


@override("th")
def report_data(row: MonitoringRound) -> dict[str, Any]:
    """Return everything the report says, with Arabic digits; a fixed number of queries."""
    figures = figures_of(row)
    totals = figures["totals"]
    return {
        "agency": row.cycle.agency,
        "row": row,
        "title": f"รายงานผลการดำเนินงาน PMQA {round_words(figures['months'], figures['name'])}",
        "period": f"ประจำปีงบประมาณ พ.ศ. {figures['year']} ({_day(figures['starts_on'])}"
        f" – {_day(figures['ends_on'])})",
        "head": _head(totals),
        "totals": totals,
        "mean": _mean_words(totals),
        "actions": [_worded(each) for each in figures["actions"]],
        "indicators": [_worded(each) for each in figures["indicators"]],
        "compared": _compared(figures),
        "evidence": _evidence(figures["evidence"]),
        "proposals": own_proposals(figures, _next_round(row)),
        "rule": _rule(figures["on_plan_pct"]),
        "state": _state(row),
        "reporter": reporter_of(row),
        "director": director_signer(row.cycle.agency),
    }


def _day(text: str) -> str:
    return format_long(dt.date.fromisoformat(text), "th")


def _head(totals: dict) -> list[tuple[str, str]]:
    """Return the five figures over the table and what each says."""
    count = totals["actions"]
    return [
        (totals["actual"] or "–", "ความก้าวหน้าสะสม (ร้อยละ)"),
        (totals["planned"] or "–", "แผนสะสม (ร้อยละ)"),
        (f"{totals['done']} จาก {count}", "กิจกรรมแล้วเสร็จ"),
        (f"{totals['on_plan']} จาก {count}", "เป็นไปตามแผน"),
        (f"{totals['below']} จาก {count}", "ต่ำกว่าแผนหรือเลยกำหนด"),
    ]


def _mean_words(totals: dict) -> str:
    words = f"เฉลี่ย {totals['counted']} กิจกรรม (น้ำหนักเท่ากัน)"
    left = totals["actions"] - totals["counted"]
    if left:
        return f"{words} ไม่นับที่ยังไม่รายงาน {left}"
    return f"{words} ที่ยังไม่รายงานนับเป็น 0" if totals["missing"] else words


def _worded(each: dict) -> dict:
    """Return the row with its word in Thai, problems in one cell, and who is responsible."""
    word = each["word"]
    trouble = [each["problem"], each["obstacle"]]
    return each | {
        "state": WORDS[Traffic(word)] if word else "",
        "is_strong": word in STRONG,
        "trouble": "\n".join(text for text in trouble if text),
        "evidence_words": ", ".join(each.get("evidence", [])),
    }


def _rule(on_plan_pct: int) -> str:
    return (
        "หมายเหตุ: แล้วเสร็จ = ผลร้อยละ 100 · ตามแผน = ผล ÷ แผน × 100 ตั้งแต่"
        f" {on_plan_pct} ขึ้นไป · เสี่ยง (ต่ำกว่าแผน) = น้อยกว่า {on_plan_pct} · เลยกำหนด ="
        " ถึงวันสิ้นสุดของกิจกรรมแล้วแต่ยังไม่แล้วเสร็จ · ยังไม่ถึงกำหนด = เริ่มหลังวันสิ้นรอบ"
    )


def _state(row: MonitoringRound) -> str:
    """Return how final the figures are."""
    if row.status in (RoundStatus.CLOSED, RoundStatus.ACCEPTED) and row.closed_at:
        return f"ข้อมูล ณ วันปิดรอบ {format_long(clock.day_of(row.closed_at), 'th')}"
    return f"ข้อมูลระหว่างรอบ ณ วันที่ {format_long(clock.today(), 'th')} ยังไม่ปิดรอบ"


def _next_round(row: MonitoringRound) -> str:
    following = rounds_of(row.cycle).filter(months__gt=row.months).first()
    if following is None:
        return ""
    day = format_long(following.ends_on, "th")
    return f"{round_words(following.months, following.name)} (ข้อมูล ณ วันที่ {day})"


def _evidence(rows: list[dict]) -> dict:
    """Return evidence by category with its share, and the sum over all."""
    wanted, got = sum(row["wanted"] for row in rows), sum(row["got"] for row in rows)
    return {
        "rows": [row | _share(row["wanted"], row["got"]) for row in rows],
        "sum": {"wanted": wanted, "got": got} | _share(wanted, got),
    }


def _share(wanted: int, got: int) -> dict:
    share = ratio_of(Decimal(wanted), Decimal(got))
    return {"share": "" if share is None else str(share), "width": float(share or 0)}


def _compared(figures: Figures) -> dict | None:
    """Return the earlier rounds beside this one; None in the first round of a year."""
    before = figures["before"]
    if not before:
        return None
    heads = [round_words(each["months"], each["name"]) for each in before]
    actions = []
    for each in figures["actions"]:
        past = [round_["actions"].get(str(each["id"]), [None, None])[1] for round_ in before]
        actions.append({"title": each["title"], "cells": _cells([*past, each["actual"]])})
    indicators = []
    for each in figures["indicators"]:
        past = [round_["indicators"].get(str(each["id"])) for round_ in before]
        cells = _cells([*past, each["value"]], lower_is_better=each["lower"])
        title = f"{each['code']} {each['name']}".strip()
        indicators.append({"title": title, "cells": cells})
    this = round_words(figures["months"], figures["name"])
    return {"heads": [*heads, this], "actions": actions, "indicators": indicators}


def _cells(texts: list[str | None], *, lower_is_better: bool | None = None) -> list[dict]:
    cells, before = [], None
    for text in texts:
        now = None if text is None else Decimal(text)
        way = way_of(before, now)
        if lower_is_better is not None:
            way = judged(way, lower_is_better=lower_is_better)
        cells.append({"text": plain(text), "way": WAYS[way]})
        before = before if now is None else now
    return cells


def plain(text: str | None) -> str:
    """Return the number with thousands commas and its own decimals; "–" where there is none."""
    if text is None:
        return "–"
    number = Decimal(text)
    return format_decimal(number, max(0, -number.as_tuple().exponent))


def reporter_of(row: MonitoringRound) -> Signer:
    """Return who closed the round; while it is open, an officer of the office."""
    closing = (
        TransitionLog.objects.filter(
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            to_status=RoundStatus.CLOSED,
        )
        .select_related("by")
        .first()
    )
    if closing and row.closed_at:
        day = format_long(clock.day_of(closing.at), "th")
        return _signer(closing.by, closing.position, day)
    officer = officers_of(row.cycle.agency).order_by("pk").first()
    return _signer(officer, officer.position if officer else "")


def director_signer(agency: Agency) -> Signer:
    """Return the director, with the position of the head of the office."""
    return _signer(director_of(agency), agency.head_position)


def _signer(person: User | None, position: str, day: str = "") -> Signer:
    return Signer(person.get_full_name() if person else "", " ".join(position.split()), day)
