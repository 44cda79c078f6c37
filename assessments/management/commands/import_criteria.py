"""manage.py import_criteria FILE.yaml: take an edition of the criteria in, or refuse it whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessments.criteria.checked_yaml import EditionFileInvalid
from assessments.criteria.importing import import_edition


class Command(BaseCommand):
    help = "Import an edition of the criteria from YAML; a changed one becomes a new revision."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        try:
            edition, is_new = import_edition(text)
        except EditionFileInvalid as invalid:
            lines = "\n".join(f"{file}: {fault}" for fault in invalid.faults)
            raise CommandError(f"{lines}\nNothing was imported.") from invalid
        state = "imported as" if is_new else "is already"
        self.stdout.write(f"{edition.code} {state} revision {edition.revision}")
