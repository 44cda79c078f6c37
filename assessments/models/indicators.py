"""Results of category 7: indicators and their yearly values."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import Direction, ResultRule
from assessments.models.answers import ItemAnswer
from assessments.models.criteria import Measure


class Indicator(models.Model):
    """A category 7 result: target, direction, the rule that scores it, yearly values."""

    item_answer = models.ForeignKey(ItemAnswer, models.CASCADE, related_name="indicators")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("Indicator name"), max_length=250)
    unit = models.CharField(_("Unit"), max_length=60)
    direction = models.CharField(
        _("Direction"), max_length=20, choices=Direction, default=Direction.HIGHER
    )
    target = models.DecimalField(
        _("Target"), max_digits=18, decimal_places=5, null=True, blank=True
    )
    rule = models.CharField(
        _("Scoring rule"), max_length=20, choices=ResultRule, default=ResultRule.PCT_OF_TARGET
    )
    lower_bound = models.DecimalField(
        _("Lower bound"), max_digits=18, decimal_places=5, null=True, blank=True
    )
    upper_bound = models.DecimalField(
        _("Upper bound"), max_digits=18, decimal_places=5, null=True, blank=True
    )
    note = models.TextField(_("Note"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lower_bound=None)
                | Q(upper_bound=None)
                | Q(upper_bound__gt=F("lower_bound")),
                name="indicator_bounds_in_order",
            )
        ]

    def __str__(self):
        return self.name


class IndicatorValue(models.Model):
    """The measured value of one fiscal year (B.E.)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    fiscal_year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=5)

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year"], name="indicator_value_once"
            )
        ]

    def __str__(self):
        return f"{self.fiscal_year}: {self.value}"
