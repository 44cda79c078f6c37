import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_indicators_find_their_year")]
    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indicators",
                to="workflows.cycle",
            ),
        ),
    ]
