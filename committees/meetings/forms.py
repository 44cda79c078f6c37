"""Forms of calling a meeting. Every refusal stands at its field, in words, and keeps the rest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.enums import InvitationForm, MeetingKind, MeetingMode, MeetingStatus
from committees.meetings import agenda_templates, calling, numbering
from committees.meetings.queries import unconfirmed_before, waiting_for_confirmation
from committees.models import Committee, Meeting
from core import clock
from core.fiscal_year import to_be
from core.form_fields import BuddhistDateField, ThaiIntegerField, ThaiTimeField
from documents.enums import Speed

AUTO, NONE = "auto", "none"
PREVIOUS_SHOWN = 12
# What the form shows as the meeting keeps it.
SAME = (
    *("kind", "title", "number", "mode", "place", "online_url"),
    *("invitation_form", "speed", "reply_by", "quorum"),
)


class MeetingForm(forms.Form):
    """When, where and how somebody meets; a new one also chooses its agenda."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind)
    committees = forms.ModelMultipleChoiceField(
        label=_("Committees that meet"),
        queryset=Committee.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label=_("Title of the meeting"),
        required=False,
        max_length=250,
        help_text=_("Without the number. Leave blank to have it made from the committees' names."),
    )
    number = ThaiIntegerField(
        label=_("Meeting number"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Counted by calendar year. Leave blank to have the next number."),
    )
    day = BuddhistDateField(label=_("Day"))
    backfill = forms.BooleanField(
        label=_("Record a meeting that has already taken place"), required=False
    )
    starts = ThaiTimeField(label=_("Begins at"), help_text=_("For example 13.30"))
    ends = ThaiTimeField(label=_("Ends at"), required=False, help_text=_("For example 16.30"))
    mode = forms.ChoiceField(label=_("How it is held"), choices=MeetingMode)
    place = forms.CharField(label=_("Where it is held"), required=False, max_length=250)
    online_url = forms.URLField(
        label=_("Online link"), required=False, max_length=500, assume_scheme="https"
    )
    agenda = forms.ChoiceField(label=_("Agenda"))
    previous = forms.ChoiceField(
        label=_("Minutes to be confirmed"), help_text=_("Stands in the agenda by itself.")
    )
    invitation_form = forms.ChoiceField(label=_("Invitation as"), choices=InvitationForm)
    speed = forms.ChoiceField(
        label=_("Speed"),
        required=False,
        choices=[("", _("Normal")), *Speed.choices],
        help_text=_(
            "Printed in red on the invitation. Urgent: to be handled sooner than usual; very "
            "urgent: quickly; most urgent: at once on receipt."
        ),
    )
    reply_by = BuddhistDateField(label=_("Reply by"), required=False)
    quorum = ThaiIntegerField(
        label=_("Members needed"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Leave blank for at least half of the members."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # What the portal proposed; left as it was, it follows the committees and the day chosen.
    proposed_title = forms.CharField(widget=forms.HiddenInput, required=False)
    proposed_number = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, meeting: Meeting, copy_of: Meeting | None = None, **kwargs):
        super().__init__(data, **kwargs)
        self.meeting = meeting
        self.copy_of = copy_of
        # What was typed is the truth: no "now" may pass between two checks of one form.
        self.now = clock.now()
        agency, year = meeting.agency, meeting.fiscal_year
        self.fields["committees"].queryset = Committee.objects.filter(
            agency=agency, fiscal_year=year
        )
        if meeting.pk:
            del self.fields["agenda"]
            if meeting.status == MeetingStatus.HELD:
                del self.fields["backfill"]
        else:
            like = [("copy", _("As in the meeting copied"))] if copy_of else []
            self.fields["agenda"].choices = [*like, *agenda_templates.choices(agency)]
        self.fields["previous"].choices = self._previous_choices(agency)

    def _previous_choices(self, agency):
        rows = waiting_for_confirmation(agency).exclude(pk=self.meeting.pk)
        choices = [(str(row.pk), numbering.title_of(row)) for row in rows[:PREVIOUS_SHOWN]]
        now = self.meeting.previous
        if now and str(now.pk) not in dict(choices):
            choices.append((str(now.pk), numbering.title_of(now)))
        return [
            (AUTO, _("The last meeting of the same committees")),
            (NONE, _("None (first meeting, or confirmed otherwise)")),
            *choices,
        ]

    def clean(self):
        data = super().clean()
        committees = list(data.get("committees") or [])
        self._check_committees(data, committees)
        self._check_time(data)
        self._check_place(data)
        self._drop_proposals(data)
        self._check_number(data, committees)
        if not self.errors:
            data["title"] = data["title"] or numbering.proposed_title(
                data["kind"], committees, self.meeting.fiscal_year
            )
        return data

    def _drop_proposals(self, data):
        """Take proposals that nobody changed for blank: number and title are then made anew."""
        title = (data.get("title") or "").strip()
        data["title"] = "" if title == data.get("proposed_title") else title
        if str(data.get("number")) == data.get("proposed_number"):
            data["number"] = None

    def _check_committees(self, data, committees):
        if data.get("kind") == MeetingKind.COMMITTEE:
            if not committees and "committees" not in self.errors:
                self.add_error("committees", _("Choose at least one committee."))
        elif data.get("kind"):
            # A briefing or training is for everybody.
            committees.clear()
            data["committees"] = Committee.objects.none()

    def _check_time(self, data):
        day, starts, ends = data.get("day"), data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must come after the start."))
        if data.get("reply_by") and day and data["reply_by"] > day:
            self.add_error("reply_by", _("Replies must come before the meeting."))
        if not (day and starts):
            return
        moment = calling.at(day, starts)
        moved = not self.meeting.pk or moment != self.meeting.starts_at
        may_be_past = data.get("backfill") or self.meeting.status == MeetingStatus.HELD
        if moved and moment < self.now and not may_be_past:
            message = _(
                "This time has passed. Choose a day to come, or tick that the meeting has "
                "already taken place."
            )
            self.add_error("day", message)

    def _check_place(self, data):
        mode = data.get("mode")
        if mode in (MeetingMode.ON_SITE, MeetingMode.HYBRID) and not data.get("place"):
            self.add_error("place", _("Write where the meeting is held."))
        needs_link = mode in (MeetingMode.ONLINE, MeetingMode.HYBRID)
        if needs_link and not data.get("online_url") and "online_url" not in self.errors:
            self.add_error("online_url", _("Write the link by which people join."))

    def _check_number(self, data, committees):
        number, day = data.get("number"), data.get("day")
        if not (number and day and committees):
            return
        taken = numbering.taken_numbers(
            self.meeting.agency, committees, to_be(day.year), self.meeting.pk
        )
        if number in taken:
            self.number_is_taken(taken[number], max(taken) + 1)

    def number_is_taken(self, meeting: Meeting, free: int):
        """Say at the field which meeting has the number, and which one is free."""
        words = _("%(title)s already has this number. The next free one is %(free)d.")
        self.add_error("number", words % {"title": numbering.title_of(meeting), "free": free})

    def facts(self) -> dict:
        """Return the cleaned values as the meeting's own columns."""
        data = self.cleaned_data
        starts_at = calling.at(data["day"], data["starts"])
        ends_at = calling.at(data["day"], data["ends"]) if data["ends"] else None
        return {name: data[name] for name in SAME} | {
            "starts_at": starts_at,
            "ends_at": ends_at,
        }

    def previous_of(self, meeting: Meeting) -> Meeting | None:
        """Return the meeting whose minutes `meeting` (with its new day) confirms."""
        wanted = self.cleaned_data["previous"]
        if wanted == NONE:
            return None
        if wanted == AUTO:
            if self.cleaned_data["kind"] != MeetingKind.COMMITTEE:
                return None
            return unconfirmed_before(meeting, self.cleaned_data["committees"]).first()
        return Meeting.objects.get(pk=wanted, agency=meeting.agency)


def initial_of(meeting: Meeting) -> dict:
    """Return a saved meeting as the form shows it."""
    starts = meeting.starts_at.astimezone(clock.BANGKOK)
    ends = meeting.ends_at.astimezone(clock.BANGKOK).time() if meeting.ends_at else None
    return {name: getattr(meeting, name) for name in (*SAME, "version")} | {
        "committees": [each.pk for each in meeting.committees.all()],
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends,
        "previous": str(meeting.previous_id or NONE),
        "proposed_title": numbering.proposed_title(
            meeting.kind, meeting.committees.all(), meeting.fiscal_year
        ),
    }


class FactsForm(forms.Form):
    """What an electronic meeting must keep."""

    identified_by = forms.CharField(
        label=_("How people were identified"),
        required=False,
        max_length=250,
        help_text=_("For example: account names of the office, or cameras on at the roll call"),
    )
    recording_url = forms.URLField(
        label=_("Link to the recording"), required=False, max_length=500, assume_scheme="https"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    comment = forms.CharField(
        label=_("Why the meeting is cancelled"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who were invited read this."),
    )
