"""Evidence that proves a round's report stays in the library."""

import pytest

from assessments.evidence import EvidenceInUse, remove_evidence
from assessments.models import Evidence
from improvement.monitoring.reporting import attach, detach
from tests.agencies.factories import make_office
from tests.improvement.monitoring.factories import make_evidence, make_year, open_round


@pytest.mark.django_db
def test_evidence_of_a_report_is_not_removed():
    office = make_office()
    plan = make_year(office)
    row, action = open_round(office, plan), plan.actions.get()
    evidence = make_evidence(plan.cycle, office.champion1)
    attach(row, action, evidence, office.champion1)
    with pytest.raises(EvidenceInUse):
        remove_evidence(evidence, office.champion1)
    assert Evidence.objects.filter(pk=evidence.pk).exists()
    detach(row, action, evidence, office.champion1)
    remove_evidence(evidence, office.champion1)
    assert not Evidence.objects.filter(pk=evidence.pk).exists()
