"""Pages that a link alone opens, without sign-in: kept out of caches, search engines and logs.

Links of others cannot be guessed; whoever tries many is soon asked to wait.
"""

from django.shortcuts import render

from documents.issued import verification


def unlisted(response):
    """Keep the answer out of caches and search engines, and its address out of what the page's own
    files are asked with (logs of proxies keep that).
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def unknown_link(request, template: str):
    """Answer a link that leads nowhere, and count the try: 404, or 429 after too many.

    Asked only once a link is known to be wrong: a whole office shares one address, and whoever
    tries links there keeps nobody from a link of one's own.
    """
    address = request.META["REMOTE_ADDR"]
    if verification.has_tried_enough(address):
        return wait(request)
    verification.count_try(address)
    return unlisted(render(request, template, status=404))


def wait(request):
    """Ask to wait, because something was tried too often."""
    return unlisted(render(request, "documents/verify_wait.html", status=429))
