"""Editions come in whole or not at all, and never change under a running assessment."""

import pytest
from django.core.management import CommandError, call_command

from assessments.answering import CycleClosed, EditionUnknown, start_assessment
from assessments.criteria.checked_yaml import EditionFileInvalid
from assessments.criteria.edition_files import EDITIONS, read_edition
from assessments.criteria.importing import import_edition, load_editions
from assessments.models import Assessment, ChecklistLine, CriteriaEdition, Item, ProfileTopic
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment, make_open_cycle

pytestmark = pytest.mark.django_db
SHIPPED = (EDITIONS / "pmqa-4.0.yaml").read_text(encoding="utf-8")


def test_shipped_editions_are_complete_and_load_once():
    load_editions()
    load_editions()
    assert CriteriaEdition.objects.count() == 3
    assert ChecklistLine.objects.count() == 160
    edition = CriteriaEdition.objects.get(code="pmqa-4.0")
    items = Item.objects.filter(category__edition=edition)
    assert items.exclude(category__number=7).count() == 24
    assert items.filter(category__number=7).count() == 6
    assert ProfileTopic.objects.count() == 13
    levels = ChecklistLine.objects.values_list("level", flat=True).order_by()
    counts = [list(levels).count(name) for name in ("basic", "advance", "significance")]
    assert counts == [60, 53, 47]


def test_edition_2562_knows_some_points_and_leaves_others_open():
    load_editions("pmqa-2562")
    items = Item.objects.filter(category__edition__code="pmqa-2562")
    assert items.count() == 18
    assert items.get(code="7.2").points == 70
    assert items.get(code="1.1").points is None


def test_second_import_of_the_same_file_changes_nothing():
    first, is_new = import_edition(SHIPPED)
    again, is_new_again = import_edition(SHIPPED)
    assert (is_new, is_new_again, first.pk) == (True, False, again.pk)


def test_corrected_edition_is_a_new_revision_and_running_assessments_keep_theirs():
    started = make_assessment(make_office())
    corrected = SHIPPED.replace('en: "Leadership"', 'en: "Leading"', 1)
    edition, is_new = import_edition(corrected)
    assert (edition.revision, is_new, edition.is_current) == (2, True, True)
    assert Assessment.objects.get(pk=started.assessment.pk).edition.revision == 1
    assert CriteriaEdition.objects.filter(code="pmqa-4.0", is_current=True).count() == 1
    other = make_open_cycle(make_office("second").agency)
    assert start_assessment(other).edition.revision == 2


def test_start_makes_categories_answers_and_profile_once():
    office = make_office()
    started = make_assessment(office)
    again = start_assessment(started.cycle, "pmqa-2562", office.officer)
    assert again.pk == started.assessment.pk
    assert again.edition.code == "pmqa-4.0"
    assert again.categories.count() == 7
    assert sum(row.answers.count() for row in again.categories.all()) == 30
    assert again.profile_answers.count() == 13


def test_unknown_edition_and_closed_cycle_are_refused():
    office = make_office()
    cycle = make_open_cycle(office.agency)
    with pytest.raises(EditionUnknown):
        start_assessment(cycle, "pmqa-9.9", office.officer)
    cycle.status = "closed"
    cycle.save()
    with pytest.raises(CycleClosed):
        start_assessment(cycle, "pmqa-4.0", office.officer)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("scoring: levels", "scoring: guess", 13),
        ("total_points: 500", "total_points: many", 14),
        ("total_points: 500", "total_points: 600", 14),
        ("code: advance, adds: 100", "code: basic, adds: 100", 15),
        ('- code: "1.1"', "- code: 1.1", 31),
        ("  - number: 1\n", "  - number: 9\n", 25),
        ("format: pmqa-criteria/1", "format: other/1", 5),
        ("code: pmqa-4.0", "code: PMQA!", 6),
        ("scoring: levels", "colour: red\nscoring: levels", 13),
    ],
)
def test_fault_names_its_line(old, new, line):
    with pytest.raises(EditionFileInvalid) as refusal:
        read_edition(SHIPPED.replace(old, new, 1))
    assert line in [fault.line for fault in refusal.value.faults]


@pytest.mark.parametrize(
    "text", ["", "[]", "a: [", "just words", "a: 1\na: 2\n", "format: {}\ncategories: 5\n"]
)
def test_unreadable_file_is_refused(text):
    with pytest.raises(EditionFileInvalid):
        read_edition(text)


def test_all_faults_are_listed_at_once():
    bad = SHIPPED.replace("scoring: levels", "scoring: guess").replace(
        '- code: "6.4-S2"', "- code: 7"
    )
    with pytest.raises(EditionFileInvalid) as refusal:
        read_edition(bad)
    assert len({fault.line for fault in refusal.value.faults}) >= 2


def test_command_refuses_whole_and_names_lines(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(SHIPPED.replace("scoring: levels", "scoring: guess"), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("import_criteria", str(bad))
    assert "13" in str(refusal.value)
    assert not CriteriaEdition.objects.exists()


def test_command_imports(tmp_path, capsys):
    good = tmp_path / "good.yaml"
    good.write_text(SHIPPED, encoding="utf-8")
    call_command("import_criteria", str(good))
    assert "pmqa-4.0 imported as revision 1" in capsys.readouterr().out


BOMB = "&a [" + ", ".join(["ก"] * 9) + "]"
for _letter in "bcdefghi":
    BOMB += f", &{_letter} [" + ", ".join([f"*{chr(ord(_letter) - 1)}"] * 9) + "]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('th: "การนำองค์การ"', f'extra: [{BOMB}]\n      th: "ก"'),
        ('th: "การนำองค์การ"', 'th: "ก\\0"'),
        ('th: "การนำองค์การ"', 'th: "\\ud800"'),
        ('th: "การนำองค์การ"', f'th: "{"ก" * 301}"'),
        ('code: "1.1-B1"', f'code: "{"1" * 21}"'),
        ("required: true", "required: perhaps"),
        ("format:", "dimensions: all\nformat:"),
        ("format:", "dimensions: {adli: [{code: A}]}\nformat:"),
    ],
    ids=["bomb", "nul", "half", "title", "code", "required", "dimensions", "dimension"],
)
def test_files_made_to_break_something_are_refused_with_their_line(before, after):
    assert before in SHIPPED
    with pytest.raises(EditionFileInvalid) as refusal:
        read_edition(SHIPPED.replace(before, after, 1))
    assert refusal.value.faults[0].line >= 1
    assert CriteriaEdition.objects.count() == 0
