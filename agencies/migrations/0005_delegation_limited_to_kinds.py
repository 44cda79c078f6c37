from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_rows_come_in_a_whole_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='actingperiod',
            name='scopes',
            field=models.JSONField(blank=True, default=list, verbose_name='Limited to'),
        ),
    ]
