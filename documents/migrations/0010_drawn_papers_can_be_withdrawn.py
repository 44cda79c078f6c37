from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0009_pages_of_a_papers_parts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='paperjob',
            name='status',
            field=models.CharField(choices=[('queued', 'Waiting'), ('running', 'Being made'), ('done', 'Ready'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('withdrawn', 'Withdrawn')], default='queued', max_length=10),
        ),
    ]
