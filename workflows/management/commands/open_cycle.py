"""manage.py open_cycle --agency CODE --sop SLUG --year 2570 [--start DATE]"""

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency
from core.thai_dates import ThaiDateError, parse_thai_date
from workflows.enums import VersionStatus
from workflows.models import Procedure
from workflows.opening import OpeningRefused, open_cycle


class Command(BaseCommand):
    help = "Open a fiscal year from the version of an SOP that is in use."

    def add_arguments(self, parser):
        parser.add_argument("--agency", required=True, help="office code")
        parser.add_argument("--sop", required=True, help="short name (slug) of the SOP")
        parser.add_argument("--year", required=True, type=int, help="fiscal year, B.E.")
        parser.add_argument(
            "--start", help="day from which durations count (B.E. or ISO); default 1 October"
        )

    def handle(self, *args, **options):
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"There is no office with the code {options['agency']!r}.")
        procedure = Procedure.objects.filter(agency=agency, slug=options["sop"]).first()
        if procedure is None:
            raise CommandError(f"The office has no SOP {options['sop']!r}.")
        version = procedure.versions.filter(status=VersionStatus.IN_USE).first()
        if version is None:
            raise CommandError(f"No version of the SOP {options['sop']!r} is in use.")
        if not 2400 <= options["year"] <= 2800:
            raise CommandError("The fiscal year is given in B.E., for example 2570.")
        try:
            start = parse_thai_date(options["start"]) if options["start"] else None
            cycle = open_cycle(agency, version, options["year"], None, start)
        except (OpeningRefused, ThaiDateError) as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in cycle.warnings:
            self.stderr.write(self.style.WARNING(line))
        self.stdout.write(f"cycle: {cycle.pk}")
        for step in cycle.steps.prefetch_related("windows"):
            days = ", ".join(
                f"{window.starts_on} – {window.ends_on} (due {window.due_on})"
                if window.ends_on
                else "undated"
                for window in step.windows.all()
            )
            self.stdout.write(f"{step.number}. {step.title}: {days or 'undated'}")
