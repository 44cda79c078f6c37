"""Stored files, text revisions, paper jobs and issued papers."""

import secrets

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from documents.enums import PaperJobStatus

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
    """A request for a paper. The worker claims it, renders it and stores the file."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="paper_jobs")
    kind = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    status = models.CharField(max_length=10, choices=PaperJobStatus, default=PaperJobStatus.QUEUED)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(status=PaperJobStatus.RUNNING),
                name="one_paper_at_a_time_per_agency",
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id"],
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
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    data_hash = models.CharField(max_length=64)
    verification_code = models.CharField(max_length=32, unique=True, default=new_verification_code)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-issued_at", "-pk"]

    def __str__(self):
        return self.title
