"""The form of all limits of a year: pages, letters and source of every paper and section."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.award.limits import SELF_ASSESSMENT, Place, places
from reports.award.topics import form_of

MOST_PAGES, MOST_LETTERS = 2_000, 1_000_000
LABELS = {"pages": gettext_lazy("Pages at most"), "letters": gettext_lazy("Letters at most")}


class LimitsForm(forms.Form):
    """Three fields a place; what is left empty has no limit."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        stored = {f"{row.kind}--{row.section}": row for row in rows}
        for place in places():
            row = stored.get(place.name)
            if place.has_pages:
                self._add_number(place, "pages", row and row.most_pages, MOST_PAGES)
            if place.has_letters:
                self._add_number(place, "letters", row and row.most_letters, MOST_LETTERS)
            self.fields[f"{place.name}--source"] = forms.CharField(
                label=gettext_lazy("Where this is said"),
                required=False,
                max_length=200,
                initial=row.source if row else "",
            )

    def _add_number(self, place: Place, name: str, initial, most: int) -> None:
        self.fields[f"{place.name}--{name}"] = forms.IntegerField(
            label=LABELS[name], required=False, min_value=1, max_value=most, initial=initial
        )

    def limits(self) -> dict[tuple[str, str], dict]:
        """Return (kind, section) → what was entered."""
        data = self.cleaned_data
        return {
            (place.kind, place.section): {
                "most_pages": data.get(f"{place.name}--pages"),
                "most_letters": data.get(f"{place.name}--letters"),
                "source": data[f"{place.name}--source"],
            }
            for place in places()
        }

    def groups(self) -> list[dict]:
        """Return the papers with their rows, as the page lists them."""
        found: list[dict] = []
        for place in places():
            if not found or found[-1]["kind"] != place.kind:
                found.append({"kind": place.kind, "title": _title(place.kind), "rows": []})
            fields = ("pages", "letters", "source")
            found[-1]["rows"].append(
                {"label": _label(place)}
                | {name: self._cell(f"{place.name}--{name}") for name in fields}
            )
        return found

    def entered(self) -> list[dict]:
        """Return `groups` without what nobody has entered a limit for: what readers want."""
        kept = [group | {"rows": [*filter(_is_entered, group["rows"])]} for group in self.groups()]
        return [group for group in kept if group["rows"]]

    def _cell(self, name: str) -> dict | None:
        if name not in self.fields:
            return None
        value = self[name].value()
        return {"name": name, "value": "" if value is None else value, "errors": self[name].errors}


def _is_entered(row: dict) -> bool:
    return any(row[name] and row[name]["value"] for name in ("pages", "letters"))


def _title(kind: str) -> str:
    form = form_of(kind)
    return form.title if form else _("Self-assessment report")


def _label(place: Place) -> str:
    if not place.section:
        return _("The whole paper")
    if place.kind == SELF_ASSESSMENT:
        return _("The text of each item")
    form = form_of(place.kind)
    topic = form.topic(place.section)
    if topic:
        return topic.title
    if place.section == "reason":
        return _("The reason of each item")
    return _("Category %(number)s") % {"number": place.section.removeprefix("category-")}
