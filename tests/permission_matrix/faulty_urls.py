"""Views that break one rule each, to show that the permission matrix notices."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.middleware import public
from agencies.models import Unit
from agencies.roles import is_officer
from pmqa_portal import urls as portal


@require_GET
def kept(request, agency_code):
    return HttpResponse("ok")


@require_GET
def open_to_all(request, agency_code):
    """Should be for officers only."""
    return HttpResponse("ok")


@require_GET
def unit_of_any_office(request, agency_code, pk):
    return HttpResponse(get_object_or_404(Unit, pk=pk).name)


@require_POST
def writes_then_refuses(request, agency_code):
    Unit.objects.filter(agency=request.agency).update(short_name="x")
    if not is_officer(request.user, request.agency):
        raise PermissionDenied
    return HttpResponse("ok")


def takes_every_method(request, agency_code):
    return HttpResponse("ok")


@require_GET
def writes_on_get(request, agency_code):
    Unit.objects.filter(agency=request.agency).update(short_name="x")
    return HttpResponse("ok")


@public
@require_GET
def without_sign_in(request, agency_code):
    return HttpResponse("ok")


@require_http_methods(["POST"])
def takes_foreign_ids(request, agency_code):
    if not is_officer(request.user, request.agency):
        raise PermissionDenied
    Unit.objects.filter(pk=request.POST.get("unit", 0)).update(short_name="x")
    return HttpResponse("ok")


OFFICE = "o/<slug:agency_code>/"
urlpatterns = [
    *portal.urlpatterns,
    path(OFFICE + "kept", kept, name="kept"),
    path(OFFICE + "open", open_to_all, name="open-to-all"),
    path(OFFICE + "units/<int:pk>", unit_of_any_office, name="unit-of-any-office"),
    path(OFFICE + "late", writes_then_refuses, name="writes-then-refuses"),
    path(OFFICE + "methods", takes_every_method, name="takes-every-method"),
    path(OFFICE + "get", writes_on_get, name="writes-on-get"),
    path(OFFICE + "public", without_sign_in, name="without-sign-in"),
    path(OFFICE + "foreign", takes_foreign_ids, name="takes-foreign-ids"),
]
