"""One sweep of reminders: 245 offices × 40 open steps × 10 people, each step waiting for all ten.

`queries_per_office_more_finished` repeats the count with 400 finished steps beside the open ones:
it must be the same. `again` is the second sweep of the day, which writes nothing.
"""

import contextlib
import datetime as dt
import resource
import time

from script.benches import _measuring as measuring  # first: it sets Django up

from django.db import connection, transaction  # isort: skip

from agencies.enums import OfficeRole  # isort: skip
from agencies.models import Agency, AgencyMembership, User  # isort: skip
from core import clock  # isort: skip
from core import fiscal_year as fiscal  # isort: skip
from notifications.models import Carriage, Delivery, Notification  # isort: skip
from notifications.reminders import write_reminders  # isort: skip
from workflows.enums import ResponsibleKind, StepStatus  # isort: skip
from workflows.models import Cycle, Procedure, ProcedureStep, ProcedureVersion, Step  # isort: skip

STEPS, PEOPLE, FINISHED = 40, 10, 400
DAY = dt.date(2027, 3, 1)


def make_office(number: int) -> Agency:
    """Make an office whose open steps are due in a week and wait for ten officers each."""
    agency = Agency.objects.create(
        code=f"sweep{number:03}", name_th=f"สำนักงานจำลอง {number}", reminder_days=[30, 7, 1]
    )
    users = User.objects.bulk_create(
        User(username=f"{agency.code}-{place}", email=f"{agency.code}-{place}@example.com")
        for place in range(PEOPLE)
    )
    AgencyMembership.objects.bulk_create(
        AgencyMembership(agency=agency, user=user, role=OfficeRole.OFFICER) for user in users
    )
    procedure = Procedure.objects.create(agency=agency, slug="sop", name="งาน")
    version = ProcedureVersion.objects.create(procedure=procedure, number=1)
    ProcedureStep.objects.create(
        version=version,
        number=1,
        title="ขั้นตอน",
        responsible_kind=ResponsibleKind.OFFICE_ROLE,
        responsible_value=OfficeRole.OFFICER,
    )
    opened = dt.datetime.combine(DAY - dt.timedelta(days=100), dt.time(9), clock.BANGKOK)
    Cycle.objects.create(
        agency=agency,
        fiscal_year=fiscal.fiscal_year_of(DAY),
        version=version,
        opened_at=opened,
        opened_by=users[0],
    )
    add_steps(agency, 1, STEPS)
    return agency


def add_steps(agency: Agency, first: int, count: int, **fields) -> None:
    cycle = Cycle.objects.get(agency=agency)
    step = ProcedureStep.objects.get(version=cycle.version_id)
    Step.objects.bulk_create(
        Step(
            cycle=cycle,
            procedure_step=step,
            number=number,
            title=f"ขั้นตอน {number}",
            due_on=DAY + dt.timedelta(days=7),
            **fields,
        )
        for number in range(first, first + count)
    )


class Counter:
    """Counts queries without keeping them."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@contextlib.contextmanager
def counted():
    counter = Counter()
    with connection.execute_wrapper(counter):
        yield counter


def sweep(agencies) -> tuple[float, int, int]:
    """Return the seconds, the reminders written and the queries of one sweep."""
    started = time.perf_counter()
    with counted() as queries:
        written = sum(write_reminders(agency, DAY) for agency in agencies)
    return time.perf_counter() - started, written, queries.count


def queries_of(agency: Agency) -> int:
    """Count the queries of writing the office's reminders, and undo them."""
    with transaction.atomic(), counted() as queries:
        write_reminders(agency, DAY)
        transaction.set_rollback(True)
    return queries.count


def main() -> int:
    offices = 20 if measuring.is_quick(__doc__) else 245
    measuring.prepare(0)
    with transaction.atomic():
        agencies = [make_office(number) for number in range(offices)]
    with clock.frozen(DAY):
        few = queries_of(agencies[0])
        add_steps(agencies[0], STEPS + 1, FINISHED, status=StepStatus.DONE, done_on=DAY)
        many = queries_of(agencies[0])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        first, written, queries = sweep(agencies)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        again, written_again, queries_again = sweep(agencies)
    figures: dict[str, float | int] = {
        "offices": offices,
        "open_steps": Step.objects.exclude(status=StepStatus.DONE).count(),
        "people": User.objects.filter(username__startswith="sweep").count(),
        "reminders": written,
        "notifications": Notification.objects.count(),
        "carriages": Carriage.objects.count(),
        "messages": Delivery.objects.count(),
        "sweep_seconds": first,
        "reminders_per_second": written / first,
        "queries": queries,
        "queries_per_office": few,
        "queries_per_office_more_finished": many,
        "peak_memory_mb": peak / 1024,
        "peak_memory_of_sweep_mb": (peak - before) / 1024,
        "again_seconds": again,
        "again_reminders": written_again,
        "again_queries": queries_again,
    }
    measuring.report("reminders", figures)
    return 0 if (written, written_again, many) == (offices * STEPS * PEOPLE, 0, few) else 1


if __name__ == "__main__":
    raise SystemExit(main())
