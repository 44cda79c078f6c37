from django.db import migrations


def find_year(apps, schema_editor):
    Indicator = apps.get_model("assessments", "Indicator")
    rows = Indicator.objects.filter(cycle=None).select_related(
        "item_answer__item", "item_answer__category_assessment__assessment"
    )
    for row in rows.iterator():
        answer = row.item_answer
        row.cycle_id = answer.category_assessment.assessment.cycle_id
        row.group = answer.item.code
        row.save(update_fields=["cycle", "group"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_indicators_rounds_official")]
    operations = [migrations.RunPython(find_year, migrations.RunPython.noop)]
