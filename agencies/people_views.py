"""Screens of the people of an office."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import people, permissions
from agencies.emails import send_password_link
from agencies.forms import PeopleFilterForm, PersonAddForm, PersonEditForm, ReasonForm
from agencies.queries import memberships_visible_to

PAGE_SIZE = 30


def require_manager(request):
    """Raise PermissionDenied unless the person may run this office."""
    if not permissions.can_manage_office(request.user, request.agency):
        raise PermissionDenied


def _membership(request, pk):
    """Return a membership of this office that the person may change, else 404 or 403."""
    require_manager(request)
    membership = get_object_or_404(
        memberships_visible_to(request.user)
        .filter(agency=request.agency)
        .select_related("user", "agency", "unit"),
        pk=pk,
    )
    if not permissions.can_change_membership(request.user, membership):
        raise PermissionDenied
    return membership


@require_GET
def person_list(request, agency_code):
    require_manager(request)
    form = PeopleFilterForm(request.agency, request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    rows = request.agency.memberships.select_related("user", "unit").filter(
        is_active=wanted.get("state") != "inactive"
    )
    for name in ("unit", "role"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    order = {"unit": ["unit__order", "user__sort_key"], "role": ["role", "user__sort_key"]}
    rows = rows.order_by(*order.get(wanted.get("sort"), ["user__sort_key"]), "pk")
    if wanted.get("q"):
        rows = people.search(rows, wanted["q"])
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    changeable = permissions.roles_grantable_by(request.user, request.agency)
    return render(
        request,
        "agencies/person_list.html",
        {
            "filter_form": form,
            "page_obj": page,
            "query": f"{query.urlencode()}&" if query else "",
            "is_filtered": any(wanted.get(name) for name in ("q", "unit", "role")),
            "changeable_roles": changeable,
        },
    )


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def person_add(request, agency_code):
    require_manager(request)
    roles = permissions.roles_grantable_by(request.user, request.agency)
    form = PersonAddForm(request.agency, roles, request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership, password = people.add_person(
            request.agency,
            request.user,
            username=form.cleaned_data["username"],
            role=form.cleaned_data["role"],
            unit=form.cleaned_data["unit"],
            **form.account(),
        )
        if password:
            return _printed_password(request, membership, password)
        send_password_link(membership.user, request.agency)
        messages.success(
            request,
            _("%(person)s was added. A link to set a password was sent to %(email)s.")
            % {"person": membership.user, "email": membership.user.email},
        )
        return redirect("agencies:person-list", agency_code)
    return render(request, "agencies/person_form.html", {"form": form, "membership": None})


@require_http_methods(["GET", "POST"])
def person_edit(request, agency_code, pk):
    membership = _membership(request, pk)
    roles = permissions.roles_grantable_by(request.user, request.agency)
    may_change_account = permissions.can_change_account(request.user, membership)
    form = PersonEditForm(membership, roles, may_change_account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.update_person(
                membership,
                request.user,
                role=form.cleaned_data["role"],
                unit=form.cleaned_data["unit"],
                **form.account(),
            )
        except ValidationError as error:
            form.add_error("role", error)
        else:
            messages.success(request, _("Saved."))
            return redirect("agencies:person-list", agency_code)
    return render(
        request,
        "agencies/person_form.html",
        {"form": form, "membership": membership, "may_change_account": may_change_account},
    )


@require_http_methods(["GET", "POST"])
def person_deactivate(request, agency_code, pk):
    membership = _membership(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.deactivate(membership, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("%(person)s can no longer sign in.") % {"person": membership.user}
            )
            return redirect("agencies:person-list", agency_code)
    return render(
        request, "agencies/person_deactivate.html", {"form": form, "membership": membership}
    )


@require_POST
def person_reactivate(request, agency_code, pk):
    membership = _membership(request, pk)
    people.reactivate(membership, request.user)
    messages.success(request, _("%(person)s can sign in again.") % {"person": membership.user})
    return redirect("agencies:person-list", agency_code)


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
def person_password(request, agency_code, pk):
    """Ask how, then print a temporary password once or mail a link."""
    membership = _membership(request, pk)
    if not permissions.can_change_account(request.user, membership):
        raise PermissionDenied
    if request.method == "POST":
        if request.POST.get("by") == "email" and membership.user.email:
            with transaction.atomic():
                people.record_password_link(membership, request.user)
            send_password_link(membership.user, request.agency)
            messages.success(
                request,
                _("A link to set a password was sent to %(email)s.")
                % {"email": membership.user.email},
            )
            return redirect("agencies:person-list", agency_code)
        password = people.reset_to_temporary_password(membership, request.user)
        return _printed_password(request, membership, password)
    return render(request, "agencies/person_password.html", {"membership": membership})


def _printed_password(request, membership, password):
    """Show the temporary password this one time; it is stored only as a hash."""
    return render(
        request,
        "agencies/password_slip.html",
        {
            "membership": membership,
            "password": password,
            "login_url": settings.BASE_URL + reverse("account_login"),
        },
    )
