"""The migration that counts papers issued before issues had numbers."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from documents import papers
from documents.issued.recording import record
from documents.models import IssuedDocument
from documents.stored_files import store_bytes
from tests.agencies.factories import make_office
from tests.documents.factories import register_office_paper

migration = import_module("documents.migrations.0005_issued_papers_are_counted")
LONG_AGO = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_issues_of_each_paper_are_counted_in_the_order_of_their_days():
    kind = papers.get(register_office_paper())
    office, other = make_office(), make_office("other")

    def issue(agency, days, number):
        stored = store_bytes(agency, "a.pdf", b"%PDF", "application/pdf", office.officer)
        at = LONG_AGO + dt.timedelta(days=days)
        row = record(
            kind, agency, stored, office.officer, data_hash="0" * 64, sequence=number, at=at
        )
        # As it was before: no row knew of another.
        IssuedDocument.objects.filter(pk=row.pk).update(supersedes=None)
        return row

    # Only the first ones have the number that all had then: a rule keeps two from having the same.
    last, first, second = (
        issue(office.agency, days, number) for days, number in ((9, 90), (1, 1), (5, 50))
    )
    alone = issue(other.agency, 3, 1)
    migration.number(apps, None)
    counted = {row.pk: (row.sequence, row.supersedes_id) for row in IssuedDocument.objects.all()}
    assert counted == {
        first.pk: (1, None),
        second.pk: (2, first.pk),
        last.pk: (3, second.pk),
        alone.pk: (1, None),
    }
