"""The audit log is append-only: the database itself refuses UPDATE and DELETE."""

from django.db import migrations

SQLITE_CREATE = [
    f"""
    CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON agencies_auditentry
    BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END
    """
    for verb in ("UPDATE", "DELETE")
]
POSTGRES_CREATE = [
    """
    CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON agencies_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
    """,
    """
    CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON agencies_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
    """,
]
SQLITE_DROP = [
    "DROP TRIGGER audit_entry_no_update",
    "DROP TRIGGER audit_entry_no_delete",
]
POSTGRES_DROP = [
    "DROP TRIGGER audit_entry_no_update ON agencies_auditentry",
    "DROP TRIGGER audit_entry_no_delete ON agencies_auditentry",
    "DROP FUNCTION refuse_audit_change()",
]


def _run(schema_editor, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def create(apps, schema_editor):
    _run(schema_editor, SQLITE_CREATE, POSTGRES_CREATE)


def drop(apps, schema_editor):
    _run(schema_editor, SQLITE_DROP, POSTGRES_DROP)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
