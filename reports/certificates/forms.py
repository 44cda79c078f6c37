"""The form of a certificate. Every refusal stands at its field, in words, and keeps the rest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import BuddhistDateField
from core.thai_text import normalize
from reports.certificates.writing import MOST_RECIPIENTS, MOST_SIGNERS, recipients_in
from reports.models import Recipient

SIGNER_PARTS = ("name", "position", "acting")
SHOWN = 60
LONGEST = Recipient._meta.get_field("name").max_length


class CertificateForm(forms.Form):
    """Title, reason, day, recipients one a line, and up to three signers."""

    title = forms.CharField(label=_("Heading of the certificate"), max_length=120)
    reason = forms.CharField(
        label=_("What it is given for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "th"}),
        help_text=_("Printed below every name, such as: มีผลงานดีเด่น หมวด 3"),
    )
    given_on = BuddhistDateField(label=_("Given on"), required=False)
    recipients = forms.CharField(
        label=_("Recipients"),
        max_length=120_000,
        widget=forms.Textarea(
            attrs={
                "rows": 14,
                "lang": "th",
                "wrap": "off",
                "data-pmqa-count-lines": "recipients-counted",
            }
        ),
        help_text=_("One a line: name | position or unit. Columns of a sheet can be pasted too."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_SIGNERS + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name"), required=False, max_length=160
            )
            self.fields[f"position_{number}"] = forms.CharField(
                label=_("Position"), required=False, max_length=200
            )
            self.fields[f"acting_{number}"] = forms.CharField(
                label=_("Acting for"), required=False, max_length=200
            )

    def clean_recipients(self):
        rows = recipients_in(normalize(self.cleaned_data["recipients"]))
        if not rows:
            raise forms.ValidationError(_("Write at least one recipient."))
        if len(rows) > MOST_RECIPIENTS:
            raise forms.ValidationError(
                _("At most %(count)d recipients.") % {"count": MOST_RECIPIENTS}
            )
        for place, (name, detail) in enumerate(rows, start=1):
            if not name:
                raise forms.ValidationError(
                    _("Recipient %(place)d has no name: “%(line)s”")
                    % {"place": place, "line": shortened(detail)}
                )
            if max(len(name), len(detail)) > LONGEST:
                raise forms.ValidationError(
                    _("Recipient %(place)d is too long: “%(line)s”")
                    % {"place": place, "line": shortened(name or detail)}
                )
        return rows

    def clean(self):
        data = super().clean()
        for number in range(1, MOST_SIGNERS + 1):
            if data.get(f"acting_{number}") and not data.get(f"position_{number}"):
                self.add_error(f"position_{number}", _("Write the signer's own position."))
        if not self.errors and not self.signers():
            self.add_error("name_1", _("Write at least one signer."))
        return data

    def signers(self) -> list[dict[str, str]]:
        """Return the signers that say something, in their order."""
        rows = [
            {
                part: normalize(self.cleaned_data.get(f"{part}_{number}", ""))
                for part in SIGNER_PARTS
            }
            for number in range(1, MOST_SIGNERS + 1)
        ]
        return [row for row in rows if any(row.values())]

    def words(self) -> dict:
        """Return the cleaned values as the certificate's own columns."""
        data = self.cleaned_data
        return {
            "title": normalize(data["title"]),
            "reason": normalize(data["reason"]),
            "given_on": data["given_on"],
            "signers": self.signers(),
        }

    def signer_rows(self) -> list[list]:
        """Return the bound fields of each signer."""
        return [
            [self[f"{part}_{number}"] for part in SIGNER_PARTS]
            for number in range(1, MOST_SIGNERS + 1)
        ]


def shortened(line: str) -> str:
    """Return the beginning of a line, by which it is found among many."""
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


def initial_of(words: dict, lines: str = "") -> dict:
    """Return a certificate's columns as its form begins with them."""
    signers = {
        f"{part}_{number}": row.get(part, "")
        for number, row in enumerate(words["signers"], start=1)
        for part in SIGNER_PARTS
    }
    return words | signers | {"recipients": lines}
