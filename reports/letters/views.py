"""Memos and announcements: the list, writing one, issuing it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.enums import Digits
from agencies.models import User
from approvals.freezing import frozen_papers
from approvals.transitions import AlreadyChanged, RequirementsMissing
from core import clock
from core.refusals import already_changed
from core.thai_text import normalize
from documents import autosave
from documents.paper_digits import printing_in
from documents.revisions import NotEditable, SaveConflict, Saved
from reports.enums import LetterKind, LetterStatus
from reports.letters import writing
from reports.letters.forms import IssueForm, LetterForm, StartForm, VersionForm
from reports.letters.permissions import can_write, can_write_letters, is_editable
from reports.letters.printed import letter_data
from reports.letters.queries import SORTS, found_letters, letters_visible_to
from reports.letters.starting_texts import BY_CODE
from reports.letters.transitions import missing_parts, url_of
from reports.models import Letter

PAGE = 20


@require_GET
def letter_list(request, agency_code, year):
    """List the year's letters, narrowed by words, kind and state, in the order asked for."""
    chosen = _chosen(request.GET)
    rows = found_letters(request.user, request.agency, year, **chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    narrowed = {name: value for name, value in chosen.items() if value and name != "sort"}
    wanted = narrowed | ({"sort": chosen["sort"]} if chosen["sort"] != "newest" else {})
    context = {
        "page_obj": page,
        "chosen": chosen,
        "is_narrowed": bool(narrowed),
        "query": f"{urlencode(wanted)}&" if wanted else "",
        "kinds": LetterKind.choices,
        "statuses": LetterStatus.choices,
        "sorts": _sort_names(),
        "can_add": can_write_letters(request.user, request.agency),
    }
    return render(request, "letters/list.html", context)


def _chosen(asked) -> dict[str, str]:
    """Return what the list is narrowed by; what makes no sense narrows nothing."""
    kind, status, sort = (asked.get(name, "") for name in ("kind", "status", "sort"))
    return {
        "words": normalize(asked.get("words", "")).strip()[:100],
        "kind": kind if kind in LetterKind.values else "",
        "status": status if status in LetterStatus.values else "",
        "sort": sort if sort in SORTS else "newest",
    }


def _sort_names() -> list[tuple[str, str]]:
    return [
        ("newest", _("Newest first")),
        ("oldest", _("Oldest first")),
        ("subject", _("By subject")),
        ("number", _("By date of issue")),
    ]


@require_http_methods(["GET", "POST"])
def letter_new(request, agency_code, year):
    """Choose what to begin with, and begin."""
    if not can_write_letters(request.user, request.agency):
        raise PermissionDenied
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        start = BY_CODE[form.cleaned_data["start"]]
        made = writing.begin(request.agency, year, start, request.user)
        return redirect("letters:edit", agency_code, year, made.pk)
    return render(request, "letters/new.html", {"form": form}, status=422 if form.errors else 200)


def _letter_or_404(request, year, pk) -> Letter:
    rows = letters_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    return get_object_or_404(rows, pk=pk)


def _written_or_refuse(request, year, pk) -> Letter:
    found = _letter_or_404(request, year, pk)
    if not can_write(request.user, found):
        raise PermissionDenied
    return found


@require_GET
def letter(request, agency_code, year, pk):
    """Show a letter as it says it, with its papers and, for the officer, the form to issue it."""
    return _letter_page(request, _letter_or_404(request, year, pk))


def _letter_page(request, found: Letter, *, form=None, missing=None, status=200):
    writes = can_write(request.user, found)
    is_draft = is_editable(found)
    today = {"dated_on": clock.today(), "version": found.version}
    # Screens print Arabic digits, whatever the paper does.
    with printing_in(Digits.ARABIC):
        said = letter_data(found)
    context = {
        "letter": found,
        "said": said,
        "can_write": writes,
        "is_draft": is_draft,
        "missing": missing_parts(found) if missing is None else missing,
        "form": form or IssueForm(letter=found, initial=today),
        "frozen": frozen_papers(found),
    }
    return render(request, "letters/letter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def letter_edit(request, agency_code, year, pk):
    """Write a draft."""
    found = _written_or_refuse(request, year, pk)
    if not is_editable(found):
        if autosave.is_autosave(request):
            return autosave.refused(_("The letter is issued; your text was not saved."), 423)
        return _changed(request, found)
    form = LetterForm(request.POST or None, letter=found)
    if autosave.is_autosave(request):
        return _saved_live(form, request.user)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, request.user)
        except SaveConflict as error:
            newer = error
            form.data = form.data.copy()
            form.data["version"] = str(error.current.version)
        except NotEditable:
            return _changed(request, found)
        else:
            messages.success(request, _("Saved."))
            return redirect(url_of(found))
    context = {"letter": found, "form": form, "newer": newer, "is_memo": _is_memo(found)}
    status = 409 if newer else 422 if form.errors else 200
    return render(request, "letters/edit.html", context, status=status)


def _is_memo(letter: Letter) -> bool:
    return letter.kind == LetterKind.MEMO


def _saved_live(form: LetterForm, by: User):
    """Answer the page's script, which saves while somebody writes (documents.autosave)."""
    if not form.is_valid():
        return autosave.refused(form.refusals(), 422)
    try:
        done = _save(form, by)
    except SaveConflict as error:
        if form.says_the_same_as(error.current):
            return autosave.saved(Saved(error.current.version, clock.now()))
        words = {"fields": form.values_of(error.current), "shown": form.shown_of(error.current)}
        return JsonResponse(autosave.newest(error, "body") | words, status=409)
    except NotEditable:
        return autosave.refused(_("The letter is issued; your text was not saved."), 423)
    return autosave.saved(done)


def _save(form: LetterForm, by: User) -> Saved:
    data = form.cleaned_data
    return writing.save(
        form.letter,
        form.words(),
        version=data["version"],
        by=by,
        request_id=normalize(data["request_id"])[:60],
    )


@require_POST
def letter_copy(request, agency_code, year, pk):
    """Begin a new draft with the words of this letter."""
    made = writing.copy(_written_or_refuse(request, year, pk), request.user)
    messages.success(request, _("A draft with the same words was begun."))
    return redirect("letters:edit", agency_code, year, made.pk)


@require_POST
def letter_remove(request, agency_code, year, pk):
    """Delete a draft."""
    found = _written_or_refuse(request, year, pk)
    form = VersionForm(request.POST)
    if not form.is_valid() or not writing.remove(
        found, version=form.cleaned_data["version"], by=request.user
    ):
        return _changed(request, found)
    messages.success(request, _("The draft was deleted."))
    return redirect("letters:list", agency_code, year)


@require_POST
def letter_issue(request, agency_code, year, pk):
    """Issue the draft with the register's number and day; then it is locked."""
    found = _written_or_refuse(request, year, pk)
    form = IssueForm(request.POST, letter=found)
    if not form.is_valid():
        return _letter_page(request, found, form=form, status=422)
    data = form.cleaned_data
    try:
        writing.issue(
            found,
            request.user,
            number=normalize(data["number"]).strip(),
            dated_on=data["dated_on"],
            version=data["version"],
        )
    except RequirementsMissing as error:
        found.refresh_from_db()
        return _letter_page(request, found, form=form, missing=error.missing, status=422)
    except AlreadyChanged:
        return _changed(request, found)
    messages.success(request, _("The letter is issued; its paper is being kept."))
    return redirect(url_of(found))


def _changed(request, found: Letter):
    message = _("The letter has changed since this page was opened.")
    return already_changed(request, message, url_of(found))
