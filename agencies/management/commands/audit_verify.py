"""Check the audit chains: `manage.py audit_verify [--agency CODE]`."""

from django.core.management.base import BaseCommand, CommandError

from agencies import audit
from agencies.models import Agency


class Command(BaseCommand):
    help = "Check that no entry of the audit log was changed, deleted or moved."

    def add_arguments(self, parser):
        parser.add_argument("--agency", metavar="CODE", help="only this office")

    def handle(self, *args, **options):
        agencies = Agency.objects.order_by("code")
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
            if not agencies:
                raise CommandError(f"There is no office with the code {options['agency']}.")
        broken = 0
        for agency in agencies:
            faults = audit.verify(agency)
            broken += bool(faults)
            for fault in faults:
                self.stderr.write(f"{agency.code}: {fault}")
            if not faults:
                self.stdout.write(f"{agency.code}: {agency.audit_entries.count()} entries, whole")
        if broken:
            raise CommandError(f"The audit log of {broken} office(s) is not whole.")
