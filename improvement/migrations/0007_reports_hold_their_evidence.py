import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Evidence that proves a round's report is not removed from the library."""

    dependencies = [
        ("assessments", "0010_indicators_have_codes"),
        ("improvement", "0006_practices_name_their_model"),
    ]
    operations = [
        migrations.AlterField(
            model_name="reportevidence",
            name="evidence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="action_reports",
                to="assessments.evidence",
            ),
        ),
    ]
