"""The executive summary drafted from the record, to be gone over by people.

A draft only fills topics that are empty: what somebody typed is never overwritten.
"""

from agencies.models import User
from core.thai_numerals import format_decimal, plain_decimal
from documents.revisions import SaveConflict
from reports.application_report import report_context
from reports.award.topics import SUMMARY, text_form
from reports.award.writing import save_award_text, texts_of
from workflows.models import Cycle

MOST_RESULTS, MOST_ACTIONS, OF_A_CATEGORY = 10, 8, 2
OVERVIEW_TOPICS = (1, 2)


def draft_summary(cycle: Cycle, by: User) -> list[str]:
    """Write what the record says into the topics that are empty; return their codes.

    The cycle has a self-assessment. Raises NotEditable when the year is closed.
    """
    form, stored = text_form(SUMMARY), texts_of(cycle, SUMMARY)
    words = drafts_of(report_context(cycle))
    filled = []
    for topic in form.topics:
        row = stored.get(topic.code)
        text = words.get(topic.draft, "")
        if not text or (row and row.text.strip()):
            continue
        try:
            version = row.version if row else 0
            save_award_text(cycle, form, topic, text, version=version, by=by)
        except SaveConflict:
            continue  # somebody typed meanwhile: that text stays
        filled.append(topic.code)
    return filled


def drafts_of(context: dict) -> dict[str, str]:
    """Return name of the draft → text in Thai, from the Application Report's own context."""
    return {
        "overview": _overview(context["profile"]),
        "score": _score(context),
        "strengths": _findings(context["categories"], "strengths"),
        "results": _results(context["categories"]),
        "ofis": _findings(context["categories"], "ofis"),
        "plan": _plan(context),
    }


def _overview(profile: list[dict]) -> str:
    answers = [a for part in profile for group in part["groups"] for a in group["answers"]]
    return "\n".join(
        answer.paragraphs[0]
        for answer in answers
        if answer.topic.number in OVERVIEW_TOPICS and answer.paragraphs
    )


def _score(context: dict) -> str:
    summary = context["summary"]
    if not summary["best"]:
        return ""
    total = format_decimal(context["total"], 2)
    maximum = plain_decimal(context["maximum"])
    figure = f"ได้ {total} คะแนน จากคะแนนเต็ม {maximum} คะแนน (คำนวณจากการประเมินตนเอง)"
    first = f"{summary['opening']} {figure}"
    return "\n".join(filter(None, (first, summary["change"], summary["best"])))


def _findings(categories: list[dict], kind: str) -> str:
    return "\n".join(
        f"หมวด {row['number']} {text}" for row in categories for text in row[kind][:OF_A_CATEGORY]
    )


def _results(categories: list[dict]) -> str:
    """Return the indicators with a value, those that reached their target first."""
    rows = [row for category in categories for row in category["indicators"]]
    known = [row for row in rows if row["value"] is not None]
    known.sort(key=lambda row: row["score"] is None or -row["score"])
    return "\n".join(_result(row) for row in known[:MOST_RESULTS])


def _result(row: dict) -> str:
    indicator = row["indicator"]
    words = f"{indicator.name} {plain_decimal(row['value'], commas=True)} {indicator.unit}".strip()
    if indicator.target is None:
        return words
    return f"{words} (เป้าหมาย {plain_decimal(indicator.target, commas=True)})"


def _plan(context: dict) -> str:
    actions, totals = context["actions"], context["totals"]
    if not actions:
        return ""
    lines = [action.title for action in actions[:MOST_ACTIONS]]
    budget = format_decimal(totals["budget"], 2)
    head = f"แผนปรับปรุงองค์การมี {len(actions)} กิจกรรม งบประมาณ {budget} บาท ได้แก่"
    return "\n".join([head, *lines])
