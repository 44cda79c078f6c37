"""Saying something on an item, a topic or a category; mending, taking back, settling."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.queries import people_of
from assessments.models import Comment
from assessments.sharing import cards, comments, permissions
from assessments.sharing.forms import CommentForm
from assessments.sharing.lookup import thing_or_404
from assessments.sharing.queries import comments_visible_to, of_year
from assessments.sharing.settling import can_settle
from core.refusals import already_changed
from documents.revisions import NotEditable

PAGE = 30
SHOWN = ("open", "all", "review", "mine")


@require_GET
def comment_list(request, agency_code, year):
    """List the year's remarks, the newest first: ?show=open, all, review or mine."""
    show = request.GET.get("show")
    show = show if show in SHOWN else "open"
    rows = comments_visible_to(request.user).filter(of_year(request.agency, year), parent=None)
    rows = {
        "open": rows.filter(resolved_at=None),
        "review": rows.filter(is_from_review=True),
        "mine": rows.filter(mentions=request.user),
        "all": rows,
    }[show]
    found = Paginator(rows.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "assessments/sharing/comments.html",
        {
            "page_obj": found,
            "rows": cards.listed(found.object_list, request.user, request.agency, year),
            "show": show,
            "choices": [
                ("open", _("Open")),
                ("mine", _("I am mentioned")),
                ("review", _("From the review")),
                ("all", _("All")),
            ],
        },
    )


@require_GET
def colleagues(request, agency_code, year):
    """Answer the page's script with the names of the office's other people, to be mentioned."""
    if not permissions.can_comment(request.user, request.agency):
        raise PermissionDenied
    return JsonResponse({"names": cards.names_of_people(request.agency, request.user)})


@require_http_methods(["GET", "POST"])
def comment_add(request, agency_code, year, on, pk):
    """Say something, or answer a remark on the same thing; alone on a page with all names."""
    thing = thing_or_404(request, year, on, pk)
    if not permissions.can_comment(request.user, request.agency):
        raise PermissionDenied
    form = CommentForm(
        request.POST or None,
        parents=Comment.objects.filter(**{comments.field_of(thing): thing}).select_related(
            "parent__author", "author"
        ),
        people=people_of(request.agency),
    )
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, thing, status=422 if request.method == "POST" else 200)
    data = form.cleaned_data
    try:
        comment = comments.post(
            thing, data["text"], request.user, parent=data["parent"], mentions=data["mentions"]
        )
    except NotEditable:
        return _closed(request, thing)
    return redirect(comments.address_of(thing, comment))


@require_http_methods(["GET", "POST"])
def comment_edit(request, agency_code, year, pk):
    """Mend the own words within a quarter of an hour."""
    comment = _comment(request, year, pk)
    if comment.author_id != request.user.pk:
        raise PermissionDenied
    thing = comments.thing_of(comment)
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, thing, comment, status=422 if form.is_bound else 200)
    try:
        comments.edit(comment, form.cleaned_data["text"], request.user)
    except comments.TooLate:
        return _too_late(request, thing)
    except NotEditable:
        return _closed(request, thing)
    return redirect(comments.address_of(thing, comment))


@require_POST
def comment_delete(request, agency_code, year, pk):
    """Take the own words back within a quarter of an hour, unless somebody answered."""
    comment = _comment(request, year, pk)
    if comment.author_id != request.user.pk:
        raise PermissionDenied
    thing = comments.thing_of(comment)
    try:
        comments.delete(comment, request.user)
    except comments.TooLate:
        return _too_late(request, thing)
    except NotEditable:
        return _closed(request, thing)
    messages.success(request, _("The comment was deleted."))
    return redirect(comments.address_of(thing))


@require_POST
def comment_settle(request, agency_code, year, pk):
    """Mark a remark as settled (settled=1), or open it again."""
    comment = _comment(request, year, pk)
    if not can_settle(request.user, comment):
        raise PermissionDenied
    thing = comments.thing_of(comment)
    try:
        comments.settle(comment, request.POST.get("settled") == "1", request.user)
    except NotEditable:
        return _closed(request, thing)
    if request.POST.get("from") == "category" and comment.item_answer_id:
        thing = comment.item_answer.category_assessment
    if request.POST.get("from") == "list":
        return redirect("assessments:comment-list", agency_code, year)
    return redirect(comments.address_of(thing))


def _comment(request, year, pk) -> Comment:
    rows = comments_visible_to(request.user).filter(of_year(request.agency, year))
    return get_object_or_404(rows, pk=pk)


def _page(request, form, thing, comment=None, status=200):
    context = {
        "form": form,
        "comment": comment,
        "about": comments.name_of(thing),
        "back_url": comments.address_of(thing),
        "on": cards.ON_OF[type(thing)],
        "on_pk": thing.pk,
    }
    return render(request, "assessments/sharing/comment.html", context, status=status)


def _closed(request, thing):
    message = _("The cycle of the year is closed; nothing was changed.")
    return already_changed(request, message, comments.address_of(thing))


def _too_late(request, thing):
    message = _("A comment can be changed for 15 minutes, and deleted while nobody answered it.")
    return already_changed(request, message, comments.address_of(thing))
