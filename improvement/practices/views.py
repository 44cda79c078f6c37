"""Best practices: the list, one paper with its headings, writing and handing it in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.transitions import AlreadyChanged, RequirementsMissing, perform
from core.address_values import whole_number
from core.rich_text import MAX_BYTES
from core.thai_text import normalize
from documents import autosave
from documents.revisions import NotEditable, SaveConflict
from improvement.practices import writing
from improvement.practices.forms import LettersForm, PracticeForm, VersionForm
from improvement.practices.heading_views import (
    address_of,
    changed,
    heading_page,
    number_of,
    practice_or_404,
    written_or_refuse,
)
from improvement.practices.headings import LETTERS, parts
from improvement.practices.permissions import can_add, can_write, is_editable
from improvement.practices.prefill import sentences_for
from improvement.practices.queries import practices_visible_to, with_words
from improvement.practices.searching import marked

PAGE = 20


@require_GET
def practice_list(request, agency_code, year):
    """List the best practices of all years, narrowed to those that hold the typed words."""
    typed = normalize(request.GET.get("q", "")).strip()[:100]
    rows = practices_visible_to(request.user).filter(agency=request.agency)
    page = Paginator(with_words(rows, typed), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [{"practice": row, "title": marked(row.title, typed)} for row in page],
        "typed": typed,
        "query": f"{urlencode({'q': typed})}&" if typed else "",
        "can_add": can_add(request.user, request.agency, year),
    }
    return render(request, "practices/list.html", context)


@require_http_methods(["GET", "POST"])
def practice_add(request, agency_code, year):
    """Begin a paper of the year."""
    if not can_add(request.user, request.agency, year):
        raise PermissionDenied
    form = PracticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = writing.begin(request.agency, year, form.facts(), request.user)
        return redirect(address_of(found))
    status = 422 if form.errors else 200
    return render(request, "practices/form.html", {"form": form}, status=status)


@require_GET
def practice(request, agency_code, year, pk):
    """Show the paper: its ten headings with what each still wants."""
    found = practice_or_404(request, year, pk)
    return practice_page(request, found)


def practice_page(request, found, *, missing=(), status=200):
    """Return the paper's page; `missing` is why it was not handed in."""
    progress = writing.progress_of(found)
    writes = can_write(request.user, found)
    context = {
        "practice": found,
        "progress": progress,
        "done": sum(not row["missing"] for row in progress),
        "can_write": writes,
        "is_editable": is_editable(found),
        "can_remove": writes and is_editable(found) and not writing.was_handed_in(found),
        "missing": missing,
    }
    return render(request, "practices/practice.html", context, status=status)


@require_http_methods(["GET", "POST"])
def facts(request, agency_code, year, pk):
    """Change the paper's name, category and the name of its model."""
    found = written_or_refuse(request, year, pk)
    initial = {name: getattr(found, name) for name in (*writing.FACTS, "version")}
    form = PracticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            writing.save_facts(found, form.facts(), version=version, by=request.user)
        except (SaveConflict, NotEditable):
            return changed(request, found)
        messages.success(request, _("Saved."))
        return redirect(address_of(found))
    status = 422 if form.errors else 200
    context = {"form": form, "practice": found}
    return render(request, "practices/form.html", context, status=status)


@require_POST
def remove(request, agency_code, year, pk):
    """Remove a paper that was not handed in."""
    found = written_or_refuse(request, year, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return changed(request, found)
    try:
        writing.remove(found, version=form.cleaned_data["version"], by=request.user)
    except (SaveConflict, NotEditable):
        return changed(request, found)
    messages.success(request, _("The paper was removed."))
    return redirect("practices:list", agency_code, year)


@require_GET
def heading(request, agency_code, year, pk, number):
    """Show the texts of a heading, to be written by who may."""
    return heading_page(request, practice_or_404(request, year, pk), number)


@require_POST
def section_save(request, agency_code, year, pk, code):
    """Save a text; the script and a plain form send the same."""
    found = _with_part(request, year, pk, code)
    by_script = autosave.is_autosave(request)
    text = request.POST.get("text", "")
    version = whole_number(request.POST.get("version"))
    if version is None or len(text.encode()) > MAX_BYTES:
        late = _("The page is out of date: open it again.")
        return _refused(
            request, found, code, text, late if version is None else _("Too long."), 422
        )
    try:
        saved = writing.save_section(
            found,
            code,
            text,
            version=version,
            by=request.user,
            request_id=normalize(request.POST.get("request_id", ""))[:60],
        )
    except SaveConflict as newer:
        if by_script:
            return autosave.conflict(newer, "text")
        other = autosave.newest(newer, "text")
        failed = {code: {"text": text, "other": other, "version": other["version"]}}
        return heading_page(request, found, number_of(code), failed=failed, status=409)
    except NotEditable:
        message = _("The paper is not being written now; the text was not saved.")
        return _refused(request, found, code, text, message, 423 if by_script else 409)
    if by_script:
        return autosave.saved(saved)
    messages.success(request, _("The text was saved."))
    return redirect(f"{address_of(found, number_of(code))}#text-{code}")


@require_POST
def section_take(request, agency_code, year, pk, code):
    """Put a sentence of the office's record below the text."""
    found = _with_part(request, year, pk, code)
    offers = sentences_for(found).get(code, [])
    number = whole_number(request.POST.get("number"))
    if number is None or number >= len(offers):
        return changed(request, found)
    try:
        writing.append(found, code, offers[number], request.user)
    except (SaveConflict, NotEditable):
        return changed(request, found)
    messages.success(request, _("The sentence was put below the text."))
    return redirect(f"{address_of(found, number_of(code))}#text-{code}")


@require_POST
def letters_save(request, agency_code, year, pk):
    """Keep the letters of the model."""
    found = written_or_refuse(request, year, pk)
    form = LettersForm(request.POST)
    if not form.is_valid():
        return heading_page(request, found, LETTERS, letters_form=form, status=422)
    try:
        writing.save_letters(
            found, form.rows(), version=form.cleaned_data["version"], by=request.user
        )
    except SaveConflict as newer:
        form.data = form.data.copy()
        form.data["version"] = str(newer.current.version)
        form.add_error(
            None, _("Somebody changed the paper meanwhile. Look, then save yours again.")
        )
        return heading_page(request, found, LETTERS, letters_form=form, status=409)
    except NotEditable:
        return changed(request, found)
    messages.success(request, _("Saved."))
    return redirect(address_of(found, LETTERS))


@require_POST
def transition(request, agency_code, year, pk, name):
    """Hand the paper in, or take it back."""
    found = written_or_refuse(request, year, pk)
    try:
        perform(found, name, request.user)
    except RequirementsMissing as error:
        return practice_page(request, found, missing=error.missing, status=422)
    except AlreadyChanged:
        return changed(request, found)
    messages.success(request, _done(name))
    return redirect(address_of(found))


def _done(name: str) -> str:
    if name == "submit":
        return _("The paper waits for the director.")
    return _("The paper can be written again.")


def _with_part(request, year, pk, code):
    if code not in parts():
        raise Http404
    return written_or_refuse(request, year, pk)


def _refused(request, found, code, text, message, status):
    if autosave.is_autosave(request):
        return autosave.refused(message, status)
    failed = {code: {"text": text, "error": message}}
    return heading_page(request, found, number_of(code), failed=failed, status=status)
