"""ทวงถาม: the message that the secretary pastes into the team's chat group."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency
from assessments.enums import CategoryStatus
from core import clock
from core.templatetags.pmqa import days_left
from core.thai_dates import format_short

OWED = (CategoryStatus.WRITING, CategoryStatus.RETURNED)


def owing(rows: list[dict]) -> list[dict]:
    """Return the rows of `assessments.overview` whose category is not submitted yet."""
    return [row for row in rows if row["category_assessment"].status in OWED]


def reminder_text(agency: Agency, year: int, rows: list[dict]) -> str:
    """Return the message about `rows`, one line a category, ending in the address to write at.

    It is Thai whatever language the secretary reads; empty when nobody owes anything.
    """
    if not rows:
        return ""
    with override("th"):
        lines = [
            _("To the category champions: PMQA self-assessment of fiscal year %(year)s")
            % {"year": year},
            _("%(count)s of 7 categories are still to be sent (on %(day)s)")
            % {"count": len(rows), "day": format_short(clock.today())},
            "",
            *(_line(row) for row in rows),
            "",
            _("Continue writing at %(address)s")
            % {
                "address": settings.BASE_URL
                + reverse("my-work", kwargs={"agency_code": agency.code, "year": year})
            },
        ]
    return "\n".join(lines)


def _line(row: dict) -> str:
    category = row["category_assessment"]
    parts = [_("Category %(number)s") % {"number": row["number"]}, row["category"].title]
    if row["champion"]:
        parts.append(f"({row['champion']})")
    written = sum(box["state"] == "written" for box in row["segments"])
    facts = [
        _("%(written)d of %(total)d items written")
        % {"written": written, "total": len(row["segments"])}
    ]
    if row["unproved"]:
        facts.append(_("evidence missing: %(count)s") % {"count": row["unproved"]})
    if category.due_on:
        facts.append(
            _("due %(day)s, %(left)s")
            % {"day": format_short(category.due_on), "left": days_left(category.due_on)}
        )
    return f"- {' '.join(parts)}: {' · '.join(facts)}"
