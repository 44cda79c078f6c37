"""What is measured in a year: the list, one definition and its versions."""

from decimal import Decimal

import pytest

from assessments.indicators.definition_forms import DefinitionForm
from assessments.indicators.definition_listing import Wanted, found
from assessments.models import CategoryAssessment, Indicator
from notifications.models import Notification
from tests.agencies.factories import UnitFactory, make_office
from tests.assessments.factories import make_assessment, make_open_cycle
from workflows.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def cycle(office):
    return make_open_cycle(office.agency, by=office.officer)


def indicator(cycle, **fields):
    fields = {"name": "ร้อยละความสำเร็จ", "unit": "ร้อยละ", "code": "7.1-01"} | fields
    return Indicator.objects.create(cycle=cycle, **fields)


def test_list_finds_words_inside_unspaced_text_and_filters(office, cycle):
    first = indicator(cycle, code="7.2-01", group="7.2", name="ความพึงพอใจของผู้รับบริการ")
    indicator(cycle, code="7.1-01", group="7.1", name="ร้อยละที่บรรลุเป้าหมาย", weight=Decimal(3))
    indicator(cycle, code="K-1", kind="krs", name="อ่านออกเขียนได้", owner=office.staff)
    rows = list(Indicator.objects.select_related("owner", "owner_unit"))

    def codes(**wanted):
        return [row.code for row in found(rows, Wanted(**wanted))]

    assert codes() == ["7.1-01", "7.2-01", "K-1"]
    assert codes(words="รับ บริการ") == ["7.2-01"]
    assert codes(words="พงพอใจ") == []
    assert codes(kind="krs") == ["K-1"]
    assert codes(group="7.2") == [first.code]
    assert codes(owner=str(office.staff.pk)) == ["K-1"]
    assert codes(owner="none") == ["7.1-01", "7.2-01"]
    assert codes(sort="weight") == ["7.1-01", "7.2-01", "K-1"]
    assert codes(sort="owner")[0] == "K-1"


def test_list_shows_the_year_of_its_address_only(client_for, office, cycle):
    indicator(cycle, name="ตัวชี้วัดของปีนี้")
    indicator(make_open_cycle(office.agency, 2569), name="ตัวชี้วัดของปีก่อน")

    page = client_for(office.observer).get(office.url("2570/indicators/definitions/"))

    assert "ตัวชี้วัดของปีนี้" in page.text
    assert "ตัวชี้วัดของปีก่อน" not in page.text


def full(**changed):
    """Return the full form as typed for a result of category 7."""
    return {
        "code": "",
        "name": "ร้อยละความพึงพอใจ",
        "kind": "category_7",
        "group": "7.2",
        "level": "office",
        "unit": "ร้อยละ",
        "direction": "higher_is_better",
        "weight": "2.5",
        "rule": "five-levels",
        "target": "๙๐",
        "level_1": "60",
        "level_2": "๗๐",
        "level_3": "80",
        "level_4": "90",
        "level_5": "100",
        "value_2569": "88.25",
    } | changed


def test_form_keeps_every_field_and_gives_the_next_code(client_for, office, cycle):
    unit = UnitFactory(agency=office.agency)
    address = office.url("2570/indicators/definitions/add/")
    people = {"owner": office.staff.pk, "checker": office.deputy.pk, "owner_unit": unit.pk}
    indicator(cycle, code="7.2-07", group="7.2")

    answer = client_for(office.deputy).post(address, full(**people, perspective="service"))

    assert answer.status_code == 302
    made = Indicator.objects.get(code="7.2-08")
    assert (made.kind, made.group, made.weight, made.target) == (
        "category_7",
        "7.2",
        Decimal("2.5"),
        Decimal("90"),
    )
    assert made.thresholds == ["60", "70", "80", "90", "100"]
    assert (made.owner, made.checker, made.owner_unit) == (office.staff, office.deputy, unit)
    assert list(made.values.values_list("fiscal_year", "value")) == [(2569, Decimal("88.25"))]
    notice = Notification.objects.get(recipient=office.staff)
    assert (notice.kind, "ร้อยละความพึงพอใจ" in notice.title) == ("assigned", True)


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"group": ""}, "group", "7.1"),
        ({"level_3": "70"}, "level_3", "มากกว่า"),
        ({"direction": "lower_is_better"}, "level_2", "น้อยกว่า"),
        ({"level_4": ""}, "level_4", "ห้า"),
        ({"level_1": "มาก"}, "level_1", "85.5"),
        ({"rule": "three-targets", "level_2": "50"}, "level_2", "มากกว่า"),
        ({"rule": "milestones", "level_2": ""}, "level_2", "เว้น"),
        ({"rule": "linear-100-500"}, "lower_bound", "ทั้ง"),
        ({"rule": "linear-100-500", "lower_bound": "5", "upper_bound": "5"}, "upper_bound", "ค่าต่ำ"),
        ({"weight": "-1"}, "weight", "0"),
        ({"code": "KRS-1"}, "code", "รหัส"),
    ],
)
def test_form_tells_what_is_wrong_beside_its_field(office, cycle, changed, field, message):
    indicator(cycle, code="krs-1")
    form = DefinitionForm(cycle, True, full(**changed))
    assert field in form.errors
    assert message in " ".join(form.errors[field])


def test_owner_checker_and_unit_are_of_the_office_and_two_people(office, cycle):
    stranger = make_office("other")
    one = DefinitionForm(cycle, True, full(owner=office.staff.pk, checker=office.staff.pk))
    other = DefinitionForm(cycle, True, full(owner=stranger.staff.pk))
    assert set(one.errors) == {"checker"}
    assert set(other.errors) == {"owner"}


def test_champion_writes_results_only(client_for, office):
    make_assessment(office)
    agreement = indicator(Cycle.objects.get(), code="K-1", kind="krs")
    champion = client_for(office.champion2)
    address = office.url("2570/indicators/definitions/")

    assert champion.post(f"{address}add/", full(kind="krs", group="")).status_code == 422
    assert champion.post(f"{address}add/", full()).status_code == 302
    assert champion.get(f"{address}{agreement.pk}/").status_code == 403
    assert client_for(office.staff).get(f"{address}add/").status_code == 403


def test_versions_compare_field_by_field_and_mark_older_results(client_for, office, cycle):
    client = client_for(office.officer)
    client.post(office.url("2570/indicators/definitions/add/"), full(code="A-1"))
    made = Indicator.objects.get()
    made.values.create(fiscal_year=2570, months=6, value=Decimal("81"), definition_version=1)
    address = office.url(f"2570/indicators/definitions/{made.pk}/")
    typed = full(code="A-1", target="92", version=1)

    assert client.post(address, typed).status_code == 302
    late = client_for(office.deputy).post(address, typed | {"target": "95"})

    assert late.status_code == 409
    assert 'value="95"' in late.text
    assert 'name="version" value="2"' in late.text
    page = client.get(f"{address}versions/")
    assert [version.changes for version in page.context["versions"]] == [
        [("ค่าเป้าหมาย", "90", "92")],
        [],
    ]
    assert [row.months for row in page.context["older_values"]] == [6]


def test_confirmed_results_keep_their_indicator(client_for, office, cycle):
    made = indicator(cycle)
    made.values.create(fiscal_year=2570, months=6, value=Decimal(1), status="confirmed")
    address = office.url(f"2570/indicators/definitions/{made.pk}/remove/")

    client_for(office.officer).post(address)
    assert Indicator.objects.count() == 1
    made.values.all().delete()
    client_for(office.officer).post(address)
    assert Indicator.objects.count() == 0


def test_starting_an_assessment_attaches_the_indicators_of_its_items(office, cycle):
    made, other = indicator(cycle, group="7.3"), indicator(cycle, code="K-1", kind="krs")
    started = make_assessment(office, cycle=cycle)
    made.refresh_from_db()
    other.refresh_from_db()
    assert made.item_answer == started.answer("7.3")
    assert other.item_answer is None


def test_locked_category_7_refuses_its_definitions_only(client_for, office, cycle):
    make_assessment(office, cycle=cycle)
    CategoryAssessment.objects.filter(category__number=7).update(status="submitted")
    client = client_for(office.officer)
    address = office.url("2570/indicators/definitions/add/")

    assert client.post(address, full()).status_code == 409
    assert client.post(address, full(kind="krs", group="")).status_code == 302
    assert Indicator.objects.get().code == "KRS-01"
