"""The reply to a question by its link, open to whoever holds it."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.middleware import public
from agencies.roles import role_of
from assessments.sharing import permissions, questions
from assessments.sharing.forms import AnswerForm
from documents import secret_links


@public
@require_http_methods(["GET", "POST"])
def reply(request, token):
    """Show one question with its office and item, and take its answer; nothing else is shown."""
    question = questions.question_of(token)
    if question is None:
        return secret_links.unknown_link(request, "assessments/sharing/reply_unknown.html")
    person = _colleague(request, question)
    form = AnswerForm(request.POST or None, request.FILES or None, knows_name=person is not None)
    if request.method == "GET":
        return _page(request, question, form)
    if not questions.may_try_now(question):
        return secret_links.wait(request)
    if questions.shut_because(question):
        return _page(request, question, form, status=409)
    if not form.is_valid():
        return _page(request, question, form, status=422)
    data = form.cleaned_data
    try:
        questions.answer(
            question, data["answer"], name=data.get("name", ""), file=data["file"], by=person
        )
    except questions.QuestionShut:
        question.refresh_from_db()
        return _page(request, question, form, status=409)
    except ValidationError as error:
        form.add_error("file", error)
        return _page(request, question, form, status=422)
    return redirect("question:reply", token)


def _colleague(request, question):
    """Return who answers by name: somebody signed in who may answer for the unit."""
    user, agency = request.user, questions.agency_of(question)
    if not user.is_authenticated or not role_of(user, agency):
        return None
    return user if permissions.can_answer(user, question) else None


def _page(request, question, form, status=200):
    context = {
        "question": question,
        "agency": questions.agency_of(question),
        "item": question.item_answer.item,
        "form": form,
        "shut": questions.shut_because(question),
        "is_late": questions.is_late(question),
    }
    page = render(request, "assessments/sharing/reply.html", context, status=status)
    return secret_links.unlisted(page)
