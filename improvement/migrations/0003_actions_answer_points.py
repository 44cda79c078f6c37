from django.db import migrations


def points_from_findings(apps, schema_editor):
    """Make a point of each OFI that an action answers, and let the action answer the point."""
    Action = apps.get_model("improvement", "Action")
    PlanPoint = apps.get_model("improvement", "PlanPoint")
    rows = Action.objects.filter(finding__isnull=False, point=None).select_related("finding")
    for order, action in enumerate(rows.order_by("plan", "order", "pk"), start=1):
        action.point, _is_new = PlanPoint.objects.get_or_create(
            plan_id=action.plan_id,
            finding_id=action.finding_id,
            defaults={
                "kind": action.finding.kind,
                "text": action.finding.text,
                "category_number": action.category_number,
                "order": order,
            },
        )
        action.save(update_fields=["point"])


def findings_from_points(apps, schema_editor):
    Action = apps.get_model("improvement", "Action")
    for action in Action.objects.filter(point__finding__isnull=False).select_related("point"):
        action.finding_id = action.point.finding_id
        action.save(update_fields=["finding"])


class Migration(migrations.Migration):
    dependencies = [("improvement", "0002_points_projects_rounds_practices")]
    operations = [migrations.RunPython(points_from_findings, findings_from_points)]
