import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0005_delegation_limited_to_kinds"),
        ("documents", "0006_an_issue_has_one_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="paperjob", name="one_open_job_per_paper"),
        migrations.AddField(
            model_name="paperjob",
            name="issued",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="job",
                to="documents.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="paperjob",
            name="reason",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="Why it is issued again"
            ),
        ),
        migrations.AddField(
            model_name="paperjob",
            name="code",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="paperjob",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="paperjob",
            constraint=models.UniqueConstraint(
                condition=models.Q(status__in=["queued", "running"]),
                fields=("kind", "object_id", "section", "digits", "sequence"),
                name="one_open_job_per_paper",
            ),
        ),
    ]
