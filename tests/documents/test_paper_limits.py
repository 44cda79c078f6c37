"""Limits of papers: the office's own before the one for all offices, asked by row or by column."""

import pytest
from django.db.models import Value

from agencies.models import Agency
from documents.models import PaperLimit
from documents.paper_limits import is_near, is_over, letters_in_query, limit_of, limits_of
from tests.agencies.factories import make_office


@pytest.mark.django_db
def test_own_limit_stands_in_the_place_of_the_one_for_all():
    office, other, third = make_office(), make_office("other"), make_office("third")
    for agency, letters in ((None, 3000), (office.agency, 2000), (other.agency, 100)):
        PaperLimit.objects.create(
            agency=agency, fiscal_year=2570, kind="report", section="item", most_letters=letters
        )
    asked = letters_in_query("pk", "year", "report", "item")
    rows = Agency.objects.annotate(year=Value(2570), most=asked)
    for agency, letters in ((office.agency, 2000), (other.agency, 100), (third.agency, 3000)):
        assert limit_of(limits_of(agency, 2570), "report", "item").letters == letters
        assert rows.get(pk=agency.pk).most == letters
    assert limit_of(limits_of(office.agency, 2571), "report", "item").letters is None


@pytest.mark.parametrize(
    ("amount", "near", "over"),
    [(89, False, False), (90, True, False), (100, True, False), (101, False, True)],
)
def test_text_is_near_its_limit_from_nine_tenths_on_and_over_beyond_it(amount, near, over):
    assert (is_near(amount, 100), is_over(amount, 100)) == (near, over)
    assert (is_near(amount, None), is_over(amount, None), is_over(None, 100)) == (False,) * 3
