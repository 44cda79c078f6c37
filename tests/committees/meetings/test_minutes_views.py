"""The minutes' page: typing items, two people at once, resolutions below items."""

import pytest

from approvals.models import TransitionLog
from committees.meetings import resolutions
from committees.models import AgendaItem, Resolution
from documents.models import TextRevision
from tests.committees.meetings.minutes_world import make_world

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def world():
    return make_world()


def text_of(item: AgendaItem) -> str:
    return AgendaItem.objects.get(pk=item.pk).minutes_text


def save(client, world, name, html, version, **more):
    address = world.url(f"items/{world.items[name].pk}/text/")
    return client.post(address, {"minutes_text": html, "version": version}, **more)


def test_page_opens_the_first_item_that_is_not_done(world, client_for):
    AgendaItem.objects.filter(pk=world.items["informs"].pk).update(is_done=True)

    page = client_for(world.office.officer).get(world.url())

    assert page.status_code == 200
    assert page.context["current"].item == world.items["confirm"]


def test_typed_text_is_cleaned_and_kept(world, client_for):
    client = client_for(world.office.officer)

    answer = save(
        client, world, "draft", "<p>ประธาน<script>x()</script>ขอให้รายงาน</p>", 1, headers=AUTOSAVE
    )

    assert answer.json()["version"] == 2
    assert text_of(world.items["draft"]) == "<p>ประธานขอให้รายงาน</p>"
    assert world.meeting.minutes.recorder == world.office.officer


def test_text_typed_without_the_script_becomes_paragraphs(world, client_for):
    client = client_for(world.office.officer)

    answer = save(client, world, "draft", "บรรทัดแรก 1 < 2\n\nบรรทัดที่สอง", 1)

    assert answer.status_code == 302
    assert text_of(world.items["draft"]) == "<p>บรรทัดแรก 1 &lt; 2</p><p>บรรทัดที่สอง</p>"


def test_two_secretaries_lose_nothing(world, client_for):
    save(client_for(world.office.officer), world, "draft", "<p>ของคนแรก</p>", 1, headers=AUTOSAVE)
    second = client_for(world.office.officer)

    script = save(second, world, "draft", "<p>ของคนที่สอง</p>", 1, headers=AUTOSAVE)
    form = save(second, world, "draft", "<p>ของคนที่สอง</p>", 1)

    assert script.status_code == 409
    assert script.json()["shown"] == "ของคนแรก"
    assert form.status_code == 409
    page = form.content.decode()
    assert "<p>ของคนแรก</p>" in page
    assert "&lt;p&gt;ของคนที่สอง&lt;/p&gt;" in page
    assert text_of(world.items["draft"]) == "<p>ของคนแรก</p>"


def test_two_secretaries_type_different_items_at_once(world, client_for):
    client = client_for(world.office.officer)

    first = save(client, world, "draft", "<p>ก</p>", 1, headers=AUTOSAVE)
    second = save(client, world, "evidence", "<p>ข</p>", 1, headers=AUTOSAVE)

    assert (first.status_code, second.status_code) == (200, 200)


def test_submitted_minutes_take_no_text(world, client_for):
    client = client_for(world.office.officer)
    save(client, world, "draft", "<p>ก</p>", 1, headers=AUTOSAVE)
    world.meeting.minutes.__class__.objects.update(status="for_check")

    answer = save(client, world, "draft", "<p>ข</p>", 2, headers=AUTOSAVE)

    assert answer.status_code == 423
    assert text_of(world.items["draft"]) == "<p>ก</p>"


def add(client, world, name="draft", kind="approved") -> Resolution:
    answer = client.post(world.url(f"items/{world.items[name].pk}/resolution/"), {"kind": kind})
    assert answer.status_code == 302
    return Resolution.objects.latest("pk")


def word(client, world, resolution, do="save", **fields):
    fields = {"kind": "approved", "text": "", "owner": "", "due_on": "", "version": 1} | fields
    return client.post(world.url(f"resolutions/{resolution.pk}/"), fields | {"do": do})


def test_confirmed_resolution_with_owner_is_an_open_task(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world)

    answer = word(
        client,
        world,
        made,
        "confirm",
        text="ให้หมวด 4 ใช้ผลรอบ 9 เดือน",
        owner=world.office.champion1.get_full_name(),
        due_on="25/6/2570",
    )

    made.refresh_from_db()
    assert answer.status_code == 302
    assert (made.status, made.owner, str(made.due_on)) == (
        "open",
        world.office.champion1,
        "2027-06-25",
    )
    notice = world.office.champion1.notifications.get()
    assert notice.rule == "resolution-assigned"


def test_confirmed_resolution_without_owner_and_day_is_done(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world, kind="noted")

    word(client, world, made, "confirm", kind="noted")

    made.refresh_from_db()
    assert (made.status, str(made.done_on)) == ("done", "2027-06-15")


def test_unknown_owner_and_day_are_refused_and_stay_in_the_form(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world)

    answer = word(client, world, made, "confirm", text="เรื่อง", owner="คนนอก", due_on="31/2/2570")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="คนนอก"' in page
    assert 'value="31/2/2570"' in page
    made.refresh_from_db()
    assert (made.status, made.text) == ("draft", "")


def test_day_before_the_meeting_is_refused(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world)

    answer = word(client, world, made, "confirm", text="เรื่อง", due_on="1/1/2560")

    assert answer.status_code == 422
    assert "กำหนดเสร็จต้องไม่ก่อนวันประชุม" in answer.content.decode()
    made.refresh_from_db()
    assert (made.status, made.due_on) == ("draft", None)


def test_newer_wording_of_a_resolution_is_shown_beside_the_own(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world)
    word(client, world, made, text="ของคนแรก")

    answer = word(client, world, made, text="ของคนที่สอง")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มติที่ประชุม เห็นชอบ ของคนแรก" in page
    assert ">ของคนที่สอง</textarea>" in page
    made.refresh_from_db()
    assert made.text == "ของคนแรก"


def test_draft_that_is_no_resolution_goes_and_a_confirmed_one_stays(world, client_for):
    client = client_for(world.office.officer)
    first, second = add(client, world), add(client, world)
    word(client, world, second, "confirm")

    gone = word(client, world, first, "remove")
    kept = word(client, world, second, "remove")

    assert (gone.status_code, kept.status_code) == (302, 409)
    assert list(Resolution.objects.all()) == [second]


def test_reworded_resolution_is_a_draft_again(world, client_for):
    client = client_for(world.office.officer)
    made = add(client, world)
    word(client, world, made, "confirm")

    word(client, world, made, "reword")

    made.refresh_from_db()
    assert (made.status, made.done_on) == ("draft", None)


def test_times_are_read_as_offices_write_them(world, client_for):
    client = client_for(world.office.officer)

    answer = client.post(
        world.url("facts/"), {"version": 1, "opened_at": "๑๓.๓๐ น.", "closed_at": "1600"}
    )

    world.meeting.refresh_from_db()
    assert answer.status_code == 302
    assert (str(world.meeting.opened_at), str(world.meeting.closed_at)) == ("13:30:00", "16:00:00")


def test_closing_before_opening_is_refused(world, client_for):
    client = client_for(world.office.officer)

    answer = client.post(
        world.url("facts/"), {"version": 1, "opened_at": "13.30", "closed_at": "9.00"}
    )

    assert answer.status_code == 422
    assert 'value="13.30"' in answer.content.decode()


def test_added_matter_is_the_item_that_is_typed(world, client_for):
    client = client_for(world.office.officer)

    answer = client.post(
        world.url("items/add/"),
        {"title": "เรื่องด่วน", "parent": world.items["consider"].pk},
        follow=True,
    )

    assert answer.context["current"].title == "เรื่องด่วน"
    assert answer.context["current"].number == "3.3"


def test_tick_goes_on_to_the_next_item(world, client_for):
    client = client_for(world.office.officer)
    item, following = world.items["draft"], world.items["evidence"]

    answer = client.post(world.url(f"items/{item.pk}/done/"), {"done": "1", "go": following.pk})

    item.refresh_from_db()
    assert item.is_done
    assert answer.url == world.url(f"?item={following.pk}#item-{following.pk}")


def test_who_takes_no_minutes_reads_them(world, client_for):
    save(client_for(world.office.officer), world, "draft", "<p>ที่ประชุมหารือ</p>", 1)

    page = client_for(world.office.member).get(world.url())

    assert page.status_code == 200
    assert "ที่ประชุมหารือ" in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_a_cancelled_meeting_gets_no_matter(world, client_for):
    world.meeting.status = "cancelled"
    world.meeting.save(update_fields=["status"])
    count = world.meeting.agenda.count()
    answer = client_for(world.office.officer).post(world.url("items/add/"), {"title": "สายไป"})
    assert (answer.status_code, world.meeting.agenda.count()) == (409, count)


def test_letters_that_postgresql_refuses_are_left_out_of_all_that_is_kept(world, client_for):
    client, item = client_for(world.office.officer), world.items["draft"]
    client.post(world.url("items/add/"), {"title": "เรื่อง\x00ใหม่"})
    text = {"minutes_text": "ที่\x00ประชุม", "version": 1, "request_id": "a\x00b"}
    client.post(world.url(f"items/{item.pk}/text/"), text)
    made = resolutions.add_resolution(item, "noted", by=world.office.officer)
    wording = {"kind": "assigned", "text": "ให้\x00ทำ", "version": 1, "request_id": "c\x00d"}
    due = {"due_on": "30/6/2570", "do": "confirm"}
    client.post(world.url(f"resolutions/{made.pk}/"), wording | due)
    base = world.office.url(f"2570/meetings/resolutions/{made.pk}/")
    client.post(f"{base}note/", {"text": "เริ่ม\x00แล้ว"})
    client.post(f"{base}drop/", {"reason": "ไม่\x00ทำ"})

    item.refresh_from_db()
    made.refresh_from_db()
    kept = [item.minutes_text, made.text, made.notes.get().text]
    kept += world.meeting.agenda.values_list("title", flat=True)
    kept += TextRevision.objects.values_list("request_id", flat=True)
    kept += TransitionLog.objects.values_list("comment", flat=True)
    assert (made.status, made.text) == ("dropped", "ให้ทำ")
    assert {"เรื่องใหม่", "ab", "cd", "ไม่ทำ"} <= set(kept)
    assert "\x00" not in "".join(kept)
