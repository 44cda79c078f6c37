"""Answers to requests that came too late."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def already_changed(request: HttpRequest, message: str, back_url: str) -> HttpResponse:
    """Return 409: nothing was written, why, and the address that shows how it stands now.

    An htmx request is sent to that address, and reads the message there.
    """
    if request.htmx:
        messages.error(request, message)
        return HttpResponse(status=409, headers={"HX-Redirect": back_url})
    context = {"message": message, "back_url": back_url}
    return render(request, "components/conflict.html", context, status=409)
