from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("improvement", "0003_actions_answer_points")]
    operations = [migrations.RemoveField(model_name="action", name="finding")]
