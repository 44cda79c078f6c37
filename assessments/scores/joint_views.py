"""Recording the consensus and an outside assessor's score."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.answering import AnswerRefused
from assessments.enums import Level
from assessments.item.views import state_or_404
from assessments.scores import concluding, page, permissions, sheets, spread
from assessments.scores.forms import ConsensusForm, ExternalForm
from assessments.scores.seeing import look
from assessments.scores.summary import scores_of
from assessments.scores.views import scores_address
from core import clock
from core.refusals import already_changed
from documents.revisions import NotEditable


@require_http_methods(["GET", "POST"])
def consensus(request, agency_code, year, pk):
    """Record what the team agreed on, with the reason."""
    item = state_or_404(request, year, pk)
    if not permissions.can_conclude(request.user, item.category_assessment):
        raise PermissionDenied
    if not sheets.is_scored_by_people(item):
        raise Http404
    seen = look(request.user, item.category_assessment, scores_of(item.answer))
    if not seen.is_opened:
        message = _("The champion has not opened the consensus yet.")
        return already_changed(request, message, scores_address(item))
    lines = sheets.lines_of(item)
    votes = spread.votes_by_line(seen.members, [line.code for line in lines])
    adopts = page.may_adopt(item, request.user)
    initial = _initial(seen.consensus, lines, votes) | {"adopt": adopts}
    form = ConsensusForm(request.POST or None, initial=initial, item=item, lines=lines)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        refused = _store(
            form,
            lambda: concluding.record_consensus(
                item,
                form.sheet(),
                data["reason"],
                version=data["version"],
                by=request.user,
                adopt=data["adopt"],
            ),
        )
        if not refused:
            messages.success(request, _("The consensus was recorded."))
            return redirect("assessments:item-scores", agency_code, year, pk)
    context = _context(item, form, lines, votes) | {"seen": seen, "may_adopt": adopts}
    return _page(request, "assessments/scores/consensus.html", form, context)


@require_http_methods(["GET", "POST"])
def external(request, agency_code, year, pk):
    """Enter what an outside assessor gave."""
    item = state_or_404(request, year, pk)
    if not permissions.can_enter_external(request.user, item.category_assessment):
        raise PermissionDenied
    rows = {row.kind: row for row in scores_of(item.answer)}
    row = rows.get("external")
    lines = sheets.lines_of(item)
    initial = _initial(row, lines, {})
    initial |= {
        "assessor": row.assessor if row else "",
        "given_on": timezone.localtime(row.at).date() if row else clock.today(),
        "score": row.score if row else None,
    }
    form = ExternalForm(request.POST or None, initial=initial, item=item, lines=lines)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        refused = _store(
            form,
            lambda: concluding.record_external(
                item,
                form.sheet(),
                data["reason"],
                assessor=data["assessor"],
                given_on=data["given_on"],
                version=data["version"],
                by=request.user,
            ),
        )
        if not refused:
            messages.success(request, _("The assessor's score was saved."))
            return redirect("assessments:item-scores", agency_code, year, pk)
    context = _context(item, form, lines, {})
    return _page(request, "assessments/scores/external.html", form, context)


def _store(form, store) -> bool:
    """Store, or put the refusal into the form; nothing typed is lost. Returns whether refused."""
    try:
        store()
        return False
    except AnswerRefused as refusal:
        form.add_error("percent" if "percent" in form.fields else None, str(refusal))
    except sheets.Changed as change:
        form.data = form.data.copy()
        form.data["version"] = str(change.current.version)
        form.add_error(
            None,
            _("%(who)s recorded another score meanwhile. Compare, then save yours again.")
            % {"who": change.current.user},
        )
    except NotEditable:
        form.add_error(
            None,
            _(
                "Nothing was saved: the category is locked or the year is closed. "
                "Without the tick the consensus can be recorded while the year is open."
            )
            if "adopt" in form.fields
            else _("The cycle of the year is closed."),
        )
    return True


def _initial(row, lines, votes) -> dict:
    """Return what stands in the form: the recorded sheet, else what all members agree on."""
    recorded = row.lines if row else {}
    initial = {"version": row.version if row else 0, "reason": row.reason if row else ""}
    for line in lines:
        agreed = votes[line.code].agreed if line.code in votes else ""
        initial[f"line_{line.pk}"] = recorded.get(line.code) or agreed
    initial["percent"] = row.percent if row else None
    dimensions = row.dimensions if row else {}
    return initial | {f"dimension_{code}": step for code, step in dimensions.items()}


def _context(item, form, lines, votes) -> dict:
    levels: dict[str, list] = {}
    for line in lines:
        field = form[f"line_{line.pk}"]
        levels.setdefault(line.level, []).append(
            {
                "line": line,
                "name": field.html_name,
                "value": field.value() or "",
                "errors": field.errors,
                "votes": votes.get(line.code),
            }
        )
    return page.head(item) | {
        "form": form,
        "levels": [{"label": Level(code).label, "rows": rows} for code, rows in levels.items()],
    }


def _page(request, template, form, context):
    return render(request, template, context, status=422 if form.errors else 200)
