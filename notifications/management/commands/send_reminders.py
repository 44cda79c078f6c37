"""What the scheduler calls: write the day's reminders and queue their messages."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Agency
from core import clock
from core.thai_dates import ThaiDateError, parse_thai_date
from notifications.reminders import rows_due, write_reminders


class Command(BaseCommand):
    help = "Write today's reminders (or those of --on); running it twice sends nothing twice."

    def add_arguments(self, parser):
        parser.add_argument("--on", help="the day to act for: 2027-03-01 or 1/3/2570")
        parser.add_argument("--dry-run", action="store_true", help="only list, write nothing")

    def handle(self, *args, on=None, dry_run=False, **options):
        try:
            day = parse_thai_date(on) if on else clock.today()
        except ThaiDateError as error:
            raise CommandError(str(error)) from error
        total = 0
        for agency in Agency.objects.filter(is_active=True):
            if dry_run:
                rows = rows_due(agency, day)
                total += len(rows)
                groups = Counter((row.rule, row.due_on, row.title) for row in rows)
                for (rule, due_on, title), count in groups.items():
                    self.stdout.write(f"{agency.code} {rule} {due_on} {title} ×{count}")
            else:
                total += write_reminders(agency, day)
        self.stdout.write(f"reminders: {total}")
