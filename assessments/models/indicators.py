"""Indicators of an office's year, and their values at the end of a round or year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit, User
from assessments.enums import (
    Direction,
    Floor,
    IndicatorKind,
    IndicatorLevel,
    MissingRule,
    Perspective,
    ResultRule,
    ResultStatus,
)
from assessments.models.answers import ItemAnswer
from assessments.models.criteria import Measure
from workflows.models import Cycle

# A value at twelve months is the value of the year.
WHOLE_YEAR = 12
DECIMAL = {"max_digits": 18, "decimal_places": 5, "null": True, "blank": True}


class Indicator(models.Model):
    """What is measured in a year: definition, who owns and checks it, target and scoring rule."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="indicators")
    kind = models.CharField(
        _("Kind"), max_length=12, choices=IndicatorKind, default=IndicatorKind.CATEGORY_7
    )
    # The item of category 7 (7.1 to 7.6) by its code; the answer follows when a year is assessed.
    group = models.CharField(_("Item of category 7"), max_length=10, blank=True)
    item_answer = models.ForeignKey(
        ItemAnswer, models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(_("Code"), max_length=30, blank=True)
    name = models.CharField(_("Indicator name"), max_length=250)
    definition = models.TextField(_("Definition"), blank=True)
    formula = models.TextField(_("Formula"), blank=True)
    unit = models.CharField(_("Unit"), max_length=60)
    direction = models.CharField(
        _("Direction"), max_length=20, choices=Direction, default=Direction.HIGHER
    )
    weight = models.DecimalField(_("Weight"), max_digits=7, decimal_places=3, default=1)
    perspective = models.CharField(_("Perspective"), max_length=14, choices=Perspective, blank=True)
    level = models.CharField(
        _("Level of the indicator"),
        max_length=8,
        choices=IndicatorLevel,
        default=IndicatorLevel.OFFICE,
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators_owned",
        verbose_name=_("Owner (Key Man)"),
    )
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("Responsible unit"),
    )
    checker = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators_checked",
        verbose_name=_("Checker"),
    )
    data_source = models.CharField(_("Data source"), max_length=250, blank=True)
    comparator_name = models.CharField(_("Compared with"), max_length=160, blank=True)
    comparator_value = models.DecimalField(_("Value of the comparator"), **DECIMAL)
    target = models.DecimalField(_("Target"), **DECIMAL)
    rule = models.CharField(
        _("Scoring rule"), max_length=20, choices=ResultRule, default=ResultRule.PCT_OF_TARGET
    )
    lower_bound = models.DecimalField(_("Lower bound"), **DECIMAL)
    upper_bound = models.DecimalField(_("Upper bound"), **DECIMAL)
    # Five thresholds or three targets as numbers in text, milestones as sentences; first = level 1.
    thresholds = models.JSONField(_("Thresholds"), default=list, blank=True)
    note = models.TextField(_("Note"), blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=Q(lower_bound=None)
                | Q(upper_bound=None)
                | Q(upper_bound__gt=F("lower_bound")),
                name="indicator_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="indicator_weight_not_negative"
            ),
            models.UniqueConstraint(
                fields=["cycle", "code"], condition=~Q(code=""), name="indicator_code_once_a_year"
            ),
        ]

    def __str__(self):
        return self.name


class IndicatorValue(models.Model):
    """An indicator's value after `months` of a fiscal year (B.E.), and what its owner says of it.

    Earlier years know only the value of the whole year. `planned` is what the round should have
    reached. A row without value says why there is none yet.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    fiscal_year = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(default=WHOLE_YEAR)
    value = models.DecimalField(_("Value"), **DECIMAL)
    planned = models.DecimalField(_("Planned"), **DECIMAL)
    note = models.TextField(_("Note"), blank=True)
    problem = models.TextField(_("Problem"), blank=True)
    obstacle = models.TextField(_("Obstacle"), blank=True)
    risk = models.TextField(_("Risk"), blank=True)
    remedy = models.TextField(_("Remedy"), blank=True)
    status = models.CharField(max_length=10, choices=ResultStatus, default=ResultStatus.ENTERED)
    # Which definition was in force when the value was typed.
    definition_version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["fiscal_year", "months", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year", "months"], name="indicator_value_once"
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 24)), name="indicator_value_months"
            ),
        ]

    def __str__(self):
        return f"{self.fiscal_year}/{self.months}: {self.value}"


class MonitoringSettings(models.Model):
    """How an office scores its indicators and keeps its rounds."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="monitoring_settings")
    floor = models.CharField(
        _("Below the first threshold"), max_length=4, choices=Floor, default=Floor.ONE
    )
    missing = models.CharField(
        _("Missing values"), max_length=8, choices=MissingRule, default=MissingRule.LEFT_OUT
    )
    round_months = models.JSONField(_("Rounds (months)"), default=list, blank=True)
    opens_before_days = models.PositiveSmallIntegerField(
        _("Days before the end of a round on which it opens"), default=0
    )
    due_days = models.PositiveSmallIntegerField(
        _("Days after the end of a round until reports are due"), default=15
    )
    # An action or indicator below this share of its plan is at risk.
    on_plan_pct = models.PositiveSmallIntegerField(
        _("On plan from (percent of the plan)"), default=100
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self):
        return f"{self.agency_id}"
