"""The demo office's award forms of the finished year: some texts, and readiness half given."""

import datetime as dt
from pathlib import Path

from ruamel.yaml import YAML

from agencies.models import Agency, User
from assessments.models import ItemAnswer
from core.clock import frozen
from reports.award.readiness import save_readiness
from reports.award.topics import form_of
from reports.award.writing import save_award_text
from reports.models import AwardText
from workflows.queries import main_cycle

YEAR = 2569
TEXTS = Path(__file__).with_name("demo_data") / "award_2569.yaml"
WRITTEN = dt.date(2026, 9, 21)


def load_award(agency: Agency) -> None:
    """Write the forms once, by the functions that people's clicks call."""
    cycle = main_cycle(agency, YEAR)
    if cycle is None or AwardText.objects.filter(cycle=cycle).exists():
        return
    data = YAML(typ="safe").load(TEXTS.read_text(encoding="utf-8"))
    officer = User.objects.get(username="officer")
    answers = {
        answer.item.code: answer.item
        for answer in ItemAnswer.objects.filter(
            category_assessment__assessment__cycle=cycle
        ).select_related("item")
    }
    with frozen(WRITTEN):
        for kind, texts in data["texts"].items():
            form = form_of(kind)
            for code, text in texts.items():
                save_award_text(cycle, form, form.topic(code), text, version=0, by=officer)
        for code, (score, reason) in data["readiness"].items():
            changes = {"score": score, "text": reason}
            save_readiness(cycle, answers[code], changes, version=0, by=officer)
