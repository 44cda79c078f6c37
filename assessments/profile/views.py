"""Screens of the organisational profile: its topics, the text of one, its owner."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.forms import ProfileForm
from assessments.models import ProfileAnswer
from assessments.profile import page, writing
from assessments.profile.forms import OwnerForm
from assessments.queries import assessment_of, profile_answers_visible_to
from documents import autosave
from documents.revisions import NotEditable, SaveConflict


@require_GET
def overview(request, agency_code, year):
    """List the 13 topics by part and group with what is written and who writes it."""
    answers = list(_answers(request, year))
    context = {
        "assessment": assessment_of(request.agency, year),
        "parts": writing.parts(answers),
        "written": sum(writing.is_filled(answer) for answer in answers),
        "total": len(answers),
    }
    return render(request, "assessments/profile/overview.html", context)


@require_GET
def topic(request, agency_code, year, number):
    """Show one topic with last year's beside it; `?use=text` puts last year's into the field."""
    answer = answer_or_404(request, year, number)
    return topic_page(request, answer, use_last=request.GET.get("use", ""))


@require_POST
def topic_save(request, agency_code, year, number):
    """Store a topic's text; on a conflict both texts stay."""
    answer = writable_or_refuse(request, year, number)
    form = ProfileForm(request.POST)
    if not form.is_valid():
        message = " ".join(str(line) for errors in form.errors.values() for line in errors)
        return _refused(request, answer, message, 422)
    data = form.cleaned_data
    try:
        saved = writing.save_answer(
            answer,
            data["text"],
            version=data["version"],
            by=request.user,
            request_id=data["request_id"],
        )
    except SaveConflict as conflict:
        return _conflict(request, answer, data["text"], conflict)
    except NotEditable:
        message = _("The assessment is locked; the text was not saved.")
        return _refused(request, answer, message, 409, script_status=423)
    if autosave.is_autosave(request):
        return autosave.saved(saved)
    messages.success(request, _("The text was saved."))
    return redirect("profile:topic", agency_code, year, number)


@require_POST
def topic_owner(request, agency_code, year, number):
    """Let the officer say who writes the topic."""
    answer = answer_or_404(request, year, number)
    if not writing.can_name_owner(request.user, answer):
        raise PermissionDenied
    form = OwnerForm(request.POST, agency=request.agency)
    if not form.is_valid():
        error = " ".join(form.errors["owner"])
        return topic_page(request, answer, owner_error=error, status=422)
    try:
        writing.name_owner(answer, form.cleaned_data["owner"], request.user)
    except NotEditable:
        error = _("The assessment is locked.")
        return topic_page(request, answer, owner_error=error, status=409)
    messages.success(request, _("Saved."))
    return redirect("profile:topic", agency_code, year, number)


def topic_page(request: HttpRequest, answer: ProfileAnswer, *, status=200, **shown) -> HttpResponse:
    """Return the topic's page; `shown` as in `page.context_of`."""
    context = page.context_of(answer, request.user, **shown)
    if writing.can_name_owner(request.user, answer) and writing.is_open(answer.assessment):
        context["owner_form"] = OwnerForm(agency=request.agency, initial={"owner": answer.owner_id})
    return render(request, "assessments/profile/topic.html", context, status=status)


def answer_or_404(request: HttpRequest, year: int, number: int) -> ProfileAnswer:
    """Return the office's answer on the topic in the year."""
    return get_object_or_404(_answers(request, year), topic__number=number)


def writable_or_refuse(request: HttpRequest, year: int, number: int) -> ProfileAnswer:
    """Return the answer for who may write it; raises Http404 or PermissionDenied."""
    answer = answer_or_404(request, year, number)
    if not writing.can_write(request.user, answer):
        raise PermissionDenied
    return answer


def _refused(request, answer, message, status, *, script_status=None):
    if autosave.is_autosave(request):
        return autosave.refused(message, script_status or status)
    text = request.POST.get("text", "")
    return topic_page(request, answer, text=text, error=message, status=status)


def _conflict(request, answer, text, conflict):
    """Answer 409 with the newest text beside the unsaved one."""
    if autosave.is_autosave(request):
        return autosave.conflict(conflict, "text")
    answer.version = conflict.current.version
    other = autosave.newest(conflict, "text")
    return topic_page(request, answer, text=text, other=other, status=409)


def _answers(request, year):
    return profile_answers_visible_to(request.user).filter(
        assessment__cycle__agency=request.agency, assessment__cycle__fiscal_year=year
    )
