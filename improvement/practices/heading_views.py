"""The editor of one heading: its texts, and what stands with it (letters, chart, photographs)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.refusals import already_changed
from improvement.models import BestPractice
from improvement.practices.forms import LettersForm, NewPhotoForm
from improvement.practices.headings import FLOW_CHART, HEADINGS, LETTERS, PHOTOS, heading_of
from improvement.practices.permissions import can_write, is_editable
from improvement.practices.photos import by_level
from improvement.practices.prefill import sentences_for
from improvement.practices.queries import practices_visible_to, whole_practices
from improvement.practices.writing import MOST_LETTERS, progress_of

# Headings whose figures the office's record may give.
PREFILLED = (4, 7)


def practice_or_404(request: HttpRequest, year: int, pk: int) -> BestPractice:
    """Return the office's paper of the year with all that it holds."""
    rows = practices_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(whole_practices().filter(pk__in=rows.filter(pk=pk).values("pk")))


def written_or_refuse(request: HttpRequest, year: int, pk: int) -> BestPractice:
    """Return the paper for who writes it; raises Http404 or PermissionDenied."""
    found = practice_or_404(request, year, pk)
    if not can_write(request.user, found):
        raise PermissionDenied
    return found


def heading_page(
    request: HttpRequest, practice: BestPractice, number: int, *, status: int = 200, **shown
) -> HttpResponse:
    """Return the page of a heading. `shown`: `failed` {code: {text, error, other}},
    `letters_form`, `photo_form`, `picture_error`.
    """
    heading = heading_of(number)
    if heading is None or number == 1:
        raise Http404
    can_edit = can_write(request.user, practice) and is_editable(practice)
    sections = {row.code: row for row in practice.sections.all()}
    offers = sentences_for(practice) if can_edit and number in PREFILLED else {}
    failed = shown.pop("failed", {})
    context = {
        "practice": practice,
        "heading": heading,
        "progress": progress_of(practice),
        "can_edit": can_edit,
        "previous": heading_of(number - 1) if number > 2 else None,
        "next": heading_of(number + 1),
        "texts": [
            _shown(heading, part, sections.get(part.code), offers, failed.get(part.code, {}))
            for part in heading.parts
        ],
        **shown,
    }
    if number == LETTERS:
        context |= _letters(practice, shown.get("letters_form"))
    if number == FLOW_CHART:
        context["has_chart"] = True
    if number == PHOTOS:
        context["groups"] = by_level(practice.photos.all())
        context["photo_form"] = shown.get("photo_form") or NewPhotoForm(initial={"level": "office"})
    return render(request, "practices/heading.html", context, status=status)


def _shown(heading, part, section, offers: dict, failed: dict) -> dict:
    stored = section.text if section else ""
    return {
        "part": part,
        "name": f"{part.number} {part.title}".strip() or heading.title,
        "stored": stored,
        "text": failed.get("text", stored),
        "version": failed.get("version", section.version if section else 0),
        "error": failed.get("error", ""),
        "other": failed.get("other"),
        "offers": offers.get(part.code, []),
    }


def _letters(practice: BestPractice, form: LettersForm | None) -> dict:
    """Return the rows of the letters' form: what stands, or what was sent and refused."""
    if form is None:
        initial = {"version": practice.version}
        for number, row in enumerate(practice.letters.all()):
            initial |= {
                f"letter_{number}": row.letter,
                f"word_{number}": row.word,
                f"explanation_{number}": row.explanation,
            }
        form = LettersForm(initial=initial)
    rows = [
        [form[f"{name}_{number}"] for name in ("letter", "word", "explanation")]
        for number in range(MOST_LETTERS)
    ]
    return {"letters_form": form, "letter_rows": rows}


def address_of(practice: BestPractice, number: int | None = None) -> str:
    """Return the address of the paper, or of one of its headings."""
    names = [practice.agency.code, practice.fiscal_year, practice.pk]
    if number is None:
        return reverse("practices:practice", args=names)
    return reverse("practices:heading", args=[*names, number])


def changed(request: HttpRequest, practice: BestPractice) -> HttpResponse:
    """Say that the paper was changed or handed in since the page was opened."""
    message = _("The paper was changed or handed in meanwhile; nothing was saved.")
    return already_changed(request, message, address_of(practice))


def number_of(code: str) -> int:
    """Return the heading that a part stands under."""
    return next(
        heading.number for heading in HEADINGS if any(part.code == code for part in heading.parts)
    )
