"""manage.py export_sop --agency CODE --sop SLUG: the version in use as a YAML file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows.enums import VersionStatus
from workflows.models import ProcedureVersion
from workflows.sop.files import export_sop


class Command(BaseCommand):
    help = "Export an office's SOP, its version in use, as a YAML file."

    def add_arguments(self, parser):
        parser.add_argument("--agency", required=True, help="code of the office")
        parser.add_argument("--sop", required=True, help="short name of the SOP")
        parser.add_argument("--output", help="file to write; the screen when left out")

    def handle(self, *args, agency, sop, output=None, **options):
        version = (
            ProcedureVersion.objects.select_related("procedure")
            .filter(
                procedure__agency__code=agency,
                procedure__slug=sop,
                status=VersionStatus.IN_USE,
            )
            .first()
        )
        if version is None:
            raise CommandError(
                _("The office “%(agency)s” has no SOP “%(sop)s” in use.")
                % {"agency": agency, "sop": sop}
            )
        text = export_sop(version)
        if output:
            Path(output).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
