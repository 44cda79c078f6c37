"""Telling people what a year's opening gives them to do: one notice a person and SOP."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from agencies.models import User
from core import clock
from notifications.enums import NoticeKind
from notifications.models import Notification
from notifications.notices import write_rows
from workflows.models import Cycle
from workflows.responsible import Resolver


def tell_responsible(cycle: Cycle, by: User | None) -> None:
    """Tell everybody responsible for a step, except who opened the year.

    Called inside the opening. A year opened by the portal itself (a demo, an import) tells nobody.
    """
    if by is None:
        return
    resolver = Resolver(cycle.agency, [cycle.fiscal_year])
    counts: dict[User, int] = {}
    for step in cycle.steps.select_related("procedure_step", "cycle"):
        for person in resolver.of_step(step).people:
            counts[person] = counts.get(person, 0) + 1
    counts.pop(by, None)
    with translation.override(settings.LANGUAGE_CODE):
        write_rows([_notice(cycle, person, count) for person, count in counts.items()])


def _notice(cycle: Cycle, person: User, count: int) -> Notification:
    words = {"count": count, "sop": cycle.version.procedure.name, "year": cycle.fiscal_year}
    title = ngettext(
        "You carry out %(count)d step of %(sop)s in fiscal year %(year)s",
        "You carry out %(count)d steps of %(sop)s in fiscal year %(year)s",
        count,
    )
    return Notification(
        agency=cycle.agency,
        recipient=person,
        rule="steps_assigned",
        kind=NoticeKind.ASSIGNED,
        object_type=cycle._meta.label_lower,
        object_id=str(cycle.pk),
        due_on=clock.today(),
        title=(title % words)[:300],
        url=reverse("my-work", args=[cycle.agency.code, cycle.fiscal_year]),
        created_at=clock.now(),
    )
