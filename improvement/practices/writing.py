"""Writing a best-practice paper: texts one by one, the letters of its model, what it is called.

Every change first holds the paper in a state that may be written, so that what the director
decides on never changes underneath. The folded words of all texts are kept for the search.
"""

from collections.abc import Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from agencies import audit
from agencies.models import Agency, User
from approvals.models import ApprovalRequest
from committees.meetings.minutes import as_paragraphs
from core import clock
from core.rich_text import clean_html
from core.thai_text import normalize
from documents.revisions import NotEditable, SaveConflict, Saved, history_of, save_text
from improvement.models import BestPractice, ModelLetter, PracticeSection
from improvement.practices.headings import HEADINGS, LETTERS, PHOTOS, Heading, parts
from improvement.practices.permissions import EDITABLE
from improvement.practices.searching import searchable

FACTS = ("title", "category_number", "model_name")
MOST_LETTERS = 8


def begin(agency: Agency, year: int, facts: Mapping, by: User) -> BestPractice:
    """Begin a paper with a row for each of its texts."""
    with transaction.atomic():
        practice = BestPractice.objects.create(
            agency=agency, fiscal_year=year, owner=by, created_at=clock.now(), **facts
        )
        PracticeSection.objects.bulk_create(
            PracticeSection(practice=practice, code=code) for code in parts()
        )
        refresh_search(practice)
        audit.record(agency, by, "practice.add", practice, summary=practice.title)
    return practice


def hold(practice: BestPractice, version: int | None = None) -> None:
    """Hold the paper in a state that may be written until the transaction ends.

    With `version` the paper must still be what was read. Raises NotEditable or SaveConflict.
    """
    rows = BestPractice.objects.filter(pk=practice.pk, status__in=EDITABLE)
    claim = rows if version is None else rows.filter(version=version)
    if claim.update(version=F("version") + int(version is not None)):
        return
    current = BestPractice.objects.get(pk=practice.pk)
    if current.status not in EDITABLE:
        raise NotEditable
    raise SaveConflict(current, history_of(current).select_related("saved_by").first())


def save_facts(practice: BestPractice, facts: Mapping, *, version: int, by: User) -> Saved:
    """Save name, category and name of the model. Raises as `save_text`."""
    if unknown := set(facts) - set(FACTS):
        raise KeyError(f"no facts of a paper: {sorted(unknown)}")
    with transaction.atomic():
        saved = save_text(
            practice,
            dict(facts),
            version=version,
            by=by,
            agency=practice.agency,
            editable=Q(status__in=EDITABLE),
        )
        refresh_search(practice)
    return saved


def save_section(
    practice: BestPractice, code: str, html: str, *, version: int, by: User, request_id: str = ""
) -> Saved:
    """Save the text of a part, cleaned. Raises as `save_text`, KeyError for an unknown part."""
    if code not in parts():
        raise KeyError(code)
    with transaction.atomic():
        hold(practice)
        section, _new = PracticeSection.objects.get_or_create(practice=practice, code=code)
        saved = save_text(
            section,
            {"text": clean_html(as_paragraphs(normalize(html)))},
            version=version,
            by=by,
            agency=practice.agency,
            request_id=request_id,
        )
        refresh_search(practice)
    return saved


def append(practice: BestPractice, code: str, sentence: str, by: User) -> Saved:
    """Put a sentence below the text of a part, whatever stands there now."""
    section, _new = PracticeSection.objects.get_or_create(practice=practice, code=code)
    html = section.text + as_paragraphs(sentence)
    return save_section(practice, code, html, version=section.version, by=by)


def save_letters(
    practice: BestPractice, rows: Sequence[tuple[str, str, str]], *, version: int, by: User
) -> None:
    """Put (letter, word, explanation) rows in the place of those that stand. Raises as `hold`."""
    with transaction.atomic():
        hold(practice, version)
        practice.letters.all().delete()
        ModelLetter.objects.bulk_create(
            ModelLetter(
                practice=practice, letter=letter, word=word, explanation=explanation, order=order
            )
            for order, (letter, word, explanation) in enumerate(rows, start=1)
        )
        refresh_search(practice)
        summary = "".join(letter for letter, _word, _explanation in rows)
        audit.record(practice.agency, by, "practice.letters", practice, summary=summary)


def was_handed_in(practice: BestPractice) -> bool:
    """Return whether the paper was ever put before the director: then its history stays."""
    kind = ContentType.objects.get_for_model(practice)
    return ApprovalRequest.objects.filter(content_type=kind, object_id=practice.pk).exists()


def remove(practice: BestPractice, *, version: int, by: User) -> None:
    """Remove a paper that was never handed in. Raises as `hold`."""
    with transaction.atomic():
        hold(practice, version)
        if was_handed_in(practice):
            raise NotEditable
        audit.record(practice.agency, by, "practice.remove", practice, summary=practice.title)
        practice.delete()


def refresh_search(practice: BestPractice) -> None:
    """Keep the folded words of all that the paper says."""
    row = BestPractice.objects.get(pk=practice.pk)
    letters = row.letters.values_list("word", "explanation")
    texts = [
        row.title,
        row.model_name,
        *(strip_tags(text) for text in row.sections.values_list("text", flat=True)),
        *(text for pair in letters for text in pair),
        *row.photos.values_list("caption", flat=True),
    ]
    BestPractice.objects.filter(pk=row.pk).update(search_text=searchable(texts))


def has_words(text: str) -> bool:
    return bool(strip_tags(text).strip())


def missing_in(heading: Heading, texts: Mapping[str, str], letters: int, photos: int) -> list[str]:
    """Return what the heading still wants, in words."""
    missing = [
        f"{part.number} {part.title}".strip() or heading.title
        for part in heading.parts
        if part.is_needed and not has_words(texts.get(part.code, ""))
    ]
    if heading.number == LETTERS and not letters and not has_words(texts.get("6", "")):
        missing.append(_("letters of the model, or words"))
    if heading.number == PHOTOS and not photos:
        missing.append(_("a photograph"))
    return missing


def progress_of(practice: BestPractice) -> list[dict]:
    """Return the ten headings, each with what it still wants; no query on a whole practice."""
    texts = {row.code: row.text for row in practice.sections.all()}
    letters, photos = len(practice.letters.all()), len(practice.photos.all())
    return [
        {"heading": heading, "missing": missing_in(heading, texts, letters, photos)}
        for heading in HEADINGS
    ]
