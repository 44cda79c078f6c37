"""One piece of evidence: what it shows, where it is used, its versions, and its pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import tasks
from assessments.evidence import keeping as rules
from assessments.evidence import library
from assessments.evidence.forms import EvidenceForm, ReplaceForm
from assessments.evidence.hushing import issues_naming
from assessments.evidence.permissions import can_keep, can_read, can_use
from assessments.evidence.places import ItemPlace, place_of_use
from assessments.evidence.queries import links_visible_to, uses_visible_to
from assessments.evidence.uploading import refuse_phone_only
from assessments.evidence.versions import ReplacedAlready, replace_content
from core.refusals import already_changed
from documents.page_pictures import picture_path, pictured_pages
from documents.revisions import NotEditable
from documents.stored_files import store_upload

PREVIEWED = 20
# Issued papers that a notice links; their register has the rest.
MOST_TOLD = 10


@require_http_methods(["GET", "POST"])
def detail(request, agency_code, year, pk):
    """Show a piece of evidence; its keeper edits it. Of a hidden one only the code is told."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    if not can_read(request.user, evidence):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "assessments/evidence/hidden.html", {"evidence": evidence})
    may_keep = can_keep(request.user, evidence)
    form = EvidenceForm(request.POST or None, evidence=evidence) if may_keep else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            facts = form.facts(owner=data["owner"])
            try:
                hushed = rules.edit_evidence(
                    evidence, request.user, title=data["title"], note=data["note"], facts=facts
                )
            except NotEditable as refusal:
                return _too_late(request, evidence, refusal)
            messages.success(request, _("The evidence was saved."))
            if hushed:
                _say_hushed(request, evidence, hushed)
            return redirect("evidence:detail", agency_code, year, pk)
    return _page(request, evidence, may_keep, form, status=422 if form and form.errors else 200)


def _say_hushed(request, evidence, hushed):
    """Tell who made it confidential what became of the papers that may name it."""
    if hushed.withdrawn:
        words = ngettext(
            "%(count)d drawn paper was withdrawn; it can be made anew.",
            "%(count)d drawn papers were withdrawn; they can be made anew.",
            hushed.withdrawn,
        )
        messages.info(request, words % {"count": hushed.withdrawn})
    issued = issues_naming(evidence, hushed.title, request.user)
    if not issued:
        return
    words = ngettext(
        "%(count)d issued paper says its name and stays as it was issued:",
        "%(count)d issued papers say its name and stay as they were issued:",
        len(issued),
    )
    links = [
        (reverse("documents:issued-detail", args=[request.agency.code, row.fiscal_year, row.pk]),
         row.title, row.sequence)
        for row in issued[:MOST_TOLD]
    ]  # fmt: skip
    told = format_html_join(" · ", '<a href="{}" lang="th">{} ({})</a>', links)
    messages.error(request, format_html("{} {}", words % {"count": len(issued)}, told))


def _page(request, evidence, may_keep, form, *, replace_form=None, status=200):
    links = [
        (link, ItemPlace(link.item_answer, link.line).may(request.user))
        for link in links_visible_to(request.user).filter(evidence=evidence)
    ]
    uses = [
        (use, place_of_use(use).may(request.user))
        for use in uses_visible_to(request.user).filter(evidence=evidence)
    ]
    versions = list(evidence.versions.select_related("file", "replaced_by"))
    number = len(versions) + 1
    if may_keep and replace_form is None:
        replace_form = ReplaceForm(kind=evidence.kind, initial={"number": number})
    context = {
        "evidence": evidence,
        "form": form,
        "replace_form": replace_form,
        "links": links,
        "uses": uses,
        "versions": versions,
        "number": number,
        "may_keep": may_keep,
        "may_use": can_use(request.user, request.agency, request.fiscal_year),
        **_preview(evidence),
    }
    return render(request, "assessments/evidence/detail.html", context, status=status)


def _preview(evidence) -> dict:
    """Return what can be looked at without opening the file."""
    stored = evidence.file
    if stored is None:
        return {"pages": [], "may_picture": False, "hidden_pages": 0}
    shown = pictured_pages(stored)
    has_pictures = bool(shown) and default_storage.exists(picture_path(stored, 1))
    pages = range(1, min(shown, PREVIEWED) + 1) if has_pictures else []
    return {
        "pages": pages,
        "may_picture": bool(stored.pages) and not has_pictures,
        "hidden_pages": (stored.pages or 0) - len(pages) if has_pictures else 0,
        "is_picture": stored.content_type.startswith("image/"),
    }


@require_POST
def replace(request, agency_code, year, pk):
    """Put newer content under the same code; the old one stays as a version."""
    evidence = _kept(request, year, pk)
    form = ReplaceForm(request.POST, request.FILES, kind=evidence.kind)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                file = _stored(request, data.get("file"))
                replace_content(
                    evidence,
                    request.user,
                    number=data["number"],
                    file=file,
                    url=data.get("url", ""),
                    note=data.get("note", ""),
                )
        except ValidationError as error:
            form.add_error("file", error)
        except (ReplacedAlready, NotEditable) as refusal:
            return _too_late(request, evidence, refusal)
        else:
            if file and file.pages:
                tasks.picture_pages.delay_on_commit(file.pk)
            messages.success(request, _("The newer content holds; the old one stays below it."))
            return redirect("evidence:detail", agency_code, year, pk)
    own = EvidenceForm(evidence=evidence)
    return _page(request, evidence, True, own, replace_form=form, status=422)


def _stored(request, uploaded):
    if not uploaded:
        return None
    refuse_phone_only(uploaded.name)
    return store_upload(request.agency, uploaded, request.user)


def _too_late(request, evidence, refusal):
    message = _("Somebody else has replaced it in the meantime. Look at what holds now.")
    if isinstance(refusal, NotEditable):
        message = _("A category that uses it was submitted, accepted or closed.")
    return already_changed(request, message, _address(request, evidence))


def _address(request, evidence) -> str:
    return reverse("evidence:detail", args=[request.agency.code, request.fiscal_year, evidence.pk])


@require_POST
def make_pictures(request, agency_code, year, pk):
    """Have the pictures of the file's pages made, where there are none yet."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    if not can_read(request.user, evidence) or not evidence.file:
        raise Http404
    if evidence.file.pages:
        tasks.picture_pages.delay_on_commit(evidence.file_id)
        messages.success(request, _("The preview is being made; open the page again in a moment."))
    return redirect("evidence:detail", agency_code, year, pk)


@require_GET
def page_picture(request, agency_code, year, pk, page):
    """Show the picture of one page to whoever may know the evidence."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    if not can_read(request.user, evidence) or not evidence.file:
        raise Http404
    path = picture_path(evidence.file, page)
    if not 1 <= page <= pictured_pages(evidence.file) or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path, "rb"), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def unlink(request, agency_code, year, pk):
    """Take evidence away from an item or line."""
    link = get_object_or_404(_in_year(links_visible_to(request.user), request, year), pk=pk)
    if not ItemPlace(link.item_answer, link.line).may(request.user):
        raise PermissionDenied
    return _taken_away(request, link, rules.unlink_evidence)


@require_POST
def end_use(request, agency_code, year, pk):
    """Take evidence away from a step, an indicator or an ITA question."""
    use = get_object_or_404(_in_year(uses_visible_to(request.user), request, year), pk=pk)
    if not place_of_use(use).may(request.user):
        raise PermissionDenied
    return _taken_away(request, use, rules.end_use)


def _taken_away(request, used, act):
    try:
        act(used, request.user)
    except NotEditable:
        message = _("The category was submitted, accepted or closed; nothing was changed.")
        return already_changed(request, message, _address(request, used.evidence))
    messages.success(request, _("The evidence was taken away; it stays in the library."))
    return redirect(_address(request, used.evidence))


@require_POST
def remove(request, agency_code, year, pk):
    """Remove evidence that nothing uses."""
    evidence = _kept(request, year, pk)
    try:
        rules.remove_evidence(evidence, request.user)
    except rules.EvidenceInUse:
        messages.error(request, _("The evidence is still used; take it away from its items first."))
        return redirect("evidence:detail", agency_code, year, pk)
    messages.success(request, _("The evidence was removed."))
    return redirect("evidence:library", agency_code, year)


def _of_year(request, year):
    return library.of_year(request.user, request.agency, year)


def _in_year(rows, request, year):
    return rows.filter(evidence__cycle__agency=request.agency, evidence__cycle__fiscal_year=year)


def _kept(request, year, pk):
    """Return the evidence, or refuse who does not keep it (403)."""
    evidence = get_object_or_404(_of_year(request, year), pk=pk)
    if not can_keep(request.user, evidence):
        raise PermissionDenied
    can_read(request.user, evidence)  # its keeper always may; sets what the page shows
    return evidence
