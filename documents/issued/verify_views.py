"""ตรวจสอบเอกสาร: open to everybody, and showing nothing but what proves a paper genuine."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agencies.middleware import public
from documents import secret_links
from documents.issued import verification

CODE_LENGTH = 64


@public
@require_GET
def ask(request):
    """Ask for the code on the foot of a paper."""
    code = request.GET.get("code", "").strip()[:CODE_LENGTH]
    if code and "/" not in code:
        return redirect("verify:paper", verification.normal_code(code))
    page = render(request, "documents/verify_ask.html", {"unknown": bool(code), "typed": code})
    return secret_links.unlisted(page)


@public
@require_http_methods(["GET", "POST"])
def paper(request, code):
    """Show what the paper with this code is; compare a file with it."""
    address = request.META["REMOTE_ADDR"]
    document = verification.document_of(code)
    if document is None:
        if verification.has_tried_enough(address):
            return secret_links.wait(request)
        verification.count_try(address)
        context = {"unknown": True, "typed": code[:CODE_LENGTH]}
        page = render(request, "documents/verify_ask.html", context, status=404)
        return secret_links.unlisted(page)
    context = {
        "document": document,
        "newer": verification.newer_than(document),
        "same": None,
        "fault": "",
    }
    if request.method == "POST":
        if verification.has_tried_enough(address, document.verification_code):
            return secret_links.wait(request)
        context |= _compared(document, request.FILES.get("file"))
        if not context["same"]:
            verification.count_try(address, document.verification_code)
    status = 422 if context["fault"] else 200
    return secret_links.unlisted(render(request, "documents/verify.html", context, status=status))


def _compared(document, uploaded) -> dict:
    if uploaded is None:
        return {"fault": _("Choose the PDF file that you want to compare.")}
    # A book of a year may be larger than what people may upload elsewhere.
    if uploaded.size > max(settings.MAX_UPLOAD_BYTES, document.file.size):
        return {"fault": _("The file is too large to be one of our papers.")}
    return {"same": verification.is_same_file(document, uploaded)}
