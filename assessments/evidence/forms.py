"""Forms to attach, describe, replace, find and hand over evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.roles import active_memberships
from assessments.enums import EvidenceKind
from assessments.evidence.keeping import Facts
from assessments.evidence.library import SORTS, STATES, Wanted
from assessments.models import Evidence
from core.address_values import whole_number
from core.form_fields import BuddhistDateField
from core.thai_text import normalize

MOST_FILES = 50
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; `cleaned_data` holds a list."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Attach at most %(count)s files at once.") % {"count": MOST_FILES}
            )
        # An empty or ill-named file is refused in its own row, not for all of them.
        return files


class FactsForm(forms.Form):
    """The time evidence speaks of, until when it holds, and whether it is confidential."""

    period_from = BuddhistDateField(label=_("Proves from"), required=False)
    period_to = BuddhistDateField(label=_("Proves until"), required=False)
    valid_until = BuddhistDateField(
        label=_("Valid until"),
        required=False,
        help_text=_("For certificates, licences and contracts; empty where it does not expire"),
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential: others see its code only"), required=False
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("period_from"), data.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", _("The period ends before it begins."))
        return data

    def facts(self, owner: User | None = None) -> Facts:
        """Return what was entered; only of a valid form."""
        names = ("period_from", "period_to", "valid_until", "is_confidential")
        return Facts(owner=owner, **{name: self.cleaned_data[name] for name in names})


class AttachForm(FactsForm):
    """New evidence (files, photos, a link or a note), or evidence the year already has."""

    files = ManyFilesField(label=_("Files"), required=False)
    photos = ManyFilesField(label=_("Take a picture"), required=False)
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Address of a page that shows it, for example https://…"),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    existing = forms.ModelChoiceField(
        label=_("Evidence already kept this year"), queryset=Evidence.objects.none(), required=False
    )
    title = forms.CharField(
        label=_("Name of the evidence"),
        required=False,
        max_length=200,
        help_text=_("Without a name the file name is used"),
    )
    page = forms.CharField(label=_("Page"), required=False, max_length=40)

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["existing"].queryset = evidence
        self.fields["existing"].label_from_instance = lambda row: f"{row.code} {row.title}"

    def clean_title(self):
        return normalize(self.cleaned_data["title"]).strip()

    def clean(self):
        data = super().clean()
        names = ("files", "photos", "url", "note", "existing")
        if not any(data.get(name) for name in names) and not self.errors:
            self.add_error("files", _("Choose a file, or give a link, a note or kept evidence."))
        if data.get("url") and not data.get("title"):
            self.add_error("title", _("Name the page that the link leads to."))
        return data

    @property
    def uploads(self) -> list:
        return [*self.cleaned_data["files"], *self.cleaned_data["photos"]]


class EvidenceForm(FactsForm):
    """Name, note, time and owner of a piece of evidence."""

    title = forms.CharField(label=_("Name of the evidence"), max_length=200)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), required=False)
    # What the page said when it was opened: an older page saved late uncovers nothing.
    was_confidential = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = (
        *("title", "note", "owner", "period_from", "period_to"),
        *("valid_until", "is_confidential"),
    )

    def __init__(self, data=None, *, evidence: Evidence):
        names = [name for name in self.field_order if name != "owner"]
        initial = {name: getattr(evidence, name) for name in names}
        initial |= {"owner": evidence.owner_id, "was_confidential": evidence.is_confidential}
        super().__init__(data, initial=initial)
        self.evidence = evidence
        self.fields["owner"].queryset = people_of(evidence.cycle.agency)

    def clean(self):
        data = super().clean()
        if self.evidence.kind == EvidenceKind.NOTE and not data.get("note"):
            self.add_error("note", _("Evidence that is a note needs its text."))
        says_so = data.get("is_confidential") or data.get("was_confidential")
        if self.evidence.is_confidential and not says_so:
            self.add_error(
                "is_confidential",
                _(
                    "It became confidential after you opened this page. "
                    "Tick this to keep it so, or open the page anew to change it."
                ),
            )
        return data


class ReplaceForm(forms.Form):
    """Newer content under the same code."""

    number = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("New file"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
    )
    url = forms.URLField(label=_("New link"), required=False, max_length=500, assume_scheme="https")
    note = forms.CharField(
        label=_("New text"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, prefix="new", **kwargs)
        for name, own in (("url", EvidenceKind.LINK), ("note", EvidenceKind.NOTE)):
            if kind != own:
                del self.fields[name]

    def clean(self):
        data = super().clean()
        given = [name for name in ("file", "url", "note") if data.get(name)]
        if not given and not self.errors:
            self.add_error(self.fields_in_use[0], _("Give what takes its place."))
        if len(given) > 1:
            self.add_error(given[1], _("Give one thing only."))
        return data

    @property
    def fields_in_use(self) -> list[str]:
        return [name for name in ("file", "url", "note") if name in self.fields]


def people_of(agency):
    """Return the office's active people."""
    keys = [row.user_id for row in active_memberships(agency)]
    return User.objects.filter(pk__in=keys).order_by("sort_key", "pk")


def wanted_from(query) -> Wanted:
    """Return what an address asks the library for; what means nothing narrows nothing."""
    place = query.get("category", "").strip()
    is_place = place.replace(".", "", 1).isdecimal() and place.isascii() and len(place) <= 6
    kind, state, sort = (query.get(name, "") for name in ("kind", "use", "sort"))
    return Wanted(
        text=query.get("q", "").replace("\0", "").strip()[:100],
        place=place if is_place else "",
        kind=kind if kind in EvidenceKind.values else "",
        owner=whole_number(query.get("owner")),
        state=state if state in STATES else "",
        sort=sort if sort in SORTS else "code",
    )


class OwnerForm(forms.Form):
    """Who is to look after the chosen evidence."""

    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none())

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(agency)


class PlaceForm(forms.Form):
    """Where the chosen evidence is used, too: a choice such as "item-12", or an ITA question."""

    target = forms.ChoiceField(label=_("Use it at"), required=False)
    ita_question = forms.RegexField(
        r"^[A-Za-z]{0,3}\s?[0-9]{1,3}$",
        label=_("or at an ITA question"),
        required=False,
        max_length=20,
        help_text=_("Its number, for example O12"),
        error_messages={"invalid": _("Write the number of the question, for example O12.")},
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", _("Choose")), *choices]

    def clean_ita_question(self):
        return self.cleaned_data["ita_question"].upper().replace(" ", "")

    def clean(self):
        data = super().clean()
        if bool(data.get("target")) == bool(data.get("ita_question")) and not self.errors:
            self.add_error("target", _("Choose one place."))
        return data
