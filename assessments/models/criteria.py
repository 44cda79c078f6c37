"""Criteria editions as data: categories, items, checklist lines, measures, profile topics."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from agencies.models import Agency
from assessments.enums import Level, ScoringKind


class BilingualTitle(models.Model):
    """A title from the criteria in Thai, with a working translation."""

    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self):
        """Return the title in the language of the page (Thai where there is no other)."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_th


class CriteriaEdition(BilingualTitle):
    """A generation of the criteria. An assessment works on the edition it started with.

    Without an agency it is for every office; with one it is that office's corrected edition.
    """

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="criteria_editions"
    )
    code = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField(default=1)
    # What the office must know before it relies on the wording or the points.
    note_th = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    scoring = models.CharField(max_length=10, choices=ScoringKind)
    total_points = models.DecimalField(max_digits=7, decimal_places=2)
    # Levels: {"levels": [{"code": "basic", "adds": 300}, …], "result_rules": […]};
    # percent: {"bands": [[0, 5], …], "dimensions": {"adli": […], "letci": […]}}.
    # "views": [{"code": "obec", "title": {…}, "divisor": 100}]: scales the scores are shown on.
    scoring_data = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    data_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-revision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "revision"],
                condition=Q(agency=None),
                name="edition_revision_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "code", "revision"],
                condition=Q(agency__isnull=False),
                name="office_edition_revision_once",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(is_current=True, agency=None),
                name="edition_current_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "code"],
                condition=Q(is_current=True, agency__isnull=False),
                name="office_edition_current_once",
            ),
        ]

    def __str__(self):
        return self.title_th

    @property
    def short_name(self):
        """Return the code as people say it: PMQA 4.0, PMQA 2562."""
        return self.code.replace("-", " ").upper()

    @property
    def note(self):
        return self.note_en if get_language() == "en" and self.note_en else self.note_th


class Category(BilingualTitle):
    """หมวด 1–7. Matched between editions by number, never by title."""

    edition = models.ForeignKey(CriteriaEdition, models.CASCADE, related_name="categories")
    number = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="category_number_once")
        ]

    def __str__(self):
        return f"{self.number} {self.title_th}"


class Item(BilingualTitle):
    """หัวข้อ under a category. Points may be unknown (null) and are then entered by the office."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="items")
    code = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    asks_th = models.TextField(blank=True)
    asks_en = models.TextField(blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    # {"basic": {"th": "...", "en": "..."}, …}: what each level stresses.
    emphasis = models.JSONField(default=dict)
    # Texts in Thai; the lists ending in _en hold their translations in the same order.
    typical_ofi = models.JSONField(default=list)
    typical_ofi_en = models.JSONField(default=list)
    evidence_examples = models.JSONField(default=list)
    evidence_examples_en = models.JSONField(default=list)
    areas = models.JSONField(default=list)

    class Meta:
        ordering = ["category__number", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["category", "code"], name="item_code_once")]

    def __str__(self):
        return f"{self.code} {self.title_th}"

    @property
    def asks(self):
        return self.asks_en if get_language() == "en" and self.asks_en else self.asks_th


class ChecklistLine(BilingualTitle):
    """One line of an item's checklist at a level."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=20)
    level = models.CharField(max_length=15, choices=Level)
    order = models.PositiveSmallIntegerField()
    evidence_hints = models.JSONField(default=list)

    class Meta:
        ordering = ["item", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="line_code_once")]

    def __str__(self):
        return self.code


class Measure(BilingualTitle):
    """A kind of result that a category 7 item asks for."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="measures")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=False)
    examples = models.JSONField(default=list)

    class Meta:
        ordering = ["item", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="measure_code_once")]

    def __str__(self):
        return self.code


class ItemMapping(models.Model):
    """Which item of an older edition a newer edition's item continues, by number."""

    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True, related_name="+")
    from_edition = models.CharField(max_length=40)
    from_item = models.CharField(max_length=10)
    to_edition = models.CharField(max_length=40)
    to_item = models.CharField(max_length=10)

    class Meta:
        ordering = ["to_edition", "to_item", "from_edition", "from_item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_edition", "from_item", "to_edition", "to_item"],
                condition=Q(agency=None),
                name="item_mapped_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "from_edition", "from_item", "to_edition", "to_item"],
                condition=Q(agency__isnull=False),
                name="office_item_mapped_once",
            ),
        ]

    def __str__(self):
        return f"{self.from_edition} {self.from_item} → {self.to_edition} {self.to_item}"


class ProfileTopic(BilingualTitle):
    """One of the 13 topics of the organisational profile."""

    number = models.PositiveSmallIntegerField(unique=True)
    code = models.CharField(max_length=10)
    part = models.CharField(max_length=5)
    part_title_th = models.CharField(max_length=200)
    part_title_en = models.CharField(max_length=200)
    group = models.CharField(max_length=5)
    group_title_th = models.CharField(max_length=200)
    group_title_en = models.CharField(max_length=200)
    hint_th = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.code} {self.title_th}"

    @property
    def part_title(self):
        return self.part_title_en if get_language() == "en" else self.part_title_th

    @property
    def group_title(self):
        return self.group_title_en if get_language() == "en" else self.group_title_th
