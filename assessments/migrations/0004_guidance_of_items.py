"""Items say which evidence shows them; editions by level say on which scale they are shown."""

from django.db import migrations, models

OBEC = {
    "code": "obec",
    "title": {
        "th": "PMQA 4.0 ระดับสำนักงานเขตพื้นที่การศึกษา (ระบบ KRS)",
        "en": "PMQA 4.0 as scored for educational service area offices (KRS)",
    },
    "divisor": 100,
}


def show_editions_by_level_on_the_obec_scale(apps, schema_editor):
    """Give editions imported before the files knew views the view that stood in the code."""
    editions = apps.get_model("assessments", "CriteriaEdition").objects.filter(scoring="levels")
    for edition in editions:
        if "views" not in edition.scoring_data:
            edition.scoring_data["views"] = [OBEC]
            edition.save(update_fields=["scoring_data"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_work_of_the_champions")]

    operations = [
        migrations.AddField("item", "typical_ofi_en", models.JSONField(default=list)),
        migrations.AddField("item", "evidence_examples", models.JSONField(default=list)),
        migrations.AddField("item", "evidence_examples_en", models.JSONField(default=list)),
        migrations.RunPython(
            show_editions_by_level_on_the_obec_scale, migrations.RunPython.noop, elidable=True
        ),
    ]
