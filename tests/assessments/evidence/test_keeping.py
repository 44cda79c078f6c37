"""Evidence: codes by item, each file kept once, and who may attach, edit and take away."""

import threading
import time

import pytest
from django.db import OperationalError, connection

from assessments.evidence import EvidenceInUse, add_evidence, next_code, remove_evidence
from assessments.models import CategoryAssessment, Evidence, EvidenceLink
from documents.revisions import NotEditable
from documents.stored_files import store_upload
from tests.agencies.factories import make_office
from tests.assessments.factories import make_assessment
from tests.workflows.factories import pdf_upload

THREADS = 20


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def started(office):
    return make_assessment(office)


def note(started, code, by, **fields):
    return add_evidence(started.answer(code), by, title="รายงาน", note="เก็บที่กลุ่ม", **fields)


def attach_url(office, started, code):
    return office.url(f"2570/evidence/attach/?item={started.answer(code).pk}")


def test_codes_count_by_item(office, started):
    codes = [note(started, code, office.officer).code for code in ("1.2", "1.2", "1.1", "3.1")]
    assert codes == ["1.2-01", "1.2-02", "1.1-01", "3.1-01"]


def test_removed_code_is_not_given_again(office, started):
    first = note(started, "1.2", office.officer)
    EvidenceLink.objects.all().delete()
    remove_evidence(first, office.officer)
    assert note(started, "1.2", office.officer).code == "1.2-02"


def test_used_evidence_is_not_removed(office, started):
    evidence = note(started, "1.2", office.officer)
    with pytest.raises(EvidenceInUse):
        remove_evidence(evidence, office.officer)
    assert Evidence.objects.filter(pk=evidence.pk).exists()


def test_same_file_is_kept_once_and_linked_twice(office, started, client_for):
    client = client_for(office.officer)
    sent = pdf_upload("ก.pdf").read()
    for code in ("1.2", "3.1"):
        upload = pdf_upload(f"{code}.pdf")
        upload.file.seek(0)
        upload.file.write(sent)
        upload.seek(0)
        assert client.post(attach_url(office, started, code), {"files": upload}).status_code == 302

    evidence = Evidence.objects.get()
    assert evidence.code == "1.2-01"
    links = evidence.links.values_list("item_answer__item__code", flat=True)
    assert sorted(links) == ["1.2", "3.1"]
    # The second item's numbers do not begin with a gap.
    assert note(started, "3.1", office.officer).code == "3.1-01"


def test_attaching_the_same_file_twice_links_once(office, started):
    stored = store_upload(office.agency, pdf_upload(), office.officer)
    for _time in range(2):
        add_evidence(started.answer("1.2"), office.officer, title="ก", file=stored)
    assert EvidenceLink.objects.count() == 1


def test_locked_category_refuses(office, started, client_for):
    evidence = note(started, "1.2", office.officer)
    CategoryAssessment.objects.filter(category__number=1).update(status="submitted")

    with pytest.raises(NotEditable):
        note(started, "1.2", office.officer)
    client = client_for(office.champion1)
    answer = client.post(attach_url(office, started, "1.2"), {"note": "เพิ่ม"})
    assert answer.status_code == 409
    unlink = office.url(f"2570/evidence/links/{evidence.links.get().pk}/remove/")
    assert client.post(unlink).status_code == 409
    assert (Evidence.objects.count(), EvidenceLink.objects.count()) == (1, 1)


def test_other_office_finds_nothing(office, started, client_for):
    evidence = note(started, "1.2", office.officer)
    stranger = make_office("elsewhere")
    make_assessment(stranger)
    client = client_for(stranger.officer)
    assert client.get(office.url(f"2570/evidence/{evidence.pk}/")).status_code == 404
    assert client.get(stranger.url(f"2570/evidence/{evidence.pk}/")).status_code == 404
    foreign = stranger.url(f"2570/evidence/attach/?item={started.answer('1.2').pk}")
    assert client.post(foreign, {"note": "ก"}).status_code == 404
    assert Evidence.objects.count() == 1


def test_other_offices_evidence_cannot_be_linked(office, started, client_for):
    stranger = make_office("elsewhere")
    theirs = note(make_assessment(stranger), "1.2", stranger.officer)
    answer = client_for(office.officer).post(
        attach_url(office, started, "1.2"), {"existing": theirs.pk}
    )
    assert answer.status_code == 422
    assert not EvidenceLink.objects.filter(item_answer=started.answer("1.2")).exists()


def test_attach_wants_something_and_keeps_what_was_typed(office, started, client_for):
    client = client_for(office.champion1)
    empty = client.post(attach_url(office, started, "1.2"), {"title": "รายงานผล"})
    assert empty.status_code == 422
    assert list(empty.context["form"].errors) == ["files"]
    assert "รายงานผล" in empty.text
    nameless = client.post(attach_url(office, started, "1.2"), {"url": "https://example.go.th"})
    assert list(nameless.context["form"].errors) == ["title"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["1.1-01", "1.2-01", "3.1-01"]),
        ("?category=1", ["1.1-01", "1.2-01"]),
        ("?category=3", ["3.1-01"]),
        ("?category=2", []),
        ("?q=3.1", ["3.1-01"]),
        ("?use=unused", ["1.1-01"]),
        ("?category=x&use=y&page=z", ["1.1-01", "1.2-01", "3.1-01"]),
    ],
)
def test_library_narrows(office, started, client_for, query, codes):
    for code in ("1.2", "1.1", "3.1"):
        note(started, code, office.officer)
    EvidenceLink.objects.filter(item_answer__item__code="1.1").delete()
    page = client_for(office.observer).get(office.url(f"2570/evidence/{query}"))
    assert [row.code for row in page.context["page_obj"]] == codes


@pytest.mark.usefixtures("committed_database")
def test_codes_are_unique_among_twenty_people():
    office = make_office()
    started = make_assessment(office)
    codes, faults = [], []
    start = threading.Barrier(THREADS)

    def person():
        start.wait()
        try:
            while True:
                try:
                    codes.append(note(started, "1.2", office.officer).code)
                    return
                except OperationalError as error:
                    if "locked" not in str(error):
                        raise
                    time.sleep(0.01)
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=person) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(codes) == [f"1.2-{number:02d}" for number in range(1, THREADS + 1)]
    assert next_code(started.cycle, "1.2") == "1.2-21"
