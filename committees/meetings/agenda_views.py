"""The agenda of a meeting: its page for writing, and one item with facts and papers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.enums import MeetingStatus
from committees.meetings import agenda_editing, agendas, arising
from committees.meetings.agenda_forms import ItemForm, LinesForm, UploadForm, initial_of
from committees.meetings.lookup import item_or_404, meeting_or_404, writer_or_403
from committees.meetings.numbering import title_of
from committees.meetings.queries import papers_visible_to
from committees.models import AgendaItem
from core.address_values import whole_number
from core.refusals import already_changed
from documents.queries import issued_visible_to
from documents.revisions import NotEditable, SaveConflict


def _address(meeting):
    return reverse("meetings:agenda", args=[meeting.agency.code, meeting.fiscal_year, meeting.pk])


def _to_agenda(meeting, item_pk=None, query=""):
    place = f"#item-{item_pk}" if item_pk else ""
    return redirect(f"{_address(meeting)}{query}{place}")


def _locked(request, meeting):
    message = _("The meeting is over or cancelled; its agenda stays as it was.")
    return already_changed(request, message, _address(meeting))


def _item_of(meeting, pk):
    """Return an item of the meeting named in a form, or 404."""
    return get_object_or_404(AgendaItem, pk=pk if pk is not None else 0, meeting=meeting)


def _show(request, meeting, *, form=None, heading_pk=None, status=200):
    rows = agendas.numbered(meeting)
    may_build = meeting.status in agendas.PREPARING
    open_matters = arising.open_resolutions(meeting) if may_build else []
    listed = {row.item.follows_id for row in agendas.flat(rows)}
    context = {
        "meeting": meeting,
        "title": title_of(meeting),
        "rows": rows,
        "may_build": may_build,
        "may_add": may_build or meeting.status == MeetingStatus.HELD,
        "unlisted": [row for row in open_matters if row.pk not in listed],
        "has_arising": any(row.item.kind == "arising" for row in rows),
        "errors": form.errors["lines"] if form else [],
        "typed": form.data.get("lines", "") if form else "",
        "heading_pk": heading_pk or whole_number(request.GET.get("under")),
        "moved": whole_number(request.GET.get("moved")),
        "direction": request.GET.get("to", ""),
    }
    return render(request, "meetings/agenda.html", context, status=status)


@require_GET
def agenda(request, agency_code, year, pk):
    """Show the agenda with everything that changes it."""
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    return _show(request, meeting)


@require_POST
def add(request, agency_code, year, pk):
    """Add one or many matters, a line each, below a heading or as headings."""
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    parent = None
    if request.POST.get("heading"):
        parent = _item_of(meeting, whole_number(request.POST["heading"]))
        if parent.parent_id:
            raise Http404
    form = LinesForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, form=form, heading_pk=parent and parent.pk, status=422)
    lines = form.cleaned_data["lines"]
    try:
        made = agendas.add_items(meeting, parent, lines, by=request.user)
    except NotEditable:
        return _locked(request, meeting)
    if not request.htmx:
        words = ngettext("%(count)d matter added.", "%(count)d matters added.", len(made))
        messages.success(request, words % {"count": len(made)})
    return _to_agenda(meeting, made[-1].pk, f"?under={parent.pk}" if parent else "")


@require_POST
def move(request, agency_code, year, pk):
    """Move an item one place up or down."""
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    wanted, _colon, direction = request.POST.get("move", "").partition(":")
    item = _item_of(meeting, whole_number(wanted))
    direction = "up" if direction == "up" else "down"
    try:
        moved = agenda_editing.move_item(meeting, item, direction, by=request.user)
    except NotEditable:
        return _locked(request, meeting)
    if not moved and not request.htmx:
        messages.info(request, _("There is no place further in that direction."))
    return _to_agenda(meeting, item.pk, f"?moved={item.pk}&to={direction}")


@require_POST
def list_arising(request, agency_code, year, pk):
    """Bring open resolutions of earlier meetings onto the agenda."""
    meeting = meeting_or_404(request, year, pk)
    writer_or_403(request, meeting)
    if meeting.status not in agendas.PREPARING:
        return _locked(request, meeting)
    with transaction.atomic():
        if arising.heading_of(meeting) is None:
            title = "เรื่องสืบเนื่อง"
            agendas.add_item(meeting, None, title, by=request.user, kind="arising")
        count = arising.refresh(meeting)
    if count:
        words = ngettext(
            "%(count)d open resolution was added.", "%(count)d open resolutions were added.", count
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("All open resolutions are on the agenda already."))
    heading = arising.heading_of(meeting)
    return _to_agenda(meeting, heading.pk if heading else None)


@require_http_methods(["GET", "POST"])
def item_edit(request, agency_code, year, pk, item_pk):
    """Write an item's words, facts and presenter, and lay papers on it."""
    item = item_or_404(request, year, pk, item_pk)
    writer_or_403(request, item.meeting)
    headings = agendas.numbered(item.meeting)
    form = ItemForm(request.POST or None, item=item, headings=headings, initial=initial_of(item))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, item)
        except SaveConflict as error:
            conflict = error.current
        except NotEditable:
            return _locked(request, item.meeting)
        else:
            messages.success(request, _("Saved."))
            return _to_agenda(item.meeting, item.pk)
    return _show_item(request, item, form, headings, conflict=conflict)


def _save(request, form, item):
    with transaction.atomic():
        version = form.cleaned_data["version"]
        agenda_editing.save_item(item, form.words(), version=version, by=request.user)
        under = whole_number(form.cleaned_data.get("under"))
        if under and under != item.parent_id:
            heading = _item_of(item.meeting, under)
            agenda_editing.put_under(item.meeting, item, heading, by=request.user)


def _show_item(request, item, form, headings, *, conflict=None, upload=None):
    meeting = item.meeting
    row = next(row for row in agendas.flat(headings) if row.item.pk == item.pk)
    context = {
        "meeting": meeting,
        "title": title_of(meeting),
        "item": item,
        "row": row,
        "papers": row.item.papers.all(),
        "form": form,
        "upload": upload or UploadForm(),
        "issued": agenda_editing.issued_choices(request.user, request.agency, meeting.fiscal_year),
        "may_build": meeting.status in agendas.PREPARING,
        "may_attach": meeting.status != MeetingStatus.CANCELLED,
        "conflict": conflict,
    }
    failed = form.errors or (upload and upload.errors)
    status = 409 if conflict else 422 if failed else 200
    return render(request, "meetings/item.html", context, status=status)


@require_POST
def item_remove(request, agency_code, year, pk, item_pk):
    """Take an item out of the agenda, with what is below it."""
    item = item_or_404(request, year, pk, item_pk)
    meeting = item.meeting
    writer_or_403(request, meeting)
    version = whole_number(request.POST.get("version")) or 0
    try:
        agenda_editing.remove_item(meeting, item, version=version, by=request.user)
    except NotEditable:
        return _locked(request, meeting)
    except SaveConflict as error:
        words = _("Somebody has changed “%(title)s” since; it was not removed.")
        message = words % {"title": error.current.title}
        return already_changed(request, message, _address(meeting))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _to_agenda(meeting, item_pk)
    messages.success(request, _("“%(title)s” is off the agenda.") % {"title": item.title})
    return _to_agenda(meeting, item.parent_id)


def _to_item(item):
    meeting = item.meeting
    return redirect(
        reverse(
            "meetings:item-edit",
            args=[meeting.agency.code, meeting.fiscal_year, meeting.pk, item.pk],
        )
        + "#papers"
    )


@require_POST
def item_upload(request, agency_code, year, pk, item_pk):
    """Lay an uploaded file on an item."""
    item = item_or_404(request, year, pk, item_pk)
    writer_or_403(request, item.meeting)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file, title = form.cleaned_data["file"], form.cleaned_data["paper_title"]
        try:
            agenda_editing.attach_file(item, file, title, by=request.user)
        except NotEditable:
            return _locked(request, item.meeting)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("The paper is with the item."))
            return _to_item(item)
    headings = agendas.numbered(item.meeting)
    shown = ItemForm(item=item, headings=headings, initial=initial_of(item))
    return _show_item(request, item, shown, headings, upload=form)


@require_POST
def item_issued(request, agency_code, year, pk, item_pk):
    """Lay a paper that the portal issued on an item."""
    item = item_or_404(request, year, pk, item_pk)
    writer_or_403(request, item.meeting)
    wanted = whole_number(request.POST.get("issued"))
    papers = issued_visible_to(request.user).filter(agency=request.agency, fiscal_year=year)
    paper = papers.filter(pk=wanted).first() if wanted is not None else None
    if paper is None or not agenda_editing.may_read(request.user, paper):
        messages.error(request, _("Choose a paper from the list."))
        return _to_item(item)
    try:
        agenda_editing.attach_issued(item, paper, by=request.user)
    except NotEditable:
        return _locked(request, item.meeting)
    messages.success(request, _("The paper is with the item."))
    return _to_item(item)


@require_POST
def paper_remove(request, agency_code, year, pk, paper_pk):
    """Take a paper off an item."""
    meeting = meeting_or_404(request, year, pk)
    papers = papers_visible_to(request.user).filter(meeting=meeting, item__isnull=False)
    papers = papers.select_related("item__meeting__agency", "meeting__agency")
    paper = get_object_or_404(papers, pk=paper_pk)
    writer_or_403(request, meeting)
    try:
        agenda_editing.detach(paper, by=request.user)
    except NotEditable:
        return _locked(request, meeting)
    messages.success(request, _("“%(title)s” is off the item.") % {"title": paper.title})
    return _to_item(paper.item)
