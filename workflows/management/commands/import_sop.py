"""manage.py import_sop FILE.yaml --agency CODE [--draft]: an SOP into an office."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from agencies.models import Agency
from workflows.sop.files import DraftExists, SopFileError, import_draft, import_sop, read_sop


class Command(BaseCommand):
    help = "Import an SOP file (docs/sop-format.md); a file with faults is refused whole."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the SOP as a YAML file")
        parser.add_argument("--agency", required=True, help="code of the office")
        parser.add_argument(
            "--draft", action="store_true", help="make a draft; nothing comes in use"
        )

    def handle(self, *args, file, agency, draft=False, **options):
        office = Agency.objects.filter(code=agency).first()
        if office is None:
            raise CommandError(_("There is no office with the code “%s”.") % agency)
        try:
            text = Path(file).read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(_("The file cannot be read: %s") % error.strerror) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("The file must be UTF-8 text.")) from error
        try:
            version = (import_draft if draft else import_sop)(read_sop(text), office)
        except DraftExists as error:
            raise CommandError(
                _("Version %s of this SOP is already in work. Finish or delete it first.")
                % error.version.number
            ) from error
        except SopFileError as error:
            lines = "\n".join(f"  {fault}" for fault in error.faults)
            raise CommandError(
                _("Nothing was imported. Faults in %(file)s:") % {"file": Path(file).name}
                + f"\n{lines}"
            ) from error
        done = (
            _("%(name)s: version %(number)s is a draft. Read it through, then submit it.")
            if draft
            else _("%(name)s: version %(number)s is in use.")
        )
        self.stdout.write(done % {"name": version.procedure.name, "number": version.number})
