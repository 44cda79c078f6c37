import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("improvement", "0005_points_outlive_their_sources")]

    operations = [
        migrations.AddField(
            model_name="bestpractice",
            name="model_name",
            field=models.CharField(blank=True, max_length=80, verbose_name="Name of the model"),
        ),
        migrations.AddField(
            model_name="bestpractice",
            name="flow_chart",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.storedfile",
                verbose_name="Flow chart",
            ),
        ),
    ]
