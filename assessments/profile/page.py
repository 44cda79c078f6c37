"""What the page of one profile topic shows, as plain values for its template."""

from django.utils.crypto import get_random_string
from django.utils.translation import get_language

from agencies.models import User
from assessments.models import ProfileAnswer
from assessments.profile import tables, writing
from assessments.queries import profile_answers_visible_to
from assessments.sharing.cards import talk_of
from assessments.sharing.permissions import can_comment
from documents.revisions import history_of

LAST_TOPIC = 13
SHOWN_REVISIONS = 8


def last_year(answer: ProfileAnswer, user: User) -> ProfileAnswer | None:
    """Return what the office wrote on the topic in the year before, if anything."""
    cycle = answer.assessment.cycle
    rows = profile_answers_visible_to(user).filter(
        assessment__cycle__agency=cycle.agency_id,
        assessment__cycle__fiscal_year=cycle.fiscal_year - 1,
        topic=answer.topic_id,
    )
    return next((row for row in rows if writing.is_filled(row)), None)


def context_of(answer: ProfileAnswer, user: User, *, use_last: str = "", **shown) -> dict:
    """Return the page's context; `shown` holds what a refused form must keep on the screen.

    `use_last` ("text" or "rows") puts last year's words into the fields without saving them.
    """
    topic, last = answer.topic, last_year(answer, user)
    can_edit = writing.can_write(user, answer) and writing.is_open(answer.assessment)
    form = tables.form_of(topic.number)
    rows = shown.pop("rows", None)
    if rows is None:
        rows = answer.rows
        if use_last == "rows" and can_edit and last:
            rows = [*rows, *last.rows]
    text = shown.pop("text", None)
    if text is None:
        text = answer.text
        if use_last == "text" and can_edit and last:
            text = "\n\n".join(filter(None, (text.rstrip(), last.text)))
    return {
        "answer": answer,
        "topic": topic,
        "hint": form.hint_en if get_language() == "en" and form.hint_en else topic.hint_th,
        "text": text,
        "table": _table(form.columns, rows, answer.rows, can_edit) if form.columns else None,
        "takes_image": form.takes_image,
        "request_id": get_random_string(24),
        "can_edit": can_edit,
        "use_last": use_last if can_edit and last else "",
        "last": last,
        "last_table": _shown(form.columns, last.rows) if last and last.rows else None,
        "last_year": answer.assessment.cycle.fiscal_year - 1,
        "history": _history(answer),
        "previous": topic.number - 1 or None,
        "next": topic.number + 1 if topic.number < LAST_TOPIC else None,
        "other": None,
        "other_table": None,
        "error": "",
        "table_errors": [],
        "image_error": "",
        "owner_error": "",
        "unsaved_rows": False,
        "talk": talk_of(
            answer,
            user,
            may_settle=writing.can_write(user, answer)
            and can_comment(user, answer.assessment.cycle.agency),
        ),
        **shown,
    }


def shown_rows(answer: ProfileAnswer, rows: list) -> dict:
    """Return rows of the topic as a table to read."""
    return _shown(tables.form_of(answer.topic.number).columns, rows)


def _table(columns, rows, stored, can_edit) -> dict:
    """Return the table with one more empty row to fill in."""
    filled = [
        [
            {
                "code": column.code,
                "title": column.title,
                "number": column.is_number,
                "value": row.get(column.code, ""),
            }
            for column in columns
        ]
        for row in rows
    ]
    if can_edit and len(filled) < tables.MOST_ROWS:
        filled.append(
            [
                {
                    "code": column.code,
                    "title": column.title,
                    "number": column.is_number,
                    "value": "",
                }
                for column in columns
            ]
        )
    return {**_shown(columns, stored), "fields": filled, "filled": len(rows)}


def _shown(columns, rows) -> dict:
    return {
        "columns": columns,
        "lines": tables.lines(columns, rows),
        "total": tables.total_line(columns, rows),
    }


def _history(answer: ProfileAnswer) -> list[dict]:
    """Return the newest saves with the words they stored."""
    return [
        {
            "at": row.saved_at,
            "by": row.saved_by,
            "part": next(iter(row.data), ""),
            "text": row.data.get("text", ""),
            "count": len(row.data.get("rows", [])),
        }
        for row in history_of(answer)[:SHOWN_REVISIONS]
    ]
