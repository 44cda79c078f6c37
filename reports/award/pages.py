"""What the pages of the award show: the five forms, and the topics of a text form."""

from django.db.models import Count
from django.utils.translation import gettext as _

from agencies.models import User
from assessments.enums import CategoryStatus
from assessments.models import Assessment, CategoryAssessment
from documents.enums import PaperJobStatus
from documents.models import PaperJob
from documents.paper_limits import Limits, is_over, limit_of, limits_of
from documents.revisions import history_of
from reports.award.known import basic_facts, known_of, profile_of
from reports.award.lengths import count_of
from reports.award.permissions import can_set_limits, can_write_award, is_open
from reports.award.topics import (
    APPLICATION,
    PROFILE,
    READINESS,
    REPORT,
    AwardForm,
    Topic,
    forms,
    offers_of,
)
from reports.award.writing import texts_of
from reports.models import AwardText, ReadinessScore
from workflows.award_stages import stages_in
from workflows.models import Cycle

SHOWN_REVISIONS = 20


def overview(cycle: Cycle, user: User) -> dict:
    """Return the five forms with state, what is missing, length and pages. 9 queries."""
    agency, year = cycle.agency, cycle.fiscal_year
    limits = limits_of(agency, year)
    facts = _Facts(cycle)
    return {
        "cycle": cycle,
        "rows": [_row(form, facts, limits) for form in forms()],
        "stages": stages_in(agency, year),
        "has_assessment": facts.assessment is not None,
        "can_edit": can_write_award(user, cycle) and is_open(cycle),
        "can_set_limits": can_set_limits(user, agency),
    }


class _Facts:
    """What the overview reads of the year, each table once."""

    def __init__(self, cycle: Cycle):
        self.cycle = cycle
        self.assessment: Assessment | None = getattr(cycle, "assessment", None)
        self.profile = profile_of(cycle)
        self.known = basic_facts(cycle, self.profile)
        self.texts: dict[str, dict[str, str]] = {}
        for row in AwardText.objects.filter(cycle=cycle):
            self.texts.setdefault(row.form, {})[row.topic] = row.text
        self.scored = ReadinessScore.objects.filter(cycle=cycle, score__isnull=False).count()
        self.items = self.accepted = self.categories = 0
        if self.assessment:
            self._count_categories()
        self.pages = self._pages()

    def _count_categories(self) -> None:
        rows = CategoryAssessment.objects.filter(assessment=self.assessment).order_by("pk")
        for status, items in rows.annotate(count=Count("answers")).values_list("status", "count"):
            self.items += items
            self.categories += 1
            self.accepted += status == CategoryStatus.ACCEPTED

    def _pages(self) -> dict[str, int]:
        """Return kind → pages of the copy that was drawn last; 1 query."""
        keys = {form.kind: self.subject(form) for form in forms()}
        rows = PaperJob.objects.filter(
            agency=self.cycle.agency,
            kind__in=keys,
            section="",
            status=PaperJobStatus.DONE,
            file__pages__isnull=False,
            object_id__in=[key for key in keys.values() if key],
        ).order_by("finished_at", "pk")
        return {
            kind: pages
            for kind, key, pages in rows.values_list("kind", "object_id", "file__pages")
            if keys[kind] == key
        }

    def subject(self, form: AwardForm) -> int | None:
        """Return the key of what the form's paper is made of; None while there is nothing."""
        if form.kind == PROFILE:
            return self.assessment.pk if self.assessment else None
        if form.kind in (READINESS, REPORT) and not self.assessment:
            return None
        return self.cycle.pk


def _row(form: AwardForm, facts: _Facts, limits: Limits) -> dict:
    done, total, missing = _progress(form, facts)
    limit = limit_of(limits, form.kind)
    pages = facts.pages.get(form.kind)
    texts = list(facts.texts.get(form.kind, {}).values())
    return {
        "form": form,
        "subject": facts.subject(form),
        "done": done,
        "total": total,
        "chip": "done" if total and done == total else "in_progress" if done else "not_started",
        "missing": missing,
        "count": count_of(texts, limit) if form.topics else None,
        "limit": limit,
        "pages": pages,
        "is_long": is_over(pages, limit.pages),
    }


def _progress(form: AwardForm, facts: _Facts) -> tuple[int, int, list[str]]:
    """Return how much of the form is there, of how much, and what is missing in words."""
    if form.topics:
        return _text_progress(form, facts)
    if facts.assessment is None:
        return 0, 0, [_("The self-assessment has not started.")]
    if form.kind == PROFILE:
        done, total = sum(map(bool, facts.profile.values())), len(facts.profile)
        lacks = _("%(count)s profile topics are empty.")
    elif form.kind == READINESS:
        done, total = facts.scored, facts.items
        lacks = _("%(count)s items have no readiness score.")
    else:
        done, total = facts.accepted, facts.categories
        lacks = _("%(count)s categories are not accepted yet.")
    return done, total, [lacks % {"count": total - done}] if done < total else []


def _text_progress(form: AwardForm, facts: _Facts) -> tuple[int, int, list[str]]:
    texts = facts.texts.get(form.kind, {})
    needed = [topic for topic in form.topics if topic.needed]
    missing = [
        topic.title
        for topic in needed
        if not texts.get(topic.code, "").strip() and not facts.known.get(topic.known)
    ]
    return len(needed) - len(missing), len(needed), missing


def form_page(cycle: Cycle, form: AwardForm, user: User, failed: dict | None = None) -> dict:
    """Return the page of a text form. `failed`: topic code → {text, version, error, other}."""
    limits = limits_of(cycle.agency, cycle.fiscal_year)
    stored = texts_of(cycle, form.kind)
    known = known_of(cycle) if form.kind == APPLICATION else {}
    texts = [row.text for row in stored.values()]
    return {
        "cycle": cycle,
        "form": form,
        "can_edit": can_write_award(user, cycle) and is_open(cycle),
        "rows": [
            _topic(form, topic, stored.get(topic.code), known, limits, (failed or {}))
            for topic in form.topics
        ],
        "whole": count_of(texts, limit_of(limits, form.kind)),
        "has_drafts": any(topic.draft for topic in form.topics),
        "has_assessment": hasattr(cycle, "assessment"),
    }


def _topic(form, topic: Topic, row: AwardText | None, known, limits, failed: dict) -> dict:
    refused = failed.get(topic.code, {})
    text = refused.get("text", row.text if row else "")
    return {
        "topic": topic,
        "text": text,
        "version": refused.get("version", row.version if row else 0),
        "has_history": bool(row and row.version),
        "known": known.get(topic.known, ""),
        "offers": offers_of(topic),
        "count": count_of([text], limit_of(limits, form.kind, topic.code)),
        "error": refused.get("error", ""),
        "other": refused.get("other"),
    }


def history_page(cycle: Cycle, form: AwardForm, topic: Topic) -> dict:
    """Return the saved versions of a topic's text, newest first."""
    row = texts_of(cycle, form.kind).get(topic.code)
    revisions = history_of(row)[:SHOWN_REVISIONS] if row else []
    return {
        "form": form,
        "topic": topic,
        "revisions": [
            {"at": each.saved_at, "by": each.saved_by, "text": each.data.get("text", "")}
            for each in revisions
        ],
    }
