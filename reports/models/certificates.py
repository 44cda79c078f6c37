"""Certificates by which an office recognises people and units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User


class Certificate(models.Model):
    """One certificate text for one or many recipients; each gets a page of their own."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="certificates")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    title = models.CharField(_("Title"), max_length=120)
    # "ได้รับรางวัล…", "มีผลงานดีเด่น…": what every recipient's page says below the name.
    reason = models.TextField(_("What it is given for"))
    given_on = models.DateField(_("Given on"), null=True, blank=True)
    # Up to three signers: [{"name", "position", "acting"}].
    signers = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-fiscal_year", "title", "pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self):
        return self.title


class Recipient(models.Model):
    """Who is recognised: a person, a team or a unit."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Name"), max_length=200)
    detail = models.CharField(_("Position or unit"), max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self):
        return self.name
