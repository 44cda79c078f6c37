"""Private scores: nobody sees another's before the own one is handed in."""

import itertools
import re

import pytest

from agencies.models import AuditEntry
from assessments import answering
from assessments.models import ItemScore, LineAnswer
from assessments.scores import concluding, sheets, spread
from assessments.scores.seeing import sees_members
from assessments.scores.sheets import HandedIn, Incomplete, Sheet
from documents.revisions import NotEditable
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from workflows.models import Cycle

SCORE = "266.66667"


@pytest.mark.parametrize(
    ("reads", "scores", "handed", "opened", "everybody"),
    list(itertools.product([True, False], repeat=5)),
)
def test_rule_of_who_sees_members_in_every_combination(reads, scores, handed, opened, everybody):
    shown = sees_members(
        reads=reads, scores=scores, own_handed_in=handed, is_opened=opened, all_in=everybody
    )
    if shown:
        assert reads
        assert handed or (not scores and (opened or everybody))
    else:
        assert not reads or (not handed and (scores or not (opened or everybody)))


def test_spread_of_three_scores():
    from decimal import Decimal as D

    found = spread.spread_of([D("300"), D("366.66667"), None, D("200")])
    assert (found.count, str(found.least), str(found.most)) == (4, "200", "366.66667")
    assert (str(found.mean), str(found.width)) == ("288.88889", "166.66667")
    assert spread.spread_of([]) == spread.Spread(0, None, None, None)


def test_votes_tell_lines_that_differ():
    rows = [ItemScore(lines={"a": "yes", "b": "no"}), ItemScore(lines={"a": "yes", "b": "yes"})]
    votes = spread.votes_by_line(rows, ["a", "b", "c"])
    assert (votes["a"].agreed, votes["b"].differ, votes["c"].agreed) == ("yes", True, "")


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def state_of(started, code="1.2"):
    from assessments.progress import load_item

    return load_item(started.answer(code))


def fill(state, by, *answers):
    for line, value in zip(sheets.lines_of(state), answers, strict=True):
        sheets.set_line(state, line, value, by)


def scores_url(office, started, tail="", code="1.2"):
    return office.url(f"2570/assessment/item/{started.answer(code).pk}/scores/{tail}")


pytestmark = pytest.mark.django_db
EIGHT_NINTHS = ["yes"] * 2 + ["no"] + ["yes"] * 6


def test_sheet_scores_by_the_rules_and_touches_nothing_else(started, office):
    state = state_of(started)
    fill(state, office.member, *["yes"] * 5, "no", *["yes"] * 3)
    assert str(ItemScore.objects.get().score) == "366.66667"
    assert not LineAnswer.objects.exists()
    assert str(state_of(started).score) == "0"


def test_two_tabs_of_one_member_keep_every_line(started, office):
    state = state_of(started)
    lines = sheets.lines_of(state)
    sheets.set_line(state, lines[0], "yes", office.member)
    sheets.set_line(state, lines[1], "no", office.member)
    sheets.set_line(state, lines[0], "", office.member)
    assert ItemScore.objects.get().lines == {lines[1].code: "no"}


def test_sheet_is_handed_in_whole_once_and_for_good(started, office):
    state = state_of(started)
    with pytest.raises(Incomplete):
        sheets.hand_in(state, office.member)
    fill(state, office.member, *["yes"] * 9)
    sheets.hand_in(state, office.member, "ครบตามเกณฑ์")
    with pytest.raises(HandedIn):
        sheets.hand_in(state, office.member)
    with pytest.raises(HandedIn):
        sheets.set_line(state, sheets.lines_of(state)[0], "no", office.member)
    assert str(ItemScore.objects.get().score) == "500.00000"


def test_closed_year_and_accepted_assessment_take_no_scores(started, office):
    state = state_of(started)
    line = sheets.lines_of(state)[0]
    started.assessment.__class__.objects.update(status="accepted")
    with pytest.raises(NotEditable):
        sheets.set_line(state, line, "yes", office.member)
    Cycle.objects.update(status="closed")
    with pytest.raises(NotEditable):
        concluding.open_consensus(state, office.champion1)
    assert not ItemScore.objects.filter(version__gt=0).exists()


def everything_readable(client, office, started):
    """Return the text of every page on which a score of the item might stand."""
    pages = [
        scores_url(office, started),
        scores_url(office, started, "mine/"),
        scores_url(office, started, "consensus/"),
        office.url("2570/assessment/scores/"),
        office.url("2570/assessment/scores/?scale=500"),
        office.url(f"2570/assessment/item/{started.answer('1.2').pk}/"),
        office.url("2570/assessment/what-if/1/"),
        office.url("2570/assessment/category/1/"),
        office.url("2570/assessment/"),
        office.url("settings/audit/"),
        office.url("2570/"),
    ]
    return "\n".join(client.get(page).text for page in pages)


def test_nobody_sees_a_score_before_the_own_one(client_for, started, office):
    state = state_of(started)
    fill(state, office.member, *EIGHT_NINTHS)
    assert str(ItemScore.objects.get().score) == "200.00000"
    for person in (office.champion1, office.officer, office.director, office.observer):
        assert "200.00000" not in everything_readable(client_for(person), office, started)
    sheets.hand_in(state, office.member, "เหตุผลลับ")
    for person in (office.champion1, office.officer, office.deputy, office.staff):
        text = everything_readable(client_for(person), office, started)
        assert "200.00000" not in text, person
        assert "เหตุผลลับ" not in text, person
    assert "1 จาก 2" in client_for(office.officer).get(scores_url(office, started)).text
    assert "200.00000" in client_for(office.member).get(scores_url(office, started)).text


def test_officer_sees_when_the_champion_opens_but_not_a_champion_without_a_score(
    client_for, started, office
):
    state = state_of(started)
    fill(state, office.member, *EIGHT_NINTHS)
    sheets.hand_in(state, office.member)
    refused = client_for(office.officer).post(scores_url(office, started, "open/"))
    assert refused.status_code == 403
    opened = client_for(office.champion1).post(scores_url(office, started, "open/"))
    assert opened.status_code == 302
    assert "200.00000" in client_for(office.officer).get(scores_url(office, started)).text
    own = client_for(office.champion1)
    assert "200.00000" not in everything_readable(own, office, started)
    assert "200.00000" not in client_for(office.observer).get(scores_url(office, started)).text
    fill(state, office.champion1, *["yes"] * 9)
    sheets.hand_in(state, office.champion1)
    page = own.get(scores_url(office, started))
    assert "200.00000" in page.text
    assert page.context["spread"].mean == 350
    assert [row["votes"].differ for row in page.context["line_rows"]].count(True) == 1


def test_everybody_handed_in_opens_to_the_officer_too(client_for, started, office):
    state = state_of(started)
    for person in (office.member, office.champion1):
        fill(state, person, *EIGHT_NINTHS)
        sheets.hand_in(state, person)
    assert "200.00000" in client_for(office.officer).get(scores_url(office, started)).text


def test_officer_who_began_a_sheet_hands_in_first(client_for, started, office):
    state = state_of(started)
    sheets.set_line(state, sheets.lines_of(state)[0], "yes", office.officer)
    for person in (office.member, office.champion1):
        fill(state, person, *EIGHT_NINTHS)
        sheets.hand_in(state, person)
    assert "200.00000" not in client_for(office.officer).get(scores_url(office, started)).text


def test_scoring_by_form_and_by_htmx(client_for, started, office):
    client = client_for(office.member)
    page = client.get(scores_url(office, started, "mine/"))
    assert page.status_code == 200
    assert 'aria-pressed="true"' not in page.text
    line = started.answer("1.2").item.lines.first()
    address = scores_url(office, started, f"mine/line/{line.pk}/")
    assert client.post(address, {"answer": "yes"}).status_code == 302
    part = client.post(address, {"answer": "no"}, headers={"HX-Request": "true"})
    assert re.search(rf'id="no-{line.pk}"[^>]*aria-pressed="true"', part.text)
    refused = client.post(scores_url(office, started, "mine/hand-in/"), {"reason": "ยังไม่ครบ"})
    assert refused.status_code == 422
    assert "ยังไม่ครบ" in refused.text
    fill(state_of(started), office.member, *["yes"] * 9)
    assert client.post(scores_url(office, started, "mine/hand-in/")).status_code == 302
    assert client.post(address, {"answer": "no"}).status_code == 409
    assert AuditEntry.objects.filter(action="score.hand_in", summary="1.2").count() == 1


def test_percentage_of_a_member_is_capped_too(client_for, office):
    started = make_assessment(office, edition="pmqa-2562")
    client = client_for(office.member)
    address = scores_url(office, started, "mine/percent/", "7.1")
    refused = client.post(address, {"percent": "70", "dimension_T": "45"})
    assert refused.status_code == 422
    assert "T 45% กำหนดเพดานที่ช่วง 30–45" in refused.text
    assert client.post(address, {"percent": "45", "dimension_T": "45"}).status_code == 302
    assert str(ItemScore.objects.get().score) == "27.00000"
    assert client.post(scores_url(office, started, "mine/hand-in/", "7.1")).status_code == 302


def test_results_by_levels_are_not_scored_by_people(client_for, started, office):
    client = client_for(office.officer)
    assert client.get(scores_url(office, started, "", "7.1")).status_code == 200
    assert client.get(scores_url(office, started, "mine/", "7.1")).status_code == 404
    assert client.get(scores_url(office, started, "consensus/", "7.1")).status_code == 404


def test_line_of_another_item_is_refused(started, office):
    other = started.answer("1.1").item.lines.first()
    with pytest.raises(answering.AnswerRefused):
        sheets.set_line(state_of(started), other, "yes", office.member)
    with pytest.raises(answering.AnswerRefused):
        concluding.record_consensus(
            state_of(started),
            Sheet({other.code: "yes"}),
            "เหตุผล",
            version=0,
            by=office.champion1,
            adopt=False,
        )
