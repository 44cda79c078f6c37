from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0002_sop_life_manuals_register_and_feeds")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="name",
            field=models.CharField(blank=True, max_length=250, verbose_name="Work name"),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="code",
            field=models.CharField(blank=True, max_length=60, verbose_name="Document code"),
        ),
    ]
