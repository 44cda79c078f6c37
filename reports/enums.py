"""Fixed choices of the reports app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterKind(models.TextChoices):
    MEMO = "memo", _("Memo")
    ANNOUNCEMENT = "announcement", _("Announcement")


class LetterStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", pgettext_lazy("letter", "Issued")


class Secrecy(models.TextChoices):
    """How secret a letter is, in the words of the regulation."""

    TOP_SECRET = "top_secret", _("Top secret")
    SECRET = "secret", _("Secret")
    CONFIDENTIAL = "confidential", _("Confidential")
