import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_rows_come_in_a_whole_order"),
        ("committees", "0003_seats_of_signed_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="agencies.unit",
            ),
        ),
    ]
