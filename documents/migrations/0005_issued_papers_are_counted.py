"""Papers issued before they were counted get their numbers in the order of their days."""

from django.db import migrations


def number(apps, schema_editor):
    issued = apps.get_model("documents", "IssuedDocument")
    last = {}
    for row in issued.objects.order_by("issued_at", "pk").iterator():
        key = (row.kind, row.content_type_id, row.object_id)
        before = last.get(key)
        if before is not None:
            row.sequence, row.supersedes_id = before.sequence + 1, before.pk
            row.save(update_fields=["sequence", "supersedes"])
        last[key] = row


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_papers_of_an_office")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
