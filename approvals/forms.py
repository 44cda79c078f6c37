"""Forms of the decision page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.queries import people_of
from approvals.chains import ALL_KINDS, ChainSetting
from approvals.models import ApprovalChain
from approvals.requests import decision_kinds
from core import clock
from core.form_fields import BuddhistDateField


class ReturnForm(forms.Form):
    """Why something goes back: ready reasons, and words of one's own."""

    reasons = forms.MultipleChoiceField(
        label=_("Reason (more than one may be chosen)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=_("What must be corrected"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, reasons=(), has_extra=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_extra = has_extra
        self.fields["reasons"].choices = [(str(reason), str(reason)) for reason in reasons]
        if not reasons:
            del self.fields["reasons"]

    def clean(self):
        data = super().clean()
        is_said = self.has_extra or data.get("comment", "").strip() or data.get("reasons")
        if not is_said:
            self.add_error("comment", _("Give a reason, so that the sender knows what to mend."))
        return data

    def reason_text(self) -> str:
        """Return reasons and words as one text, as it is sent to who submitted."""
        lines = [", ".join(self.cleaned_data.get("reasons", []))]
        lines.append(self.cleaned_data.get("comment", "").strip())
        return "\n".join(line for line in lines if line)


class PaperSignatureForm(forms.Form):
    """A decision signed on paper: the day on it, its scan, and a remark."""

    signed_on = BuddhistDateField(label=_("Signed on"))
    scan = forms.FileField(
        label=_("Scan of the signed paper"), help_text=_("PDF or picture, at most 20 MB")
    )
    comment = forms.CharField(label=_("Remark"), required=False, max_length=500)

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise ValidationError(_("The signing day cannot lie in the future."))
        return day


class ChainsForm(forms.Form):
    """One choice for every kind of matter, one for those that say nothing of their own.

    The choices: as the rule for all, the director alone, the deputies, or a person.
    """

    LIKE_ALL, DIRECT, DEPUTIES = "", "direct", "deputies"

    def __init__(self, agency: Agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people: dict[str, User] = {str(person.pk): person for person in people_of(agency)}
        held = {row.kind: row for row in ApprovalChain.objects.filter(agency=agency)}
        named = [(key, str(person)) for key, person in self.people.items()]
        steps = [
            (self.DIRECT, _("The director decides, nobody endorses")),
            (self.DEPUTIES, _("A deputy director endorses first")),
            (_("This person endorses first"), named),
        ]
        self.kinds = [ALL_KINDS, *(kind for kind, _name in decision_kinds())]
        names = {ALL_KINDS: _("All kinds"), **dict(decision_kinds())}
        for kind in self.kinds:
            own = [] if kind == ALL_KINDS else [(self.LIKE_ALL, _("As for all kinds"))]
            self.fields[self._field(kind)] = forms.ChoiceField(
                label=names[kind],
                choices=[*own, *steps],
                required=kind == ALL_KINDS,
                initial=self._initial(held.get(kind), kind),
            )

    @staticmethod
    def _field(kind: str) -> str:
        return f"kind-{kind.replace('.', '-') or 'all'}"

    def _initial(self, row: ApprovalChain | None, kind: str) -> str:
        if row is None:
            return self.DIRECT if kind == ALL_KINDS else self.LIKE_ALL
        if not row.is_endorsed:
            return self.DIRECT
        return str(row.endorser_id) if row.endorser_id else self.DEPUTIES

    def settings(self) -> list[ChainSetting]:
        """Return what was chosen, without the kinds that go as all do."""
        chosen = []
        for kind in self.kinds:
            value = self.cleaned_data[self._field(kind)]
            if value != self.LIKE_ALL:
                person = self.people.get(value)
                chosen.append(ChainSetting(kind, value != self.DIRECT, person))
        return chosen
