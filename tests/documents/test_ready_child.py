"""The process that waits for the next paper: used once, replaced when it is not what is wanted."""

import pytest
from celery.signals import task_postrun

from documents.drawing import ready_child
from documents.drawing.drawing_child import DrawingChild
from documents.drawing.sheets import Sheet


@pytest.fixture
def waiting():
    ready_child.keep_one()
    yield ready_child._waiting
    ready_child.keep_none()


def test_process_that_waits_draws_one_paper_and_no_other(waiting, settings):
    with DrawingChild() as child:
        assert child.folder == waiting.folder
        pdf, layout = child.draw(Sheet("<p>ก</p>", [], str(settings.PDF_FONT_DIR)))
    assert (pdf[:5], layout.page_count) == (b"%PDF-", 1)
    assert waiting.process.poll() is not None
    assert not waiting.folder.exists()
    with DrawingChild() as other:
        assert other.folder != waiting.folder


def test_next_process_waits_only_once_it_is_asked_for(waiting):
    ready_child.take().end()
    assert ready_child._waiting is None
    ready_child.prepare()
    assert ready_child._waiting.process.poll() is None


def test_any_task_that_used_it_leaves_another_one_waiting(waiting):
    ready_child.take().end()
    task_postrun.send(sender=None)
    assert ready_child._waiting.process.poll() is None


@pytest.mark.parametrize("fault", ["dead", "emptied", "other limits"])
def test_process_that_is_not_what_is_wanted_is_ended(waiting, settings, fault):
    if fault == "dead":
        waiting.process.kill()
        waiting.process.wait()
    elif fault == "emptied":
        (waiting.folder / "errors.txt").unlink()
    else:
        settings.PAPER_MEMORY_MB = 300
    taken = ready_child.take()
    taken.end()
    assert taken is not waiting
    assert waiting.process.poll() is not None


def test_elsewhere_than_in_a_worker_nothing_waits():
    ready_child.prepare()
    assert ready_child._waiting is None
