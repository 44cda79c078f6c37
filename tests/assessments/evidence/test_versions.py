"""Newer content under the same code, and last year's evidence used again."""

import datetime as dt
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from assessments.evidence import Facts, add_evidence, keep
from assessments.evidence.last_year import reusable
from assessments.evidence.places import IndicatorPlace, ItemPlace
from assessments.evidence.versions import ReplacedAlready, replace_content
from assessments.models import CategoryAssessment, Evidence, EvidenceVersion
from documents.revisions import NotEditable
from documents.stored_files import store_upload
from tests.agencies.factories import make_office
from tests.assessments.evidence.test_uploading import picture
from tests.assessments.factories import add_indicator, make_assessment


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def stored(office, shade):
    return store_upload(office.agency, picture(f"{shade}.png", shade), office.officer)


def kept(office, started, shade, code="1.2"):
    return add_evidence(
        started.answer(code), office.officer, title=f"ไฟล์ {shade}", file=stored(office, shade)
    )


def test_replacing_keeps_code_uses_and_the_old_file(office, started, client_for):
    evidence = kept(office, started, 1)
    old = evidence.file
    url = office.url(f"2570/evidence/{evidence.pk}/replace/")
    data = {"new-number": 1, "new-file": picture("ใหม่.png", 2)}
    assert client_for(office.officer).post(url, data).status_code == 302

    evidence.refresh_from_db()
    assert (evidence.code, evidence.links.count(), evidence.file.name) == ("1.2-01", 1, "ใหม่.png")
    [version] = EvidenceVersion.objects.all()
    assert (version.number, version.file, version.replaced_by) == (1, old, office.officer)
    page = client_for(office.observer).get(office.url(f"2570/evidence/{evidence.pk}/"))
    assert office.url(f"2570/documents/files/{old.pk}/") in page.text
    late = client_for(office.officer).post(url, {"new-number": 1, "new-file": picture("ช้า.png", 3)})
    assert late.status_code == 409
    assert EvidenceVersion.objects.count() == 1


def test_a_link_gets_a_newer_address(office, started):
    place = ItemPlace(started.answer("1.2"))
    evidence = keep(place, office.officer, title="เว็บ", url="https://a.example")[0]
    replace_content(evidence, office.officer, number=1, url="https://b.example")
    replace_content(evidence, office.officer, number=2, url="https://c.example")
    evidence.refresh_from_db()
    assert evidence.url == "https://c.example"
    urls = EvidenceVersion.objects.order_by("number").values_list("number", "url")
    assert list(urls) == [(1, "https://a.example"), (2, "https://b.example")]


def test_a_file_that_the_year_has_is_not_put_under_a_second_code(office, started):
    first, second = kept(office, started, 1), kept(office, started, 2)
    with pytest.raises(ValidationError, match=r"1\.2-01"):
        replace_content(second, office.officer, number=1, file=first.file)
    with pytest.raises(ValidationError):
        replace_content(first, office.officer, number=1, file=first.file)
    assert not EvidenceVersion.objects.exists()


def test_a_refused_file_is_told_at_its_field(office, started, client_for):
    evidence = kept(office, started, 1)
    url = office.url(f"2570/evidence/{evidence.pk}/replace/")
    client = client_for(office.officer)
    empty = client.post(url, {"new-number": 1})
    assert (empty.status_code, list(empty.context["replace_form"].errors)) == (422, ["file"])
    same = client.post(url, {"new-number": 1, "new-file": picture("เดิม.png", 1)})
    assert (same.status_code, list(same.context["replace_form"].errors)) == (422, ["file"])


def test_a_locked_category_keeps_what_it_was_submitted_with(office, started):
    evidence = kept(office, started, 1)
    CategoryAssessment.objects.filter(category__number=1).update(status="submitted")
    with pytest.raises(NotEditable):
        replace_content(evidence, office.officer, number=1, file=stored(office, 2))
    assert not EvidenceVersion.objects.exists()


def test_a_locked_result_keeps_the_file_that_proves_it(office, started):
    result = add_indicator(started.answer("7.1"))
    evidence = keep(IndicatorPlace(result), office.officer, title="ผล", file=stored(office, 1))[0]
    CategoryAssessment.objects.filter(category__number=7).update(status="submitted")
    with pytest.raises(NotEditable):
        replace_content(evidence, office.officer, number=1, file=stored(office, 2))
    assert not EvidenceVersion.objects.exists()


def test_text_of_a_note_stays_as_a_locked_category_was_submitted_with_it(
    office, started, client_for
):
    evidence = add_evidence(started.answer("1.2"), office.officer, title="บันทึก", note="เดิม")
    CategoryAssessment.objects.filter(category__number=1).update(status="submitted")
    client, url = client_for(office.officer), office.url(f"2570/evidence/{evidence.pk}/")

    named = client.post(url, {"title": "ชื่อใหม่", "note": "เดิม"})
    answer = client.post(url, {"title": "ชื่อใหม่", "note": "อื่น"})

    evidence.refresh_from_db()
    assert (named.status_code, answer.status_code) == (302, 409)
    assert (evidence.title, evidence.note) == ("ชื่อใหม่", "เดิม")


@pytest.mark.usefixtures("committed_database")
def test_of_two_who_replace_at_once_one_comes_too_late():
    office = make_office()
    started = make_assessment(office)
    evidence = kept(office, started, 1)
    files = [stored(office, 2), stored(office, 3)]
    ends, faults = [], []
    start = threading.Barrier(2)

    def person(file):
        start.wait()
        try:
            while True:
                try:
                    replace_content(evidence, office.officer, number=1, file=file)
                    ends.append("replaced")
                    return
                except ReplacedAlready:
                    ends.append("too late")
                    return
                except OperationalError as error:
                    if "locked" not in str(error):
                        raise
                    time.sleep(0.01)
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(file,)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(ends) == ["replaced", "too late"]
    assert EvidenceVersion.objects.count() == 1


def test_last_years_file_is_used_again_without_a_second_copy(office, started, client_for):
    before = make_assessment(office, 2569)
    facts = Facts(valid_until=dt.date(2028, 1, 31), period_from=dt.date(2025, 10, 1))
    place = ItemPlace(before.answer("1.2"))
    old, _new = keep(place, office.officer, title="แผนป้องกัน", file=stored(office, 1), facts=facts)
    page = client_for(office.champion1).get(
        office.url(f"2570/evidence/attach/?item={started.answer('1.2').pk}")
    )
    assert page.context["reusable"] == [old]
    url = office.url(f"2570/evidence/items/{started.answer('1.2').pk}/reuse/")
    line = started.answer("1.2").item.lines.first()
    answer = client_for(office.champion1).post(url, {"evidence": old.pk, "line": line.pk})

    assert answer.status_code == 302
    new = Evidence.objects.get(cycle=started.cycle)
    assert (new.code, new.file_id, new.title) == ("1.2-01", old.file_id, "แผนป้องกัน")
    assert (new.period_from, new.period_to) == (dt.date(2026, 10, 1), dt.date(2027, 9, 30))
    assert new.valid_until == dt.date(2028, 1, 31)
    assert new.links.get().line == line
    assert reusable(started.answer("1.2"), office.officer) == []


def test_only_last_years_evidence_of_the_same_office_is_used_again(office, started, client_for):
    stranger = make_office("elsewhere")
    theirs = add_evidence(
        make_assessment(stranger, 2569).answer("1.2"), stranger.officer, title="ก", note="ข"
    )
    older = add_evidence(
        make_assessment(office, 2568).answer("1.2"), office.officer, title="ก", note="ข"
    )
    url = office.url(f"2570/evidence/items/{started.answer('1.2').pk}/reuse/")
    for evidence in (theirs, older):
        assert client_for(office.officer).post(url, {"evidence": evidence.pk}).status_code == 404
