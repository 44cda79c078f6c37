from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_rounds_carry_proposals")]

    operations = [
        migrations.AddField(
            model_name="officialresult",
            name="rank_among",
            field=models.CharField(blank=True, max_length=120, verbose_name="Among whom"),
        ),
        migrations.AddField(
            model_name="printedtotal",
            name="decimals",
            field=models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AddField(
            model_name="levelband",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="handedin",
            name="scale",
            field=models.CharField(
                choices=[
                    ("0-5", "0 to 5"),
                    ("0-500", "0 to 500"),
                    ("0-1000", "0 to 1,000"),
                    ("percent", "Percent"),
                ],
                default="0-5",
                max_length=10,
                verbose_name="Scale",
            ),
        ),
        migrations.AddField(
            model_name="handedin",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
