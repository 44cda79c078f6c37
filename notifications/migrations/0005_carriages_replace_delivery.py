from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0004_derive_kinds_and_carriages'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='notification',
            name='delivery',
        ),
        migrations.AddField(
            model_name='delivery',
            name='notifications',
            field=models.ManyToManyField(related_name='deliveries', through='notifications.Carriage', to='notifications.notification'),
        ),
    ]
