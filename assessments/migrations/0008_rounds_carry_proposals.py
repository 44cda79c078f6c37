from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_indicators_belong_to_a_year")]

    operations = [
        migrations.AddField(
            model_name="monitoringround",
            name="proposals",
            field=models.TextField(blank=True, verbose_name="Proposals"),
        ),
    ]
