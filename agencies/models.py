"""Offices and their people: the tenant that every other row belongs to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.enums import ActingKind, Digits, HolidayKind, Language, OfficeRole


class Agency(models.Model):
    """One government office. Offices form a tree by `parent`; only members see an office."""

    code = models.SlugField(_("Office code"), max_length=40, unique=True)
    name_th = models.CharField(_("Office name"), max_length=200)
    name_en = models.CharField(_("Office name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("Short name"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    head_position = models.CharField(_("Position of the head"), max_length=200)
    address = models.TextField(_("Address"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=60, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    paper_digits = models.CharField(
        _("Digits on papers"), max_length=10, choices=Digits, default=Digits.THAI
    )
    reminder_days = models.JSONField(_("Days before a deadline to remind"), default=list)
    reminds_overdue = models.BooleanField(_("Remind when overdue"), default=True)
    storage_quota_mb = models.PositiveIntegerField(_("File quota (MB)"), default=5000)
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["name_th", "pk"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self):
        return self.name_th


class Unit(models.Model):
    """A group (กลุ่ม) or section of an office."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="units")
    name = models.CharField(_("Unit name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    head = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="units_headed"
    )
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once_per_agency")
        ]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Creates people; the sort key is filled by the caller's rule module (`people.py`)."""

    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Personal data is kept to name, position and contact."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=40, blank=True)
    first_name = models.CharField(_("First name"), max_length=80)
    last_name = models.CharField(_("Last name"), max_length=80, blank=True)
    position = models.CharField(_("Position"), max_length=160, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    # Thai dictionary order: leading vowels and tones make plain string order wrong.
    sort_key = models.CharField(max_length=240, blank=True, editable=False, db_index=True)
    language = models.CharField(
        _("Language"), max_length=2, choices=Language, default=Language.THAI
    )
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    is_staff = models.BooleanField(_("May open the Django admin"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        ordering = ["sort_key", "username"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        """Return title and name as printed."""
        return f"{self.titled_first_name} {self.last_name}".strip()

    @property
    def titled_first_name(self):
        """Return title and first name: นาย/นาง/นางสาว join the name, ranks take a space."""
        joined = self.title in {"นาย", "นาง", "นางสาว", ""}
        return f"{self.title}{'' if joined else ' '}{self.first_name}"

    def get_short_name(self):
        return self.first_name

    @property
    def initials(self):
        """Return up to two consonants for the round badge beside a name."""
        names = [name.lstrip("เแโใไ") for name in (self.first_name, self.last_name)]
        return "".join(name[:1] for name in names)


class AgencyMembership(models.Model):
    """A person's place in an office: one office role and, for most, one unit."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(
        _("Office role"), max_length=20, choices=OfficeRole, default=OfficeRole.STAFF
    )
    is_active = models.BooleanField(_("Active"), default=True)

    class Meta:
        ordering = ["user__sort_key", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["agency", "user"], name="person_once_per_agency")
        ]

    def __str__(self):
        return f"{self.user} · {self.agency.short_name}"


class ActingPeriod(models.Model):
    """รักษาราชการแทน or ปฏิบัติราชการแทน: who may decide in whose place, from day to day."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="acting_periods")
    absent = models.ForeignKey(User, models.PROTECT, related_name="absences")
    acting = models.ForeignKey(User, models.PROTECT, related_name="acting_periods")
    kind = models.CharField(
        _("Kind"), max_length=20, choices=ActingKind, default=ActingKind.ACTING_FOR
    )
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    order_reference = models.CharField(_("Order reference"), max_length=120, blank=True)
    # A delegation may be limited to kinds of matters (see `decision_kinds`); empty means all.
    scopes = models.JSONField(_("Limited to"), default=list, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("acting period")
        verbose_name_plural = _("acting periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="acting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(absent=models.F("acting")), name="acting_for_somebody_else"
            ),
        ]

    def __str__(self):
        return f"{self.acting} → {self.absent}"


class Holiday(models.Model):
    """A day on which no deadline falls. Rows without an agency hold for every office."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="holidays"
    )
    date = models.DateField(_("Date"))
    name_th = models.CharField(_("Name"), max_length=160)
    name_en = models.CharField(_("Name in English"), max_length=160, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=HolidayKind)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    is_provisional = models.BooleanField(_("Not yet announced"), default=False)
    # An office row with False makes a national holiday an ordinary working day there.
    is_observed = models.BooleanField(_("Observed as a holiday"), default=True)

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [
            models.UniqueConstraint(fields=["agency", "date"], name="holiday_once_per_agency"),
            models.UniqueConstraint(
                fields=["date"], condition=Q(agency=None), name="national_holiday_once"
            ),
        ]

    def __str__(self):
        return self.name_th

    @property
    def name(self):
        """Return the name in the language of the screen; in Thai where there is no other."""
        return (get_language() == "en" and self.name_en) or self.name_th


class AuditHead(models.Model):
    """The end of an office's audit chain; claimed by a conditional update before each entry."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="audit_head")
    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self):
        return f"{self.agency_id}:{self.sequence}"


class AuditEntry(models.Model):
    """Who did what, when, from where. Append-only: database triggers refuse change."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="audit_entries")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    summary = models.CharField(max_length=300, blank=True)
    before_hash = models.CharField(max_length=64, blank=True)
    after_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["agency", "-sequence"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sequence"], name="audit_sequence_once_per_agency"
            )
        ]

    def __str__(self):
        return f"{self.sequence} {self.action}"
