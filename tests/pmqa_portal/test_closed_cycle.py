"""Of a closed cycle nothing changes: every address that writes is asked, as who may use it."""

import pytest

from tests.permission_matrix.table import rows_of
from tests.permission_matrix.test_permission_matrix import Walk
from workflows.models import Cycle

pytestmark = pytest.mark.django_db

# What belongs to a cycle: its steps, its self-assessment, its improvement plan.
OF_A_CYCLE = (
    *("workflows_cycle", "workflows_step", "workflows_stepwindow", "workflows_stepdocument"),
    *("workflows_stepshift", "assessments_assessment", "assessments_categoryassessment"),
    *("assessments_itemanswer", "assessments_finding", "assessments_profileanswer"),
    *("improvement_improvementplan", "improvement_action"),
    *("assessments_monitoringround", "improvement_actionreport", "improvement_reportevidence"),
)


def _written(app, is_closed):
    """Return the addresses by which somebody could write to what belongs to the cycle."""
    walk = Walk(app)
    if is_closed:
        Cycle.objects.update(status="closed")
    found = set()
    for row in rows_of(app):
        for role in sorted(row.allowed.get("post", ())):
            response, writes = walk.ask(row, role, "post", walk.own.address(row))
            wrote = any(f'"{table}"' in sql for sql in writes for table in OF_A_CYCLE)
            # A refusal takes back what it had claimed.
            if wrote and response.status_code < 400:
                found.add(row.name)
    return found


@pytest.mark.parametrize("app", ["workflows", "assessments", "improvement"])
def test_nothing_of_a_closed_cycle_is_written(app):
    assert _written(app, is_closed=True) == set()


def test_the_same_addresses_write_while_the_cycle_is_open():
    wanted = {"improvement:action-add", "improvement:plan-transition", "approvals:approve"}
    assert wanted <= _written("improvement", is_closed=False)
