"""Forms of committees, seats and orders. Every refusal stands at its field, in words."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.queries import people_of
from committees.enums import CommitteeKind, CommitteeRole, OrderStatus
from committees.models import AppointmentOrder, Committee, CommitteeMember
from committees.roles import CHAMPION_CATEGORIES, WORKING_KINDS
from core import clock
from core.fiscal_year import to_be
from core.form_fields import BuddhistDateField
from core.thai_numerals import to_arabic_digits


class PersonField(forms.ModelChoiceField):
    """People of the office, each with the position that tells namesakes apart."""

    def label_from_instance(self, user):
        name = user.get_full_name()
        return f"{name} — {user.position}" if user.position else name


class CategoryField(forms.TypedChoiceField):
    """One of categories 1–6, or none."""

    def __init__(self, **kwargs):
        choices = [("", "—"), *((str(number), str(number)) for number in CHAMPION_CATEGORIES)]
        kwargs = {"choices": choices, "coerce": int, "empty_value": None} | kwargs
        super().__init__(required=False, **kwargs)


class SeatForm(forms.ModelForm):
    """One seat of a committee: who sits there, as what, for which category."""

    user = PersonField(
        label=_("Person of the office"), queryset=User.objects.none(), required=False
    )
    champion_of = CategoryField(label=_("Champion of category"))
    team_of = CategoryField(label=_("In the team of category"))
    substitute = PersonField(
        label=_("Substitute"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Who comes to meetings when this member cannot; not printed in the order"),
    )

    class Meta:
        model = CommitteeMember
        fields = [
            "user",
            "outside_name",
            "outside_position",
            "role",
            "champion_of",
            "team_of",
            "substitute",
        ]
        help_texts = {
            "outside_name": _("Only for somebody who is not in the office's register of people")
        }

    def __init__(self, *args, search="", **kwargs):
        super().__init__(*args, **kwargs)
        seat = self.instance
        if seat.pk and seat.user_id:
            for name in ("user", "outside_name", "outside_position"):
                del self.fields[name]
        elif seat.pk:
            del self.fields["user"]
        else:
            self.fields["user"].queryset = people_matching(seat.committee.agency, search)
        self.fields["substitute"].queryset = people_of(seat.committee.agency)
        if seat.committee.kind not in WORKING_KINDS:
            del self.fields["champion_of"], self.fields["team_of"]

    def clean(self):
        # Not super().clean(): it would add the constraints' own messages to ours.
        data = self.cleaned_data
        others = list(
            self.instance.committee.members.exclude(pk=self.instance.pk).select_related("user")
        )
        if not self.instance.pk:
            self._check_one_person(data)
        self._check_person_is_new(data, others)
        self._check_chair(data, others)
        self._check_champion(data, others)
        self._check_substitute(data)
        if data.get("champion_of") and data.get("team_of") == data["champion_of"]:
            data["team_of"] = None
        return data

    def _check_one_person(self, data):
        if not data.get("user") and not data.get("outside_name") and not self.errors:
            self.add_error(
                "user", _("Choose a person, or fill in the name of somebody from outside.")
            )
        if data.get("user") and data.get("outside_name"):
            self.add_error(
                "outside_name",
                _("Leave this empty when a person of the office is chosen above."),
            )

    def _check_person_is_new(self, data, others):
        user, name = data.get("user"), data.get("outside_name")
        if user and any(seat.user_id == user.pk for seat in others):
            message = _("%(name)s already sits on this committee.") % {"name": user}
            self.add_error("user", message)
        if name and any(seat.name == name for seat in others):
            message = _("%(name)s already sits on this committee.") % {"name": name}
            self.add_error("outside_name", message)

    def _check_substitute(self, data):
        substitute, user = data.get("substitute"), data.get("user") or self.instance.user
        if substitute and substitute == user:
            self.add_error("substitute", _("A member cannot stand in for himself or herself."))

    def _check_chair(self, data, others):
        chair = next((seat for seat in others if seat.role == CommitteeRole.CHAIR), None)
        if chair and data.get("role") == CommitteeRole.CHAIR:
            message = _("This committee already has a chair: %(name)s.") % {"name": chair.name}
            self.add_error("role", message)

    def _check_champion(self, data, others):
        number = data.get("champion_of")
        champion = next((seat for seat in others if number and seat.champion_of == number), None)
        if champion:
            message = _(
                "Category %(number)d already has a champion: %(name)s. Choose another category, "
                "or take it from that person first."
            ) % {"number": number, "name": champion.name}
            self.add_error("champion_of", message)


def people_matching(agency: Agency, search: str):
    """Return the office's active people whose name or position holds every word typed."""
    people = people_of(agency)
    for word in search.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(position__icontains=word)
        )
    return people


class CommitteeForm(forms.ModelForm):
    """Name and duties as the order prints them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Committee
        fields = ["name", "duties"]
        widgets = {"duties": forms.Textarea(attrs={"rows": 8})}


class NewCommitteeForm(forms.Form):
    """A further committee of the year."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Committee name"),
        max_length=250,
        required=False,
        help_text=_("As the order prints it; the standard kinds take their usual name when empty"),
    )
    duties = forms.CharField(
        label=_("Duties, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args, kinds: list[CommitteeKind], others: list[Committee], **kwargs):
        super().__init__(*args, **kwargs)
        self.others = others
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        if kinds == [CommitteeKind.OTHER]:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["name"].help_text = _("As the order prints it")

    def clean(self):
        data = super().clean()
        name = data.get("name")
        if data.get("kind") == CommitteeKind.OTHER and not name and "name" not in self.errors:
            self.add_error("name", _("Name the committee, for example คณะทำงาน ITA."))
        if name and any(committee.name == name for committee in self.others):
            self.add_error("name", _("This year already has a committee of this name."))
        return data


class PlacesForm(forms.Form):
    """Places of the members in the order of precedence, one number a member."""

    def __init__(self, *args, seats: list[CommitteeMember], **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = seats
        for place, seat in enumerate(seats, start=1):
            self.fields[f"place-{seat.pk}"] = forms.IntegerField(
                initial=place,
                min_value=1,
                max_value=len(seats),
                label=seat.name,
                error_messages={
                    name: _("Type a number from 1 to %(count)d.") % {"count": len(seats)}
                    for name in ("required", "invalid", "min_value", "max_value")
                },
            )

    def clean(self):
        """Refuse two typed numbers that are the same: who comes first must be said."""
        data, seen = super().clean(), {}
        for name in self.changed_data:
            place = data.get(name)
            if place in seen:
                self.add_error(name, _("This place is typed twice."))
            seen[place] = name
        return data

    def changed(self) -> dict[int, int]:
        """Return seat → place for the numbers that were typed anew."""
        return {int(name.partition("-")[2]): self.cleaned_data[name] for name in self.changed_data}


class OverrideForm(forms.Form):
    """Why a rule is set aside."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with your name and the time; it is not printed in the order."),
    )


class OrderForm(forms.ModelForm):
    """The text of an order, its committees, and which order it cancels."""

    effective_on = BuddhistDateField(
        label=_("In force from"),
        required=False,
        help_text=_("Leave empty for “from now on”."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AppointmentOrder
        fields = [
            "title",
            "reason",
            "legal_basis",
            "committees",
            "supersedes",
            "supersedes_text",
            "effective_on",
        ]
        labels = {
            "committees": _("Committees appointed"),
            "supersedes": _("Cancels an order of this portal"),
            "supersedes_text": _("Cancels another order"),
        }
        help_texts = {
            "supersedes_text": _("As printed, for example: คำสั่งที่ 198/2566 ลงวันที่ 9 พฤศจิกายน 2566")
        }
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "legal_basis": forms.Textarea(attrs={"rows": 3}),
            "committees": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        order = self.instance
        self.fields["committees"].queryset = Committee.objects.filter(
            agency=order.agency, fiscal_year=order.fiscal_year
        )
        self.fields["committees"].error_messages["required"] = _(
            "Choose at least one committee for the order"
        )
        earlier = AppointmentOrder.objects.filter(agency=order.agency, status=OrderStatus.SIGNED)
        field = self.fields["supersedes"]
        field.queryset = earlier.exclude(pk=order.pk)
        field.label_from_instance = lambda row: f"{row.number}/{row.calendar_year} {row.title}"

    def clean(self):
        data = super().clean()
        if data.get("supersedes") and data.get("supersedes_text"):
            self.add_error("supersedes_text", _("Leave this empty when an order is chosen above."))
        return data


class SignatureForm(forms.Form):
    """Number and day of a signed order, both from the office's own register."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=20,
        help_text=_("From the office's register of orders, for example 187"),
    )
    signed_on = BuddhistDateField(label=_("Signed on"))
    data_hash = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, order: AppointmentOrder, **kwargs):
        # Two of these forms may stand on one page: their fields' ids must differ.
        super().__init__(*args, auto_id=f"{type(self).__name__.lower()}_%s", **kwargs)
        self.order = order

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise ValidationError(_("The signing day cannot lie in the future."))
        return day

    def clean(self):
        data = super().clean()
        number, day = data.get("number"), data.get("signed_on")
        if not number:
            return data
        number, slash, year = to_arabic_digits(number).replace(" ", "").partition("/")
        if not number or (slash and not re.fullmatch(r"\d{4}", year)):
            self.add_error("number", _("Write the number alone, for example 187, or 187/2570."))
        elif day and year and int(year) != to_be(day.year):
            message = _("The year after the slash is not the year of the signing day, %(year)d.")
            self.add_error("number", message % {"year": to_be(day.year)})
        elif day:
            self._check_number_is_free(number, to_be(day.year))
        data["number"] = number
        return data

    def _check_number_is_free(self, number, year):
        rows = AppointmentOrder.objects.filter(agency_id=self.order.agency_id)
        taken = rows.filter(calendar_year=year, number=number).exclude(pk=self.order.pk).first()
        if taken:
            self.number_is_taken(number, year)

    def number_is_taken(self, number, year):
        """Say at the field that the office already has an order of this number."""
        message = _("Order %(number)s/%(year)d already exists. Look into the register of orders.")
        self.add_error("number", message % {"number": number, "year": year})


class PaperSignatureForm(SignatureForm):
    """An order that was signed on paper, with its scan."""

    scan = forms.FileField(
        label=_("Scan of the signed order"), help_text=_("PDF or picture, at most 20 MB")
    )
    field_order = ["number", "signed_on", "scan", "data_hash"]
