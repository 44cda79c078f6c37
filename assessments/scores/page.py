"""What the pages of an item's scores show, as plain rows."""

from agencies.models import User
from assessments import scoring
from assessments.item.page import is_open
from assessments.models import ItemScore, LineAnswer
from assessments.progress import ItemState
from assessments.scores import permissions, spread
from assessments.scores.history import Day, days_of_item
from assessments.scores.seeing import Seen, look
from assessments.scores.sheets import is_scored_by_people, lines_of
from assessments.scores.summary import is_open_for_members, scores_of
from core.drawing.trend import trend_svg
from core.thai_dates import format_short
from workflows.enums import CycleStatus

CHART_DAYS = 6
# More days than a screen can show; the chart has the last ones anyway.
TABLE_DAYS = 40


class DayOnAxis(int):
    """The place of a day on the chart's axis, written as the day."""

    words = ""

    def __str__(self):
        return self.words


def head(item: ItemState) -> dict:
    """Return what every page of an item's scores shows above its parts."""
    answer = item.answer
    return {
        "answer": answer,
        "item": answer.item,
        "category": item.category_assessment.category,
        "edition": item.edition,
        "maximum": item.points,
    }


def present(item: ItemState, user: User) -> dict:
    """Return the page of the item's scores; 5 queries."""
    rows = scores_of(item.answer)
    category = item.category_assessment
    seen = look(user, category, rows)
    lines = lines_of(item)
    days = days_of_item(item.answer)
    own_score = None if item.score is None else scoring.to_five(item.score)
    in_year = category.assessment.cycle.status == CycleStatus.OPEN
    return head(item) | {
        "seen": seen,
        "self_score": own_score,
        "beside": beside(own_score, seen),
        "spread": spread.spread_of([row.score for row in seen.members]),
        "strip": strip(seen.members, item.points),
        "line_rows": line_rows(item, lines, seen),
        "dimension_rows": _dimension_rows(item, seen),
        "people_score": is_scored_by_people(item),
        "can_score": is_open_for_members(item) and permissions.can_score(user, category),
        "can_open": in_year and permissions.can_open_consensus(user, category),
        "can_conclude": in_year and permissions.can_conclude(user, category),
        "can_external": in_year and permissions.can_enter_external(user, category),
        "days": days[::-1][:TABLE_DAYS],
        "chart": chart(days, item.answer.item.code),
    }


def may_adopt(item: ItemState, user: User) -> bool:
    """Return whether the consensus may become the office's answer now."""
    return is_open(item.answer) and permissions.can_score(user, item.category_assessment)


def beside(own_score, seen: Seen) -> list[dict]:
    """Return self, consensus and outside score with their differences from the own."""
    found = [{"kind": "self", "score": own_score, "difference": None, "row": None}]
    for kind, row in (("consensus", seen.concluded), ("external", seen.external)):
        score = row.score if row else None
        known = own_score is not None and score is not None
        found.append(
            {
                "kind": kind,
                "score": score,
                "difference": score - own_score if known else None,
                "row": row,
            }
        )
    return found


def strip(members: list[ItemScore], maximum) -> list[dict]:
    """Return where each score stands on a bar of 0–300 units, with the person's name."""
    return [
        {"x": f"{float(row.score) / float(maximum) * 300:.1f}", "name": str(row.user)}
        for row in members
        if row.score is not None and maximum
    ]


def line_rows(item: ItemState, lines: list, seen: Seen) -> list[dict]:
    """Return each line with the office's answer, the consensus, the outside one and the votes."""
    if not lines:
        return []
    given = dict(LineAnswer.objects.filter(item_answer=item.answer).values_list("line", "answer"))
    votes = spread.votes_by_line(seen.members, [line.code for line in lines])
    concluded, external = seen.concluded, seen.external
    return [
        {
            "line": line,
            "own": given.get(line.pk, ""),
            "consensus": concluded.lines.get(line.code, "") if concluded else "",
            "external": external.lines.get(line.code, "") if external else "",
            "votes": votes[line.code],
        }
        for line in lines
    ]


def _dimension_rows(item: ItemState, seen: Seen) -> list[dict]:
    """Return percentage and dimensions of self, consensus, outside and the members seen."""
    if item.is_by_levels:
        return []
    answer = item.answer
    rows = [{"who": "self", "percent": answer.percent, "dimensions": answer.dimensions}]
    rows += [
        {"who": kind, "percent": row.percent, "dimensions": row.dimensions}
        for kind, row in (("consensus", seen.concluded), ("external", seen.external))
        if row
    ]
    rows += [
        {"who": "member", "name": row.user, "percent": row.percent, "dimensions": row.dimensions}
        for row in seen.members
    ]
    return rows


def chart(days: list[Day], title: str) -> str:
    """Return the trend over the last days on which the score changed; "" below two days."""
    last = days[-CHART_DAYS:]
    if len(last) < 2:
        return ""
    points = []
    for place, day in enumerate(last):
        on_axis = DayOnAxis(place)
        on_axis.words = format_short(day.on).rsplit(" ", 1)[0]
        points.append((on_axis, day.score))
    return trend_svg(points, title=title, class_="sc-trend")
