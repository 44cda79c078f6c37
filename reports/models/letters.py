"""Memos and announcements that an office writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from documents.enums import Speed
from reports.enums import LetterKind, LetterStatus, Secrecy


class Letter(models.Model):
    """A memo (บันทึกข้อความ) or an announcement (ประกาศ), as the regulation orders its parts.

    Number and day are typed when it is issued: they come from the office's own register.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="letters")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(_("Kind"), max_length=12, choices=LetterKind)
    status = models.CharField(max_length=10, choices=LetterStatus, default=LetterStatus.DRAFT)
    speed = models.CharField(_("Speed"), max_length=12, choices=Speed, blank=True)
    secrecy = models.CharField(_("Secrecy"), max_length=12, choices=Secrecy, blank=True)
    # ส่วนราชการ of a memo, with telephone and e-mail.
    sender = models.CharField(_("Government agency"), max_length=250, blank=True)
    number = models.CharField(_("Number"), max_length=60, blank=True)
    dated_on = models.DateField(_("Date"), null=True, blank=True)
    subject = models.CharField(_("Subject"), max_length=250)
    addressee = models.CharField(_("To"), max_length=200, blank=True)
    references = models.TextField(_("References, one a line"), blank=True)
    enclosures = models.TextField(_("Enclosures, one a line"), blank=True)
    # Rich text on the safe list.
    body = models.TextField(_("Text"), blank=True)
    signer_name = models.CharField(_("Name of the signer"), max_length=160, blank=True)
    signer_position = models.CharField(_("Position of the signer"), max_length=200, blank=True)
    signer_acting = models.CharField(_("Acting for"), max_length=200, blank=True)
    # Room below a memo for the superior's words and signature.
    has_note_space = models.BooleanField(_("Room for the superior's note"), default=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "-created_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return self.subject
