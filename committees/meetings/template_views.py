"""The office's own forms of agenda: list, write, delete."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies import audit
from committees.meetings import agenda_templates
from committees.meetings.agenda_forms import TemplateForm
from committees.meetings.lookup import caller_or_403
from committees.meetings.queries import templates_visible_to
from committees.models import AgendaTemplate
from documents.revisions import SaveConflict, save_text


def _template_or_404(request, pk):
    return get_object_or_404(
        templates_visible_to(request.user).filter(agency=request.agency), pk=pk
    )


@require_GET
def template_list(request, agency_code, year):
    """Show the shipped forms of agenda and the office's own."""
    caller_or_403(request)
    shipped = [
        (key, name, agenda_templates.SHIPPED[key]) for key, name in agenda_templates.NAMES.items()
    ]
    own = templates_visible_to(request.user).filter(agency=request.agency)
    return render(request, "meetings/templates.html", {"shipped": shipped, "own": own})


@require_http_methods(["GET", "POST"])
def template_new(request, agency_code, year):
    """Begin an own template, as a copy of a shipped one (`?copy=five`)."""
    caller_or_403(request)
    copied = agenda_templates.SHIPPED.get(request.GET.get("copy", ""), [])
    template = AgendaTemplate(agency=request.agency)
    form = TemplateForm(
        request.POST or None,
        template=template,
        initial={"lines": agenda_templates.lines_of(copied)},
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            template.name, template.headings = form.cleaned_data["name"], form.cleaned_data["lines"]
            template.save()
            audit.record(
                request.agency, request.user, "agenda.template", template, summary=template.name
            )
        messages.success(request, _("Saved."))
        return redirect("meetings:templates", agency_code, year)
    context = {"form": form, "template": None}
    return render(request, "meetings/template.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def template_edit(request, agency_code, year, pk):
    """Change an own template; agendas already made keep theirs."""
    template = _template_or_404(request, pk)
    caller_or_403(request)
    initial = {
        "name": template.name,
        "lines": agenda_templates.lines_of(template.headings),
        "version": template.version,
    }
    form = TemplateForm(request.POST or None, template=template, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changes = {"name": data["name"], "headings": data["lines"]}
        try:
            save_text(
                template,
                changes,
                version=data["version"] or 0,
                by=request.user,
                agency=request.agency,
            )
        except SaveConflict as error:
            conflict = agenda_templates.lines_of(error.current.headings)
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings:templates", agency_code, year)
    context = {"form": form, "template": template, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "meetings/template.html", context, status=status)


@require_POST
def template_delete(request, agency_code, year, pk):
    """Delete an own template; agendas already made keep their items."""
    template = _template_or_404(request, pk)
    caller_or_403(request)
    with transaction.atomic():
        audit.record(
            request.agency, request.user, "agenda.template_delete", template, summary=template.name
        )
        template.delete()
    messages.success(request, _("The template is deleted."))
    return redirect("meetings:templates", agency_code, year)
