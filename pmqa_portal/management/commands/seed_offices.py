"""Offices in numbers, for measuring: the same call makes the same data on every machine."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.fiscal_year import fiscal_year_of
from pmqa_portal.seeding import seed_offices

MOST_OFFICES, MOST_YEARS = 2000, 20


class Command(BaseCommand):
    help = "Seed a large, reproducible data set. Refused unless DEMO or DEBUG is set."

    def add_arguments(self, parser):
        parser.add_argument("--offices", type=int, required=True, help="how many offices (1–2000)")
        parser.add_argument("--years", type=int, default=1, help="fiscal years of each (1–20)")
        parser.add_argument("--last-year", type=int, help="last fiscal year, B.E. (default: this)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other figures")

    def handle(self, *args, **options):
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("The offices have known passwords: set DEMO=1 to seed them.")
        offices, years = options["offices"], options["years"]
        if not (1 <= offices <= MOST_OFFICES and 1 <= years <= MOST_YEARS):
            raise CommandError(f"Seed 1 to {MOST_OFFICES} offices with 1 to {MOST_YEARS} years.")
        last_year = options["last_year"] or fiscal_year_of(clock.today())
        if not 2500 + MOST_YEARS <= last_year <= 2600:
            raise CommandError("The last year is a fiscal year in B.E., like 2570.")
        made = seed_offices(offices, years, last_year, options["seed"])
        self.stdout.write(f"offices: {offices}, of them made now: {len(made)}")
