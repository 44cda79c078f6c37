"""Fixed choices of the committees app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitteeKind(models.TextChoices):
    STEERING = "steering", _("Steering Committee")
    WORKING_TEAM = "working_team", _("Working Team")
    SINGLE = "single", _("Single committee")
    OTHER = "other", _("Other committee")


class CommitteeRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Member and secretary")
    ASSISTANT_SECRETARY = "assistant_secretary", _("Member and assistant secretary")


class OrderStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FOR_SIGNATURE = "for_signature", _("Waiting for signature")
    SIGNED = "signed", _("Signed")
    SUPERSEDED = "superseded", _("Superseded")


class MeetingKind(models.TextChoices):
    COMMITTEE = "committee", _("Committee meeting")
    BRIEFING = "briefing", _("Briefing for all staff")
    TRAINING = "training", _("Training")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Being prepared")
    CALLED = "called", _("Invitations sent")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class MeetingMode(models.TextChoices):
    ON_SITE = "on_site", _("In a room")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In a room and online")


class InvitationForm(models.TextChoices):
    MEMO = "memo", _("Memo (inside the ministry or province)")
    LETTER = "letter", _("Letter (to outsiders)")


class Reply(models.TextChoices):
    ATTEND = "attend", _("Will attend")
    CANNOT = "cannot", _("Cannot attend")
    SUBSTITUTE = "substitute", _("Sends a substitute")


class Attendance(models.TextChoices):
    PRESENT = "present", _("Present")
    SUBSTITUTE = "substitute", _("Substitute present")
    ABSENT = "absent", _("Absent")


class AgendaKind(models.TextChoices):
    """Headings of an agenda, by what they are for; their words are the office's own."""

    CHAIR_INFORMS = "chair_informs", _("The chair informs the meeting")
    CONFIRM_MINUTES = "confirm_minutes", _("Confirming the minutes")
    ARISING = "arising", _("Matters arising")
    FOR_INFORMATION = "for_information", _("For information")
    FOR_CONSIDERATION = "for_consideration", _("For consideration")
    OTHER = "other", _("Other matters")


class MinutesStatus(models.TextChoices):
    WRITING = "writing", _("Being written")
    FOR_CHECK = "for_check", _("With the chair for checking")
    CHECKED = "checked", _("Checked, waiting for confirmation")
    CIRCULATING = "circulating", _("Being confirmed by circulation")
    CONFIRMED = "confirmed", _("Confirmed")


class ConfirmedBy(models.TextChoices):
    SAME_MEETING = "same_meeting", _("In the same meeting")
    NEXT_MEETING = "next_meeting", _("In the next meeting")
    CIRCULATION = "circulation", _("By circulation")


class CirculationReply(models.TextChoices):
    CONFIRM = "confirm", _("Confirm without correction")
    CORRECT = "correct", _("Ask for a correction")


class ResolutionKind(models.TextChoices):
    NOTED = "noted", _("Noted")
    APPROVED = "approved", _("Approved")
    CONFIRMED = "confirmed", _("Minutes confirmed")
    ASSIGNED = "assigned", _("Assigned")
    NOT_APPROVED = "not_approved", _("Not approved")
    OTHER = "other", _("Other")


class ResolutionStatus(models.TextChoices):
    DRAFT = "draft", _("Being worded")
    OPEN = "open", pgettext_lazy("resolution", "Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
