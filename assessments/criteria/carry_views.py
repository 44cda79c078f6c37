"""Beginning this year's texts with those of last year, and taking that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import permissions
from assessments.answering import WRITABLE
from assessments.criteria import carrying
from assessments.enums import AssessmentStatus
from assessments.queries import answers_visible_to, assessment_of
from committees import roles
from core.address_values import whole_number
from workflows.enums import CycleStatus


@require_http_methods(["GET", "POST"])
def carry_texts(request, agency_code, year):
    """Show which empty items last year has a text for; POST begins those that are chosen."""
    assessment = assessment_of(request.agency, year)
    if assessment is None:
        raise Http404
    numbers = _written_numbers(request.user, assessment)
    if not numbers:
        raise PermissionDenied
    answers = _open_answers(request, assessment, numbers)
    found = carrying.texts_to_carry(assessment, answers)
    if request.method == "POST" and "back" in request.POST:
        count = carrying.take_back(answers, request.user)
        messages.success(request, _("%(count)s texts were taken back.") % {"count": count})
        return redirect("carrying:carry", agency_code, year)
    if request.method == "POST":
        chosen = set(request.POST.getlist("answer"))
        rows = [row for row in found if str(row.answer.pk) in chosen]
        count = carrying.carry(rows, request.user)
        messages.success(
            request, _("%(count)s items begin with last year's text.") % {"count": count}
        )
        return redirect("carrying:carry", agency_code, year)
    context = {
        "rows": found,
        "carried": carrying.carried_untouched(answers),
        "last_year": year - 1,
        "number": whole_number(request.GET.get("category", "")),
    }
    return render(request, "assessments/criteria/carry.html", context)


def _written_numbers(user, assessment) -> set[int]:
    """Return the categories that the person writes."""
    cycle = assessment.cycle
    if permissions.can_manage(user, assessment):
        return set(range(1, 8))
    return set(roles.written_categories(user, cycle.agency, cycle.fiscal_year))


def _open_answers(request, assessment, numbers):
    """Return the answers of the person's open categories, of one where the address says so."""
    one = whole_number(request.GET.get("category", ""))
    if (
        assessment.status != AssessmentStatus.IN_PROGRESS
        or assessment.cycle.status != CycleStatus.OPEN
    ):
        return []
    return list(
        answers_visible_to(request.user)
        .filter(
            category_assessment__assessment=assessment,
            category_assessment__status__in=WRITABLE,
            category_assessment__category__number__in=numbers & {one} if one else numbers,
        )
        .order_by("category_assessment__category__number", "item__order", "pk")
    )
