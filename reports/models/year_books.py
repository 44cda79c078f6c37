"""Which papers an office binds in the book of a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from workflows.models import Cycle


class YearBook(models.Model):
    """The choice for one year; without a row the book holds what everybody's holds."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="year_book")
    # Kinds of papers, such as "order" or "minutes".
    kinds = models.JSONField(default=list)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["cycle", "pk"]
        verbose_name = _("year book")
        verbose_name_plural = _("year books")

    def __str__(self):
        return str(self.cycle)
