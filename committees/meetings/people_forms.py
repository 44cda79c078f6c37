"""Forms of replies, of the list of people, of what the secretary records, and of feedback."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import User
from committees.enums import Attendance, Reply
from committees.meetings.feedback import RATINGS
from committees.meetings.replies import Answer

NAME, POSITION = gettext_lazy("Name"), gettext_lazy("Position")


def _same(name: str) -> str:
    return "".join(name.split())


def find_person(name: str, people: Iterable[User]) -> User | None:
    """Return the one person of that name, written with or without title, or None."""
    wanted = _same(name)
    found = [
        person
        for person in people
        if wanted in {_same(person.get_full_name()), _same(person.first_name + person.last_name)}
    ]
    return found[0] if len(found) == 1 else None


class ReplyForm(forms.Form):
    """A reply. `people` are those whom a typed name may mean; of others the position is asked.

    `knows_office` tells a signed-in colleague that a name is not in the register; a visitor by
    link alone never learns who is.
    """

    reply = forms.ChoiceField(choices=Reply)
    note = forms.CharField(
        label=gettext_lazy("Reason or remark"), max_length=300, required=False, strip=True
    )
    substitute_name = forms.CharField(
        label=gettext_lazy("Who comes in your place"), max_length=250, required=False
    )
    substitute_position = forms.CharField(label=POSITION, max_length=300, required=False)

    def __init__(self, *args, people: Iterable[User] = (), knows_office: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.knows_office = list(people), knows_office
        self.substitute: User | None = None

    def clean(self):
        data = super().clean()
        if data.get("reply") != Reply.SUBSTITUTE:
            return data
        name = data.get("substitute_name", "")
        if not name:
            if "substitute_name" not in self.errors:
                self.add_error("substitute_name", _("Write the name of who comes in your place."))
            return data
        self.substitute = find_person(name, self.people)
        if self.substitute is None and not data.get("substitute_position"):
            if self.knows_office:
                self.add_error(
                    "substitute_name",
                    _(
                        "Nobody in the office has this name. Check the spelling, or write the "
                        "position of somebody from outside."
                    ),
                )
            else:
                self.add_error("substitute_position", _("Write the position of your substitute."))
        return data

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(
            reply=data["reply"],
            note=data["note"],
            substitute=self.substitute,
            substitute_name=data["substitute_name"],
            substitute_position=data["substitute_position"],
        )


class RecordForm(ReplyForm):
    """What the secretary hears by phone or sees in the room, of one person."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Reply"),
        choices=[("", gettext_lazy("No reply yet")), *Reply.choices],
        required=False,
    )
    attendance = forms.ChoiceField(
        label=gettext_lazy("Attendance"),
        choices=[("", gettext_lazy("Not marked")), *Attendance.choices],
        required=False,
    )
    absence_reason = forms.CharField(
        label=gettext_lazy("Reason of absence"), max_length=200, required=False
    )

    field_order = (
        "reply",
        "note",
        "attendance",
        "absence_reason",
        "substitute_name",
        "substitute_position",
    )

    def clean(self):
        if self.cleaned_data.get("attendance") == Attendance.SUBSTITUTE:
            self.cleaned_data["reply"] = Reply.SUBSTITUTE
        return super().clean()


class PersonForm(forms.Form):
    """One more person for the list: a colleague by name, or somebody from outside."""

    name = forms.CharField(label=NAME, max_length=250)
    position = forms.CharField(label=POSITION, max_length=300, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    is_member = forms.BooleanField(
        label=gettext_lazy("Counts for the quorum, as a member"), required=False
    )

    def __init__(self, *args, people: Iterable[User] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.person: User | None = None

    def clean(self):
        data = super().clean()
        self.person = find_person(data.get("name", ""), self.people)
        if self.person is None and data.get("name") and not data.get("position"):
            self.add_error(
                "name",
                _(
                    "Nobody in the office has this name. Check the spelling, or write the "
                    "position of somebody from outside."
                ),
            )
        return data


class FeedbackForm(forms.Form):
    """What somebody thought of a briefing or training."""

    rating = forms.TypedChoiceField(
        label=gettext_lazy("How useful was it?"),
        choices=[(figure, figure) for figure in RATINGS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a figure from 1 to 5.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What should be better?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
