"""Fixed choices of the agencies app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeRole(models.TextChoices):
    """What a person does in an office, apart from any committee."""

    OFFICER = "officer", _("PMQA officer")
    DIRECTOR = "director", _("Director")
    DEPUTY = "deputy", _("Deputy director")
    STAFF = "staff", _("Staff")
    OBSERVER = "observer", _("Observer")
    ADMINISTRATOR = "administrator", _("Administrator")


class ActingKind(models.TextChoices):
    ACTING_FOR = "acting_for", _("Acting for (vacant or absent head)")
    BY_DELEGATION = "by_delegation", _("By delegation of")


class HolidayKind(models.TextChoices):
    FIXED = "fixed", _("Yearly date")
    LUNAR = "lunar", _("Lunar day")
    IN_LIEU = "in_lieu", _("Day in lieu")
    SPECIAL = "special", _("Special day by cabinet")
    OFFICE = "office", _("Day of this office only")


class Digits(models.TextChoices):
    THAI = "thai", _("Thai digits")
    ARABIC = "arabic", _("Arabic digits")


class Language(models.TextChoices):
    """Language of screens; each name is written in its own language, so not translated."""

    THAI = "th", "ไทย"
    ENGLISH = "en", "English"
