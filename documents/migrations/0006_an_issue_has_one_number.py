from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_issued_papers_are_counted")]
    operations = [
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                fields=("kind", "content_type", "object_id", "sequence"),
                name="issued_sequence_once",
            ),
        )
    ]
