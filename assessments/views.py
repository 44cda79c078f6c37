"""Pages of the whole assessment and of its categories; decisions about them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from approvals.transitions import (
    AlreadyChanged,
    CommentNeeded,
    RequirementsMissing,
    available_to,
    perform,
)
from assessments import answering, overview, permissions, progress, queries
from assessments.addresses import category_address, overview_address
from assessments.enums import CategoryStatus
from assessments.forms import CommentForm, DueDatesForm, StartForm
from assessments.models import Assessment, CategoryAssessment
from assessments.reviewing import count_missing, missing_before_submission
from assessments.sharing.category import category_cards
from assessments.sharing.comments import LONGEST
from assessments.sharing.returning import history_of, return_category
from committees import roles
from core.refusals import already_changed
from core.shared_reads import shared_reads
from documents.revisions import NotEditable
from workflows.queries import main_cycle


@require_GET
def assessment_overview(request, agency_code, year):
    """Show scores, owners and states of the seven categories, or how to start."""
    context = overview.present(request.agency, year, request.user)
    if context is None:
        return _start_page(request, year)
    context |= {"comment_form": CommentForm(), "history": history_of(context["assessment"])}
    return render(request, "assessments/overview.html", context)


def _start_page(request, year, *, edition_error="", status=200):
    cycle = main_cycle(request.agency, year)
    return render(
        request,
        "assessments/start.html",
        {
            "cycle": cycle,
            "editions": _editions(request.agency) if cycle else [],
            "may_start": bool(cycle) and permissions.can_start(request.user, cycle),
            "edition_error": edition_error,
        },
        status=status,
    )


def _editions(agency):
    """Return the editions to choose from, the usual one first."""
    rows = sorted(
        queries.current_editions(agency), key=lambda row: row.code != answering.DEFAULT_EDITION
    )
    return [{"code": row.code, "title": row.title} for row in rows] or [
        {"code": answering.DEFAULT_EDITION, "title": "PMQA 4.0"}
    ]


@require_POST
def assessment_start(request, agency_code, year):
    """Start the year's assessment with an edition."""
    cycle = main_cycle(request.agency, year)
    if cycle is None:
        raise Http404
    if not permissions.can_start(request.user, cycle):
        raise PermissionDenied
    form = StartForm(request.POST)
    if not form.is_valid():
        return _start_page(
            request, year, edition_error=_("Choose an edition of the criteria"), status=422
        )
    try:
        answering.start_assessment(cycle, form.cleaned_data["edition"], request.user)
    except answering.EditionUnknown:
        message = _("There is no edition “%(code)s”; choose one from the list")
        error = message % {"code": form.cleaned_data["edition"]}
        return _start_page(request, year, edition_error=error, status=422)
    except answering.CycleClosed:
        message = _("The cycle of the year is closed.")
        return already_changed(request, message, request.path)
    messages.success(request, _("The self-assessment has started."))
    return redirect("assessments:overview", agency_code, year)


@require_http_methods(["GET", "POST"])
def due_dates(request, agency_code, year):
    """Let the officer set when each category is due."""
    assessment = _assessment(request, year)
    if not permissions.can_manage(request.user, assessment):
        raise PermissionDenied
    form = DueDatesForm(request.POST or None, assessment=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            answering.set_due_dates(
                assessment,
                form.days(),
                request.user,
                character_limit=form.cleaned_data["item_character_limit"],
            )
        except NotEditable:
            message = _("The assessment is locked.")
            return already_changed(request, message, overview_address(assessment))
        messages.success(request, _("The due dates were saved."))
        return redirect("assessments:overview", agency_code, year)
    status = 422 if form.is_bound else 200
    return render(request, "assessments/due_dates.html", {"form": form}, status=status)


@require_POST
def assessment_accept(request, agency_code, year):
    """The Steering Committee accepts the whole."""
    return _decide_whole(request, year, "accept", _("The self-assessment was accepted."))


@require_POST
def assessment_reopen(request, agency_code, year):
    """The officer reopens an accepted assessment, with the reason."""
    return _decide_whole(request, year, "reopen", _("The self-assessment was reopened."))


def _decide_whole(request, year, name, done):
    assessment = _assessment(request, year)
    form = CommentForm(request.POST)
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    try:
        perform(assessment, name, request.user, comment=comment)
    except AlreadyChanged:
        message = _("The assessment changed in the meantime.")
        return already_changed(request, message, overview_address(assessment))
    except (RequirementsMissing, CommentNeeded) as refusal:
        form = _with_reason_error(form, refusal)
        context = overview.present(request.agency, year, request.user)
        context |= {"comment_form": form, "missing": getattr(refusal, "missing", [])}
        context["history"] = history_of(assessment)
        return render(request, "assessments/overview.html", context, status=422)
    messages.success(request, done)
    return redirect("assessments:overview", request.agency.code, year)


@require_GET
def category_detail(request, agency_code, year, number):
    """Show a category's items, what is missing, and what may be decided."""
    row = _category(request, year, number)
    with shared_reads():
        context = _category_context(request, row)
    return render(request, "assessments/category.html", context)


def _category_context(request, row: CategoryAssessment) -> dict:
    state = progress.load_category(row)
    names = {rule.name for rule in available_to(request.user, row)}
    parts = row.category.number == roles.SHARED_CATEGORY
    done = {part.category_number: part for part in row.parts_done.all()} if parts else {}
    own_parts = permissions.can_mark_part(request.user, row) if parts else set()
    is_open = row.status in answering.WRITABLE
    is_returned = row.status == CategoryStatus.RETURNED
    missing = missing_before_submission(state, set(done)) if is_open else []
    return {
        **overview.present_category(state, overview.Scale.of(state.edition)),
        "category_assessment": row,
        "category": row.category,
        "edition": state.edition,
        "actions": names,
        "missing": missing,
        "missing_words": count_missing(missing),
        "show_missing": False,
        "is_open": is_open,
        "can_carry": is_open and permissions.can_write(request.user, row),
        "is_returned": is_returned,
        "comment_form": CommentForm(),
        **category_cards(row, request.user, may_settle="return" in names),
        "parts": [
            {
                "number": part,
                "done": done.get(part),
                "is_own": part in own_parts and is_open,
            }
            for part in (roles.CHAMPION_CATEGORIES if parts else ())
        ],
    }


@require_POST
def category_submit(request, agency_code, year, number):
    """The champion hands the category to the Working Team."""
    done = _("The category was submitted for review.")
    return _decide_category(request, year, number, "submit", done)


@require_POST
def category_return(request, agency_code, year, number):
    """The reviewer sends the category back, with the reason."""
    done = _("The category was returned for correction.")
    return _decide_category(request, year, number, "return", done)


@require_POST
def category_accept(request, agency_code, year, number):
    """The reviewer accepts the category."""
    return _decide_category(request, year, number, "accept", _("The category was accepted."))


def _decide_category(request, year, number, name, done):
    row = _category(request, year, number)
    form = CommentForm(request.POST)
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    try:
        if name == "return":
            return_category(row, request.user, comment, _remarks(request, row))
        else:
            perform(row, name, request.user, comment=comment)
    except AlreadyChanged:
        message = _("The category changed in the meantime.")
        return already_changed(request, message, category_address(row))
    except (RequirementsMissing, CommentNeeded) as refusal:
        row.refresh_from_db(fields=["status", "version"])
        context = _category_context(request, row)
        context["missing"] = getattr(refusal, "missing", context["missing"])
        context["show_missing"] = isinstance(refusal, RequirementsMissing)
        context["comment_form"] = _with_reason_error(form, refusal)
        for item in context["rows"]:
            item["remark"] = request.POST.get(f"remark_{item['answer'].pk}", "")
        return render(request, "assessments/category.html", context, status=422)
    messages.success(request, done)
    return redirect("assessments:category-detail", request.agency.code, year, number)


def _remarks(request, row: CategoryAssessment) -> dict:
    """Return answer → what the reviewer wrote on it, for the items of this category."""
    answers = row.answers.select_related("item")
    sent = {answer: request.POST.get(f"remark_{answer.pk}", "") for answer in answers}
    return {answer: text[:LONGEST] for answer, text in sent.items() if text.strip()}


@require_POST
def part_mark(request, agency_code, year, part):
    """A champion marks the own part of category 7 as done, or takes the mark back."""
    row = _category(request, year, roles.SHARED_CATEGORY)
    if part not in permissions.can_mark_part(request.user, row):
        raise PermissionDenied
    try:
        if request.POST.get("done") == "1":
            answering.mark_part(row, part, request.user)
        else:
            answering.unmark_part(row, part)
    except NotEditable:
        return already_changed(request, _("Category 7 is locked."), category_address(row))
    return redirect("assessments:category-detail", agency_code, year, roles.SHARED_CATEGORY)


def _assessment(request, year) -> Assessment:
    rows = queries.assessments_visible_to(request.user).filter(
        cycle__agency=request.agency, cycle__fiscal_year=year
    )
    first = rows.order_by("cycle_id").first()
    if first is None:
        raise Http404
    return first


def _category(request, year, number) -> CategoryAssessment:
    rows = queries.category_assessments_visible_to(request.user).filter(
        assessment__cycle__agency=request.agency, assessment__cycle__fiscal_year=year
    )
    first = rows.filter(category__number=number).order_by("assessment__cycle_id").first()
    if first is None:
        raise Http404
    return first


def _with_reason_error(form: CommentForm, refusal: Exception) -> CommentForm:
    form.is_valid()
    if isinstance(refusal, CommentNeeded):
        form.add_error("comment", _("Write the reason, so that it can be acted on"))
    return form
