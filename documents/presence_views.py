"""The address that editors report to while they are open."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.address_values import whole_number
from documents import presence


@require_POST
def presence_report(request, agency_code, year):
    """Note that the person has the object open; answer who else has, in words."""
    try:
        rows = presence.objects_visible_to(request.POST.get("type", ""), request.user)
    except presence.UnknownKind as error:
        raise Http404 from error
    obj = get_object_or_404(rows, pk=whole_number(request.POST.get("id")))
    if not presence.may_edit(obj, request.user):
        raise PermissionDenied
    presence.seen(obj, request.user)
    names = [str(person) for person in presence.others(obj, request.user)]
    words = _("%(names)s is editing this too") % {"names": ", ".join(names)} if names else ""
    return JsonResponse({"names": names, "words": words})
