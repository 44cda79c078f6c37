"""Which best practices and lessons somebody may see, and finding them by Thai words."""

from django.db.models import Prefetch, QuerySet

from agencies.models import User
from agencies.queries import agencies_visible_to
from core.thai_text import fold_for_search
from improvement.models import BestPractice, Lesson, PracticePhoto
from workflows.models import ProcedureStep, ProcedureVersion


def practices_visible_to(user: User) -> QuerySet[BestPractice]:
    """Return the best practices of the person's own offices."""
    return BestPractice.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "agency", "owner"
    )


def whole_practices() -> QuerySet[BestPractice]:
    """Return practices with all that the paper shows: texts, letters, photographs."""
    photos = PracticePhoto.objects.select_related("file")
    return BestPractice.objects.select_related("agency", "owner", "flow_chart").prefetch_related(
        "sections", "letters", Prefetch("photos", photos)
    )


def lessons_visible_to(user: User) -> QuerySet[Lesson]:
    """Return the lessons of the person's own offices with what a line of the list shows."""
    return Lesson.objects.filter(agency__in=agencies_visible_to(user)).select_related(
        "agency", "created_by", "procedure_step__version__procedure", "practice"
    )


def with_words(rows: QuerySet, typed: str) -> QuerySet:
    """Narrow rows to those that hold every typed word, wherever it stands.

    Thai has no spaces between words, so a word is found inside unspaced text; tones and marks
    may be left out or be wrong. Both sides are folded in the same way before they are compared.
    """
    for word in typed.split():
        if folded := fold_for_search(word):
            rows = rows.filter(search_text__contains=folded)
    return rows


def steps_to_choose(user: User, kept: int | None = None) -> QuerySet[ProcedureStep]:
    """Return the steps of each SOP's newest version, and the one `kept` (an older version's)."""
    newest = (
        ProcedureVersion.objects.filter(procedure__agency__in=agencies_visible_to(user))
        .order_by("procedure_id", "-number")
        .values_list("procedure_id", "pk")
    )
    first: dict[int, int] = {}
    for procedure, version in newest:
        first.setdefault(procedure, version)
    rows = ProcedureStep.objects.filter(
        version__procedure__agency__in=agencies_visible_to(user)
    ).select_related("version__procedure")
    found = rows.filter(version__in=first.values())
    if kept:
        found = found | rows.filter(pk=kept)
    return found.order_by("version__procedure__name", "version_id", "number")
