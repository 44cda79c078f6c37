from django.db import migrations

STEMS = {"krs": "KRS", "other": "KPI", "category_7": "7"}


def give_codes(apps, schema_editor):
    Indicator = apps.get_model("assessments", "Indicator")
    taken = {}
    for cycle, code in Indicator.objects.exclude(code="").values_list("cycle", "code"):
        taken.setdefault(cycle, set()).add(code)
    for row in Indicator.objects.filter(code="").order_by("cycle", "group", "order", "pk"):
        codes = taken.setdefault(row.cycle_id, set())
        stem, number = row.group or STEMS[row.kind], 1
        while f"{stem}-{number:02d}" in codes:
            number += 1
        row.code = f"{stem}-{number:02d}"
        codes.add(row.code)
        row.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_official_results_completed")]
    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
