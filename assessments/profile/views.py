"""Screens of the organisational profile."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.forms import ProfileForm
from assessments.models import ProfileAnswer
from assessments.profile import writing
from assessments.queries import assessment_of, profile_answers_visible_to
from documents import autosave
from documents.revisions import NotEditable, SaveConflict


@require_GET
def overview(request, agency_code, year):
    """List the 13 topics by part and group with what is written."""
    answers = list(_answers(request, year))
    context = {
        "assessment": assessment_of(request.agency, year),
        "parts": writing.parts(answers),
        "written": sum(bool(answer.text.strip()) for answer in answers),
        "total": len(answers),
    }
    return render(request, "assessments/profile/overview.html", context)


@require_GET
def topic(request, agency_code, year, number):
    """Show one topic with last year's text beside it."""
    return _page(request, _answer_or_404(request, year, number))


@require_POST
def topic_save(request, agency_code, year, number):
    """Store a topic's text; on a conflict both texts stay."""
    answer = _answer_or_404(request, year, number)
    if not writing.can_write(request.user, answer.assessment):
        raise PermissionDenied
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


def _refused(request, answer, message, status, *, script_status=None):
    if autosave.is_autosave(request):
        return autosave.refused(message, script_status or status)
    return _page(request, answer, text=request.POST.get("text", ""), error=message, status=status)


def _conflict(request, answer, text, conflict):
    """Answer 409 with the newest text beside the unsaved one."""
    if autosave.is_autosave(request):
        return autosave.conflict(conflict, "text")
    answer.version = conflict.current.version
    other = autosave.newest(conflict, "text")
    return _page(request, answer, text=text, other=other, status=409)


def _page(request, answer, *, text=None, other=None, error="", status=200):
    last = (
        profile_answers_visible_to(request.user)
        .filter(
            assessment__cycle__agency=request.agency,
            assessment__cycle__fiscal_year=answer.assessment.cycle.fiscal_year - 1,
            topic=answer.topic_id,
        )
        .exclude(text="")
        .first()
    )
    may_write = writing.can_write(request.user, answer.assessment)
    context = {
        "answer": answer,
        "topic": answer.topic,
        "text": answer.text if text is None else text,
        "other": other,
        "error": error,
        "request_id": get_random_string(24),
        "can_edit": may_write and writing.is_open(answer.assessment),
        "last": last,
        "last_year": answer.assessment.cycle.fiscal_year - 1,
        "previous": answer.topic.number - 1 or None,
        "next": answer.topic.number + 1 if answer.topic.number < 13 else None,
    }
    return render(request, "assessments/profile/topic.html", context, status=status)


def _answers(request, year):
    return profile_answers_visible_to(request.user).filter(
        assessment__cycle__agency=request.agency, assessment__cycle__fiscal_year=year
    )


def _answer_or_404(request, year, number) -> ProfileAnswer:
    return get_object_or_404(_answers(request, year), topic__number=number)
