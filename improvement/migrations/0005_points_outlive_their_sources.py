import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a point came from may be removed where it is kept; an action keeps its OFI."""

    dependencies = [
        ("improvement", "0004_points_replace_findings"),
        ("assessments", "0007_indicators_belong_to_a_year"),
        ("committees", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="planpoint",
            name="finding",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="assessments.finding",
            ),
        ),
        *(
            migrations.AlterField(
                model_name="planpoint",
                name=name,
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="points",
                    to=model,
                ),
            )
            for name, model in (
                ("indicator", "assessments.indicator"),
                ("official_result", "assessments.officialresult"),
                ("resolution", "committees.resolution"),
            )
        ),
    ]
