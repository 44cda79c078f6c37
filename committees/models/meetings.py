"""Meetings, who is called to them, what is on the agenda, and the papers laid on the table."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from committees.enums import (
    AgendaKind,
    Attendance,
    CommitteeRole,
    InvitationForm,
    MeetingKind,
    MeetingMode,
    MeetingStatus,
    Reply,
)
from committees.models.bodies import Committee
from core.tokens import new_token
from documents.enums import Speed
from documents.models import IssuedDocument, StoredFile


class AgendaTemplate(models.Model):
    """An office's own form of agenda: its headings in order."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="agenda_templates")
    name = models.CharField(_("Name of the template"), max_length=120)
    # [{"kind": "confirm_minutes", "title": "เรื่องรับรองรายงานการประชุม"}, …]
    headings = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("agenda template")
        verbose_name_plural = _("agenda templates")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="agenda_template_name_once")
        ]

    def __str__(self):
        return self.name


class Meeting(models.Model):
    """A meeting of one or several committees, or a briefing or training for all staff.

    Numbered by calendar year (ครั้งที่ n/พ.ศ.), listed under the fiscal year it serves.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="meetings")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(
        _("Kind"), max_length=12, choices=MeetingKind, default=MeetingKind.COMMITTEE
    )
    status = models.CharField(max_length=12, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    title = models.CharField(_("Title of the meeting"), max_length=250)
    committees = models.ManyToManyField(Committee, related_name="meetings", blank=True)
    number = models.PositiveSmallIntegerField(_("Meeting number"), null=True, blank=True)
    calendar_year = models.PositiveSmallIntegerField(_("Calendar year"), null=True, blank=True)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"), null=True, blank=True)
    mode = models.CharField(
        _("How it is held"), max_length=10, choices=MeetingMode, default=MeetingMode.ON_SITE
    )
    place = models.CharField(_("Place"), max_length=250, blank=True)
    online_url = models.URLField(_("Online link"), max_length=500, blank=True)
    # Facts that an electronic meeting must keep: how people showed who they are, the recording.
    identified_by = models.CharField(_("How people were identified"), max_length=250, blank=True)
    recording_url = models.URLField(_("Link to the recording"), max_length=500, blank=True)
    invitation_form = models.CharField(
        _("Invitation as"), max_length=10, choices=InvitationForm, default=InvitationForm.MEMO
    )
    # ชั้นความเร็ว of the invitation. It bears no mark of secrecy: whoever has the reply link reads it.
    speed = models.CharField(_("Speed"), max_length=12, choices=Speed, blank=True)
    invitation_number = models.CharField(_("Number of the invitation"), max_length=60, blank=True)
    invited_on = models.DateField(_("Day of the invitation"), null=True, blank=True)
    invitation_text = models.TextField(_("Words of the invitation"), blank=True)
    reply_by = models.DateField(_("Reply by"), null=True, blank=True)
    # Blank: at least half of the members (Administrative Procedure Act B.E. 2539, section 79).
    quorum = models.PositiveSmallIntegerField(_("Members needed"), null=True, blank=True)
    # The meeting whose minutes this one confirms.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    door_token = models.CharField(max_length=40, unique=True, default=new_token)
    opened_at = models.TimeField(_("Opened at"), null=True, blank=True)
    closed_at = models.TimeField(_("Closed at"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["agency", "fiscal_year"], name="meeting_of_year")]

    def __str__(self):
        return self.title


class Attendee(models.Model):
    """Somebody called to a meeting: reply, substitute and attendance; the name stays as printed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Name"), max_length=250)
    position = models.CharField(_("Position"), max_length=300, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # Members count for the quorum; others are in attendance (ผู้เข้าร่วมประชุม).
    is_member = models.BooleanField(default=True)
    role = models.CharField(max_length=20, choices=CommitteeRole, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    invited_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(_("Reply"), max_length=12, choices=Reply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_note = models.CharField(_("Reason or remark"), max_length=300, blank=True)
    substitute = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    substitute_name = models.CharField(_("Substitute"), max_length=250, blank=True)
    substitute_position = models.CharField(_("Position"), max_length=300, blank=True)
    attendance = models.CharField(_("Attendance"), max_length=12, choices=Attendance, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    absence_reason = models.CharField(_("Reason of absence"), max_length=200, blank=True)

    class Meta:
        ordering = ["-is_member", "order", "pk"]
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="person_called_once",
            )
        ]

    def __str__(self):
        return self.name


class AgendaItem(models.Model):
    """A heading (ระเบียบวาระที่ n) or a sub-item (n.m) with what was said about it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(_("Kind"), max_length=20, choices=AgendaKind)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("Matter"), max_length=500)
    # What the members read before the meeting.
    detail = models.TextField(_("Facts and proposal"), blank=True)
    presenter = models.CharField(_("Presented by"), max_length=200, blank=True)
    # An open resolution of an earlier meeting that this sub-item follows up.
    follows = models.ForeignKey(
        "committees.Resolution", models.SET_NULL, null=True, blank=True, related_name="followed_in"
    )
    # What the minutes say: text below the item, saved as rich text while it is typed.
    minutes_text = models.TextField(_("Minutes"), blank=True)
    is_done = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    def __str__(self):
        return self.title


class MeetingPaper(models.Model):
    """A paper for the table: an uploaded file, or a paper that the portal issued."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(_("Title"), max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    issued = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["item__order", "order", "pk"]
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, issued=None) | Q(file=None, issued__isnull=False),
                name="meeting_paper_is_file_or_issued",
            )
        ]

    def __str__(self):
        return self.title


class MeetingFeedback(models.Model):
    """What somebody thought of a briefing or training: one short answer a person."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    # 1 (poor) to 5 (very good).
    rating = models.PositiveSmallIntegerField(_("How useful was it?"))
    text = models.TextField(_("What should be better?"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="feedback_once"),
            models.CheckConstraint(condition=Q(rating__range=(1, 5)), name="feedback_1_to_5"),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.rating}"
