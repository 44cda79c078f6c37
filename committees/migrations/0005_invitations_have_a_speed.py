from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0004_seats_keep_the_unit'),
    ]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='speed',
            field=models.CharField(blank=True, choices=[('most_urgent', 'Most urgent'), ('very_urgent', 'Very urgent'), ('urgent', 'Urgent')], max_length=12, verbose_name='Speed'),
        ),
    ]
