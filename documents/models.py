"""Stored files, text revisions, paper jobs, issued papers and how an office's papers look."""

import secrets

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.enums import Digits
from agencies.models import Agency, User
from documents.enums import PaperJobStatus, PaperStage

# Without what is taken for another on paper: 0 for O, 1 for I or L, U for V.
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_verification_code() -> str:
    """Return an unguessable code that a printed paper carries, easy to read off and to type."""
    letters = [secrets.choice(_CODE_LETTERS) for _place in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


class StoredFile(models.Model):
    """An immutable file, kept once per office under the hash of its bytes.

    Its path is made from the hash; the name a person gave it is data.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["agency", "sha256"], name="file_once_per_agency")
        ]

    def __str__(self):
        return self.name

    @property
    def path(self):
        """Return the storage path, made from the content's hash alone."""
        return f"{self.agency_id}/{self.sha256[:2]}/{self.sha256}"


class TextRevision(models.Model):
    """One accepted save of an editable text: version n of one field of one row."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField()
    data = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # A repeated request (a retry on a weak line) finds its first answer by this id.
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "version"], name="revision_version_once"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "request_id"],
                condition=~models.Q(request_id=""),
                name="revision_request_once",
            ),
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} v{self.version}"


class EditingPresence(models.Model):
    """Who has the editor of an object open: the last moment its page was heard of."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="presence_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.user_id}"


class PaperJob(models.Model):
    """A request for a paper. The worker claims it, renders it and stores the file.

    A preview draws one section of it while somebody writes, beside the office's other job. A job
    with a `sequence` issues the paper: what it draws is kept as that number, or nothing is.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="paper_jobs")
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    # The section that a preview draws; blank for the whole paper.
    section = models.CharField(max_length=60, blank=True)
    # Digits of this copy; blank prints as the office has set.
    digits = models.CharField(max_length=10, choices=Digits, blank=True)
    # The number under which the paper is issued; 0 for one that is only drawn.
    sequence = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("Why it is issued again"), max_length=300, blank=True)
    code = models.CharField(max_length=32, blank=True)
    status = models.CharField(max_length=10, choices=PaperJobStatus, default=PaperJobStatus.QUEUED)
    # How far the worker is: `done` of `total` sections or pages of the stage; 0 of 0 unknown.
    stage = models.CharField(max_length=10, choices=PaperStage, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    # The page on which it was asked for: where its own page leads back to.
    asked_from = models.CharField(max_length=300, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    # The last sign of life of the worker that has it.
    heard_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    issued = models.OneToOneField(
        "IssuedDocument", models.PROTECT, null=True, blank=True, related_name="job"
    )
    # How many pages each part of the paper took, for papers that are drawn in parts.
    part_pages = models.JSONField(default=dict, blank=True)
    # Why it failed: a code of `jobs.failures`, and where in the paper, in words.
    error = models.TextField(blank=True)
    error_place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(status=PaperJobStatus.RUNNING, section=""),
                name="one_paper_at_a_time_per_agency",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(status=PaperJobStatus.RUNNING) & ~models.Q(section=""),
                name="one_preview_at_a_time_per_agency",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id", "section", "digits", "sequence"],
                condition=models.Q(status__in=[PaperJobStatus.QUEUED, PaperJobStatus.RUNNING]),
                name="one_open_job_per_paper",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.status}"


class IssuedDocument(models.Model):
    """A paper that was handed in or signed: frozen bytes, hash, data version, who, when."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="issued_documents")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    # 1, 2, 3 … of the same paper of the same subject.
    sequence = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    data_hash = models.CharField(max_length=64)
    # What it says, line by line, so that two issues can be compared: pairs of the line's kind
    # ("h", "p", "r": heading, text, row) and its words (documents.issued.content). Empty in the
    # earliest papers.
    content = models.JSONField(default=list)
    reason = models.CharField(_("Why it was issued again"), max_length=300, blank=True)
    verification_code = models.CharField(max_length=32, unique=True, default=new_verification_code)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "content_type", "object_id", "sequence"],
                name="issued_sequence_once",
            )
        ]

    def __str__(self):
        return self.title


class HouseLook(models.Model):
    """How an office's papers look. Without a row they look as ours do."""

    agency = models.OneToOneField(Agency, models.CASCADE, related_name="house_look")
    # The state emblem of orders, announcements, letters and memos.
    emblem = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("State emblem"),
    )
    logo = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Logo for house papers"),
    )
    name = models.CharField(_("Name on house papers"), max_length=200, blank=True)
    main_colour = models.CharField(_("Main colour"), max_length=7, blank=True)
    accent_colour = models.CharField(_("Second colour"), max_length=7, blank=True)
    # TH Sarabun points of running text in house papers; official papers always have 16.
    font_size = models.PositiveSmallIntegerField(_("Size of text"), default=16)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["agency", "pk"]
        verbose_name = _("look of papers")
        verbose_name_plural = _("looks of papers")

    def __str__(self):
        return self.agency.short_name


class SignatureBlock(models.Model):
    """Who signs a kind of house paper, in what words; blocks of one paper stand in order."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="signature_blocks")
    # A paper kind; blank for every house paper without blocks of its own.
    kind = models.CharField(_("Paper"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(_("Words above the name"), max_length=60)
    name = models.CharField(_("Name"), max_length=160, blank=True)
    position = models.CharField(_("Position"), max_length=200, blank=True)
    acting = models.CharField(_("Acting for"), max_length=200, blank=True)

    class Meta:
        ordering = ["agency", "kind", "order", "pk"]
        verbose_name = _("signature block")
        verbose_name_plural = _("signature blocks")

    def __str__(self):
        return f"{self.words} {self.name}".strip()


class PaperLimit(models.Model):
    """How long a paper, or one section of it, may be in a year.

    Who receives the paper sets it, so nothing is given by us. Without an office it holds for all.
    """

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="paper_limits"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(_("Paper"), max_length=40)
    # A section as the paper names it, such as "category-3"; blank for the whole paper.
    section = models.CharField(_("Section"), max_length=60, blank=True)
    most_pages = models.PositiveIntegerField(_("Pages at most"), null=True, blank=True)
    most_letters = models.PositiveIntegerField(_("Letters at most"), null=True, blank=True)
    source = models.CharField(_("Where this is said"), max_length=200, blank=True)

    class Meta:
        ordering = ["fiscal_year", "kind", "section", "agency", "pk"]
        verbose_name = _("limit of a paper")
        verbose_name_plural = _("limits of papers")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "fiscal_year", "kind", "section"],
                name="paper_limit_once_per_agency",
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "kind", "section"],
                condition=models.Q(agency=None),
                name="paper_limit_once_for_all",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.section} {self.fiscal_year}".strip()
