"""Screens that correct an office's edition: head and points, one item, the mapping."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.criteria import editing, mapping
from assessments.criteria.checked_yaml import EditionFileInvalid
from assessments.criteria.exporting import edition_data
from assessments.criteria.forms import HeadForm, ItemForm, rows_as_text
from assessments.criteria.importing import EditionChanged, current_edition
from assessments.criteria.views import edition_or_404, require_corrector, stored_words
from assessments.enums import Level
from assessments.models import Item


@require_http_methods(["GET", "POST"])
def head_edit(request, agency_code, pk):
    """Correct titles, note and points; unknown points are entered here."""
    require_corrector(request)
    edition = edition_or_404(request, pk)
    data = edition_data(edition)
    note = data.get("note", {})
    initial = {
        "title_th": data["title"]["th"],
        "title_en": data["title"].get("en", ""),
        "note_th": note.get("th", ""),
        "note_en": note.get("en", ""),
    }
    form = HeadForm(request.POST or None, initial=initial, data_of_edition=data)
    faults, status = [], 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            new = editing.with_points(data, form.points(), form.titles())
            answer, faults, status = _store(request, edition, new)
            if answer:
                return answer
    groups = [
        {
            "category": category,
            "field": form[f"points-{category['number']}"],
            "items": [form[f"points-{item['code']}"] for item in category["items"]],
        }
        for category in data["categories"]
    ]
    context = {"edition": edition, "form": form, "groups": groups, "faults": faults}
    return render(request, "assessments/criteria/head.html", context, status=status)


@require_http_methods(["GET", "POST"])
def item_edit(request, agency_code, pk, code):
    """Correct one item: titles, guidance, its checklist lines."""
    require_corrector(request)
    edition = edition_or_404(request, pk)
    data = edition_data(edition)
    item = editing.item_of(data, code)
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, initial=_initial(item))
    lines, faults, status = _lines(item), [], 200
    if request.method == "POST":
        lines, status = _sent_lines(request.POST, lines), 422
        if form.is_valid():
            kept = {
                block["level"]: [
                    row for row in block["lines"] if row["th"] and not row["is_removed"]
                ]
                for block in lines
            }
            new = editing.with_item(data, code, form.changes() | {"lines": kept})
            answer, faults, status = _store(request, edition, new)
            if answer:
                return answer
    context = {
        "edition": edition,
        "item": item,
        "form": form,
        "levels": lines,
        "faults": faults,
    }
    return render(request, "assessments/criteria/item.html", context, status=status)


def _store(request, edition, new):
    """Return (redirect, [], 302) when the correction is stored, else (None, why not, status)."""
    try:
        stored, is_new = editing.correct(edition, new, request.agency, request.user)
    except EditionFileInvalid as invalid:
        return None, [fault.message for fault in invalid.faults], 422
    except EditionChanged:
        message = _(
            "Somebody corrected the edition in the meantime. Open the newest revision and enter "
            "yours there; what you typed stays on this page."
        )
        return None, [message], 409
    messages.success(request, stored_words(stored) if is_new else _("Nothing differs."))
    return redirect("criteria:edition-detail", request.agency.code, stored.pk), [], 302


def _initial(item: dict) -> dict:
    asks = item.get("asks", {})
    return {
        "title_th": item["title"]["th"],
        "title_en": item["title"].get("en", ""),
        "asks_th": asks.get("th", ""),
        "asks_en": asks.get("en", ""),
        "examples": rows_as_text(item.get("examples", [])),
        "typical_ofi": rows_as_text(item.get("typical_ofi", [])),
    }


def _lines(item: dict) -> list[dict]:
    """Return each level's lines and an empty one to fill in, with the names of their fields."""
    found = []
    for level, block in item.get("levels", {}).items():
        rows = [_line(row["code"], row["th"], row.get("en", "")) for row in block["lines"]]
        rows.append(_line("", "", "", name=f"new-{level}"))
        found.append({"level": level, "label": Level(level).label, "lines": rows})
    return found


def _line(code, th, en, *, name="", is_removed=False) -> dict:
    return {"code": code, "name": name or code, "th": th, "en": en, "is_removed": is_removed}


def _sent_lines(sent, blocks: list[dict]) -> list[dict]:
    return [
        block
        | {
            "lines": [
                row
                | {
                    "th": sent.get(f"{row['name']}-th", "").strip()[:300],
                    "en": sent.get(f"{row['name']}-en", "").strip()[:300],
                    "is_removed": f"{row['name']}-remove" in sent,
                }
                for row in block["lines"]
            ]
        }
        for block in blocks
    ]


@require_http_methods(["GET", "POST"])
def mapping_edit(request, agency_code):
    """Show the mapping of a pair of editions; who may correct the criteria changes it."""
    pairs = mapping.pairs_in_force(request.agency)
    asked = (request.GET.get("from", ""), request.GET.get("to", ""))
    pair = asked if asked in pairs else next(iter(pairs), None)
    codes = _item_codes(request.agency, pair)
    rows = mapping.rows_in_force(request.agency)
    if pair:
        rows = rows.filter(from_edition=pair[0], to_edition=pair[1])
    sources: dict[str, list[str]] = {}
    for row in rows if pair else ():
        sources.setdefault(row.to_item, []).append(row.from_item)
    status, faults = 200, {}
    if request.method == "POST":
        require_corrector(request)
        if pair is None:
            raise Http404
        if "shipped" in request.POST:
            mapping.use_shipped(request.agency, pair, request.user)
            messages.success(request, _("The shipped rows are in force again."))
            return redirect(f"{request.path}?from={pair[0]}&to={pair[1]}")
        sources, faults = _sent_sources(request.POST, codes)
        if not faults:
            mapping.set_pair(request.agency, pair, sources, request.user)
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?from={pair[0]}&to={pair[1]}")
        status = 422
    context = {
        "pairs": [
            {"old": old, "new": new, "label": f"{_name(old)} → {_name(new)}"} for old, new in pairs
        ],
        "pair": pair,
        "older": _name(pair[0]) if pair else "",
        "newer": _name(pair[1]) if pair else "",
        "is_own": any(row.agency_id for row in rows) if pair else False,
        "rows": [
            {
                "code": code,
                "title": title,
                "sources": ", ".join(sources.get(code, [])),
                "fault": faults.get(code, ""),
            }
            for code, title in codes["to"].items()
        ],
        "known": ", ".join(codes["from"]),
        "can_correct": editing.can_correct(request.user, request.agency),
    }
    return render(request, "assessments/criteria/mapping.html", context, status=status)


def _name(code: str) -> str:
    """Return an edition's code as people say it: PMQA 2562."""
    return code.replace("-", " ").upper()


def _item_codes(agency, pair) -> dict[str, dict[str, str]]:
    """Return code → title of both editions of the pair."""
    found = {}
    for name, code in zip(("from", "to"), pair or ("", ""), strict=True):
        items = Item.objects.filter(category__edition=current_edition(code, agency))
        found[name] = {item.code: item.title for item in items}
    return found


def _sent_sources(sent, codes) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return to item → from items as sent, and what names no item of the older edition."""
    sources, faults = {}, {}
    for code in codes["to"]:
        words = sent.get(f"to-{code}", "").replace(",", " ").split()[:10]
        sources[code] = words
        unknown = [word for word in words if word not in codes["from"]]
        if unknown:
            message = _("There is no item %(codes)s in the older edition")
            faults[code] = message % {"codes": ", ".join(unknown)}
    return sources, faults
