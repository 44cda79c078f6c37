"""The demo office: people, SOPs, criteria and a finished year; the running one is yours to open."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.demo import load_office
from agencies.models import User
from assessments.criteria.importing import load_editions
from pmqa_portal.demo_award import load_award
from pmqa_portal.demo_indicators import load_indicators
from pmqa_portal.demo_look import load_look
from pmqa_portal.demo_manual import load_manual
from pmqa_portal.demo_meetings import load_meetings
from pmqa_portal.demo_practices import load_practices
from pmqa_portal.demo_register import load_register
from pmqa_portal.demo_rounds import load_rounds
from pmqa_portal.demo_year import load_last_year
from workflows.models import Procedure
from workflows.sop.files import import_sop, read_sop, shipped_files


class Command(BaseCommand):
    help = "Load the demo office (idempotent). Refused unless DEMO or DEBUG is set."

    @transaction.atomic
    def handle(self, *args, **options):
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("The demo has known passwords: set DEMO=1 to load it.")
        agency = load_office()
        officer = User.objects.get(username="officer")
        load_look(agency, officer)
        load_editions()
        for slug, path in shipped_files().items():
            if not Procedure.objects.filter(agency=agency, slug=slug).exists():
                import_sop(read_sop(path.read_text(encoding="utf-8")), agency, officer)
        load_register(agency)
        load_manual(agency, officer)
        load_last_year(agency)
        load_indicators(agency)
        load_rounds(agency)
        load_practices(agency)
        load_meetings(agency)
        load_award(agency)
        self.stdout.write(f"demo office: {agency.code}")
