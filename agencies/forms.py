"""Forms of the office settings. Each lists its fields; the rules stand in the rule modules."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import people
from agencies.decision_kinds import decision_kinds
from agencies.enums import ActingKind, HolidayKind, OfficeRole
from agencies.models import ActingPeriod, Agency, Holiday, Unit, User
from agencies.queries import people_of
from core.form_fields import BuddhistDateField

TITLES = (
    "นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี", "ว่าที่ร้อยตรีหญิง", "สิบเอก", "จ่าเอก", "พันจ่าเอก",
    "ม.ร.ว.", "ม.ล.", "ศาสตราจารย์", "รองศาสตราจารย์", "ผู้ช่วยศาสตราจารย์", "ดร.", "พระ",
)  # fmt: skip


def _field(model, name, **extra):
    """Return the model's own form field, with changes."""
    return model._meta.get_field(name).formfield(**extra)


class AccountFieldsForm(forms.Form):
    """Name, position and contact of a person."""

    title = _field(User, "title", help_text=_("Choose from the list or type another."))
    first_name = _field(User, "first_name")
    last_name = _field(User, "last_name")
    position = _field(User, "position", help_text=_("As printed, for example with its level."))
    email = _field(User, "email")
    phone = _field(User, "phone")

    titles = TITLES

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].widget.attrs["list"] = "person-titles"

    def account(self) -> dict:
        """Return the cleaned fields of the account, or {} when the form has none."""
        return {
            name: self.cleaned_data[name]
            for name in people.ACCOUNT_FIELDS
            if name in self.cleaned_data
        }


class PlaceFieldsMixin:
    """Unit and role within one office, limited to what the acting person may give."""

    def limit_place(self, agency: Agency, roles: list[str]):
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency, is_active=True)
        self.fields["role"].choices = [
            (value, label) for value, label in OfficeRole.choices if value in roles
        ]


class PersonAddForm(PlaceFieldsMixin, AccountFieldsForm):
    """A new person. An empty user name is filled with a suggestion."""

    unit = forms.ModelChoiceField(Unit.objects.none(), required=False, label=_("Unit"))
    role = forms.ChoiceField(label=_("Office role"), initial=OfficeRole.STAFF)
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        max_length=60,
        required=False,
        label=_("User name"),
        help_text=_("Latin letters and digits. Left empty, the portal chooses one."),
        error_messages={"invalid": _("Use Latin letters, digits, dot, hyphen or underscore only.")},
    )

    def __init__(self, agency, roles, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.limit_place(agency, roles)
        self.fields["email"].help_text = _(
            "With an e-mail the person gets a link to set a password. "
            "Without one a temporary password is printed."
        )

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        if username and people.username_is_taken(username):
            free = people.suggest_username(self.agency, f"{username}@")
            raise forms.ValidationError(
                gettext("This user name is taken. %(free)s is free.") % {"free": free}
            )
        return username

    def clean(self):
        data = super().clean()
        if not data.get("username") and "username" not in self.errors:
            data["username"] = people.suggest_username(self.agency, data.get("email") or "")
        return data


class PersonEditForm(PlaceFieldsMixin, AccountFieldsForm):
    """A person's place in the office and, where allowed, the account's fields."""

    unit = forms.ModelChoiceField(Unit.objects.none(), required=False, label=_("Unit"))
    role = forms.ChoiceField(label=_("Office role"))

    def __init__(self, membership, roles, may_change_account, *args, **kwargs):
        user = membership.user
        kwargs["initial"] = {
            **{name: getattr(user, name) for name in people.ACCOUNT_FIELDS},
            "unit": membership.unit_id,
            "role": membership.role,
        }
        super().__init__(*args, **kwargs)
        self.limit_place(membership.agency, roles)
        if not may_change_account:
            for name in people.ACCOUNT_FIELDS:
                del self.fields[name]


class ProfileForm(AccountFieldsForm):
    """What a person may change of the own account."""

    language = _field(User, "language")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PeopleFilterForm(forms.Form):
    """Search and filters of the people list; bad values simply do not filter."""

    SORTS = (("name", _("Name")), ("unit", _("Unit")), ("role", _("Office role")))
    STATES = (("active", _("Active")), ("inactive", _("Deactivated")))

    q = forms.CharField(required=False, label=_("Search"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), required=False, label=_("Unit"), empty_label=_("All units")
    )
    role = forms.ChoiceField(
        choices=[("", _("All roles")), *OfficeRole.choices], required=False, label=_("Office role")
    )
    state = forms.ChoiceField(choices=STATES, required=False, label=_("Status"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Sort by"))

    def __init__(self, agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ["name", "short_name", "head"]
        labels = {"head": _("Head of the unit")}

    def __init__(self, agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.agency = agency
        self.fields["head"].queryset = people_of(agency)

    def clean_name(self):
        name = self.cleaned_data["name"]
        same = Unit.objects.filter(agency=self.instance.agency, name=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("The office already has a unit of this name."))
        return name


class ActingForm(forms.Form):
    absent = forms.ModelChoiceField(User.objects.none(), label=_("Whose place"))
    acting = forms.ModelChoiceField(User.objects.none(), label=_("Who acts"))
    kind = forms.ChoiceField(
        choices=ActingKind.choices, label=_("Kind"), initial=ActingKind.ACTING_FOR
    )
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"))
    order_reference = _field(ActingPeriod, "order_reference")
    scopes = forms.MultipleChoiceField(
        label=_("Limited to these kinds of matters"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a delegation. Nothing ticked means all kinds."),
    )

    def __init__(self, agency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absent"].queryset = people_of(agency)
        self.fields["acting"].queryset = people_of(agency)
        self.fields["scopes"].choices = decision_kinds()


class HolidayForm(forms.Form):
    """A day of this office; for a national day, the office's own version of it."""

    date = BuddhistDateField(label=_("Date"))
    name_th = _field(Holiday, "name_th")
    name_en = _field(Holiday, "name_en")
    kind = forms.ChoiceField(choices=HolidayKind.choices, label=_("Kind"), initial="office")
    is_provisional = forms.BooleanField(required=False, label=_("Not yet announced"))
    is_observed = forms.BooleanField(
        required=False,
        initial=True,
        label=_("The office is closed on this day"),
        help_text=_("Without the mark the day counts as a working day in this office."),
    )


class HolidayImportForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: date (dd/mm/yyyy B.E.), Thai name, English name. UTF-8, 200 kB."),
    )

    def clean_file(self):
        uploaded = self.cleaned_data["file"]
        if uploaded.size > 200_000:
            raise forms.ValidationError(gettext("The file is larger than 200 kB."))
        try:
            return uploaded.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                gettext("The file is not UTF-8 text. Save it as CSV UTF-8 and try again.")
            ) from error


class AgencyForm(forms.ModelForm):
    reminder_days = forms.CharField(
        label=_("Days before a deadline to remind"),
        help_text=_("Whole numbers with commas, for example 30, 7, 1."),
    )

    class Meta:
        model = Agency
        fields = [
            "name_th", "name_en", "short_name", "head_position", "address", "phone", "email",
            "reminder_days", "reminds_overdue",
        ]  # fmt: skip
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["reminder_days"] = ", ".join(str(day) for day in self.instance.reminder_days)

    def clean_reminder_days(self):
        text = self.cleaned_data["reminder_days"]
        parts = [part.strip() for part in text.split(",") if part.strip()]
        # int() reads Thai digits too.
        if not all(part.isdecimal() and 1 <= int(part) <= 180 for part in parts) or not parts:
            raise forms.ValidationError(
                gettext("Give numbers from 1 to 180, for example 30, 7, 1.")
            )
        if len(parts) > 6:
            raise forms.ValidationError(gettext("Give at most 6 numbers."))
        return sorted({int(part) for part in parts}, reverse=True)


class AuditFilterForm(forms.Form):
    action = forms.ChoiceField(required=False, label=_("Action"))
    actor = forms.ModelChoiceField(
        User.objects.none(), required=False, label=_("Person"), empty_label=_("Everybody")
    )
    since = BuddhistDateField(required=False, label=_("From"))
    until = BuddhistDateField(required=False, label=_("Until"))

    def __init__(self, agency, actions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["actor"].queryset = User.objects.filter(memberships__agency=agency).distinct()
        self.fields["action"].choices = [("", _("All actions")), *actions]
