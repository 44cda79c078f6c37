"""Asking a unit, its answer in the portal, and what the asker makes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.queries import units_visible_to
from assessments.addresses import item_address
from assessments.enums import QuestionStatus
from assessments.evidence.keeping import add_evidence
from assessments.models import UnitQuestion
from assessments.sharing import cards, permissions, questions
from assessments.sharing.forms import AnswerForm, QuestionForm
from assessments.sharing.lookup import answer_or_404
from assessments.sharing.queries import questions_visible_to
from core.refusals import already_changed
from documents.revisions import NotEditable


@require_http_methods(["GET", "POST"])
def question_ask(request, agency_code, year, pk):
    """Ask a unit about an item."""
    answer = answer_or_404(request, year, pk)
    if not permissions.can_ask(request.user, answer):
        raise PermissionDenied
    units = units_visible_to(request.user).filter(agency=request.agency, is_active=True)
    form = QuestionForm(request.POST or None, units=units.select_related("head"))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "answer": answer, "back_url": item_address(answer, "questions")}
        status = 422 if form.is_bound else 200
        return render(request, "assessments/sharing/ask.html", context, status=status)
    data = form.cleaned_data
    try:
        question = questions.ask(answer, data["unit"], data["text"], data["due_on"], request.user)
    except NotEditable:
        message = _("The cycle of the year is closed; nothing was changed.")
        return already_changed(request, message, item_address(answer))
    if question.unit.head is None:
        messages.warning(
            request, _("The unit has no head in the portal: copy the text and send it yourself.")
        )
    else:
        messages.success(request, _("The question was sent."))
    return redirect(questions.page_path(question))


@require_http_methods(["GET", "POST"])
def question_detail(request, agency_code, year, pk):
    """Show a question; people of the unit answer it here."""
    question = question_or_404(request, year, pk)
    form = AnswerForm(request.POST or None, request.FILES or None, knows_name=True)
    if request.method == "GET":
        return _page(request, question, form)
    if not permissions.can_answer(request.user, question):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, question, form, status=422)
    data = form.cleaned_data
    try:
        questions.answer(question, data["answer"], file=data["file"], by=request.user)
    except questions.QuestionShut:
        question.refresh_from_db()
        message = questions.shut_because(question)
        return already_changed(request, message, questions.page_path(question))
    except ValidationError as error:
        form.add_error("file", error)
        return _page(request, question, form, status=422)
    messages.success(request, _("The answer was sent. Thank you."))
    return redirect(questions.page_path(question))


@require_POST
def question_settle(request, agency_code, year, pk):
    """Withdraw a question (to=closed) or ask it again (to=asked)."""
    question = question_or_404(request, year, pk)
    if not permissions.can_ask(request.user, question.item_answer):
        raise PermissionDenied
    target = request.POST.get("to")
    if target not in (QuestionStatus.CLOSED, QuestionStatus.ASKED):
        raise Http404
    try:
        questions.settle(question, target, request.user)
    except (questions.QuestionShut, NotEditable):
        message = _("The question changed in the meantime, or the year is closed.")
        return already_changed(request, message, questions.page_path(question))
    return redirect(questions.page_path(question))


@require_POST
def question_evidence(request, agency_code, year, pk):
    """Take the file of an answer as evidence of the item."""
    question = question_or_404(request, year, pk)
    answer = question.item_answer
    if not permissions.can_ask(request.user, answer):
        raise PermissionDenied
    stored = question.answer_file
    if stored is None or question.status != QuestionStatus.ANSWERED:
        message = _("This question has no file that could be evidence.")
        return already_changed(request, message, questions.page_path(question))
    try:
        evidence = add_evidence(answer, request.user, title=stored.name, file=stored)
    except NotEditable:
        message = _("The category was submitted, accepted or closed; nothing was changed.")
        return already_changed(request, message, item_address(answer))
    messages.success(request, _("Kept as evidence %(code)s.") % {"code": evidence.code})
    return redirect(item_address(answer, "evidence"))


def question_or_404(request, year, pk) -> UnitQuestion:
    rows = questions_visible_to(request.user).filter(
        item_answer__category_assessment__assessment__cycle__agency=request.agency,
        item_answer__category_assessment__assessment__cycle__fiscal_year=year,
    )
    return get_object_or_404(rows, pk=pk)


def _page(request, question, form, status=200):
    may_ask = permissions.can_ask(request.user, question.item_answer)
    may_answer = permissions.can_answer(request.user, question)
    context = {
        "question": question,
        "row": cards.question_row(question),
        "item": question.item_answer.item,
        "form": form,
        "shut": questions.shut_because(question),
        "may_ask": may_ask,
        "may_answer": may_answer,
        "chat_text": questions.chat_text(question) if may_ask or may_answer else "",
        "back_url": item_address(question.item_answer, "questions"),
    }
    return render(request, "assessments/sharing/question.html", context, status=status)
