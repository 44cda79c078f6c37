from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_what_a_year_book_binds")]

    operations = [
        migrations.AddField(
            model_name="yearbook",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
