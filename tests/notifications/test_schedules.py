"""The table of schedules: due once, caught up once, harmless with two schedulers."""

import datetime as dt
import threading

import pytest
from celery import shared_task
from django.db import connection

from core import clock
from notifications import schedules
from notifications.models import Schedule, Worker
from notifications.tasks import tick
from tests.notifications.test_deliveries import retried

runs = []


@shared_task(name="tests.note_run")
def note_run():
    runs.append(clock.now())


@shared_task(name="tests.fail")
def fail():
    raise ValueError("no paper")


@pytest.fixture
def plans(monkeypatch):
    """No schedule but the test's own."""
    runs.clear()
    monkeypatch.setattr(schedules, "_plans", {})
    return schedules


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=clock.BANGKOK)


@pytest.mark.django_db
def test_daily_schedule_runs_once_a_day_and_catches_up_once(plans, frozen_today):
    plans.register("daily", "tests.note_run", at=dt.time(8, 30))
    frozen_today(at(16, 7))
    assert plans.tick() == []
    row = Schedule.objects.get(name="daily")
    assert row.next_run_at == at(16, 8, 30)

    for moment in (at(16, 8, 30), at(16, 8, 31), at(16, 17), at(19, 10), at(19, 11), at(20, 8, 29)):
        frozen_today(moment)
        plans.tick()

    # Monday in time; Thursday at ten once for all the days that nothing ran.
    assert runs == [at(16, 8, 30), at(19, 10)]
    row.refresh_from_db()
    assert (row.next_run_at, row.last_result) == (at(20, 8, 30), "ok")


@pytest.mark.django_db
def test_working_days_only_leaves_out_weekends(plans, frozen_today):
    plans.register("daily", "tests.note_run", at=dt.time(8, 30), working_days_only=True)
    frozen_today(at(20, 9))  # a Friday
    plans.tick()
    assert Schedule.objects.get(name="daily").next_run_at == at(23, 8, 30)


@pytest.mark.django_db
def test_often_repeated_schedule_runs_at_once_and_then_by_its_interval(plans, frozen_today):
    plans.register("often", "tests.note_run", every=60)
    for moment in (at(16, 9), at(16, 9, 0), at(16, 9, 1)):
        frozen_today(moment)
        plans.tick()
    assert runs == [at(16, 9), at(16, 9, 1)]


@pytest.mark.django_db
def test_paused_schedule_waits_and_runs_again_at_a_word(plans, frozen_today):
    plans.register("often", "tests.note_run", every=60)
    frozen_today(at(16, 9))
    plans.tick()
    row = Schedule.objects.get(name="often")
    assert [plans.switch(row, False), plans.switch(row, False)] == [True, False]
    frozen_today(at(16, 10))
    assert (plans.tick(), plans.run_now(row)) == ([], False)
    assert plans.switch(row, True)
    assert (plans.tick(), len(runs)) == (["often"], 2)
    assert plans.run_now(row)
    assert (plans.tick(), len(runs)) == (["often"], 3)


@pytest.mark.django_db
def test_failed_run_is_noted_and_the_next_one_comes(plans, frozen_today, settings):
    plans.register("broken", "tests.fail", every=60)
    frozen_today(at(16, 9))
    with pytest.raises(ValueError, match="no paper"):
        plans.tick()
    row = Schedule.objects.get(name="broken")
    assert row.last_result == "ValueError: no paper"
    assert row.next_run_at == at(16, 9, 1)


@pytest.mark.django_db
def test_run_that_the_broker_lost_is_queued_again(plans, frozen_today, monkeypatch):
    plans.register("daily", "tests.note_run", at=dt.time(8, 30))
    frozen_today(at(16, 7))
    plans.tick()
    with monkeypatch.context() as lost:
        lost.setattr("notifications.tasks.run_schedule.delay_or_leave", lambda *args: True)
        frozen_today(at(16, 8, 30))
        assert plans.tick() == ["daily"]
        frozen_today(at(16, 8, 40))
        assert plans.tick() == []
    frozen_today(at(16, 8, 46))
    assert (plans.tick(), runs) == (["daily"], [at(16, 8, 46)])
    assert Schedule.objects.get(name="daily").next_run_at == at(17, 8, 30)


@pytest.mark.django_db
def test_broker_that_is_away_gives_the_claim_back(plans, frozen_today, monkeypatch):
    plans.register("daily", "tests.note_run", at=dt.time(8, 30))
    frozen_today(at(16, 7))
    plans.tick()
    frozen_today(at(16, 9))
    with monkeypatch.context() as away:
        away.setattr("notifications.tasks.run_schedule.delay_or_leave", lambda *args: False)
        assert plans.tick() == []
    assert Schedule.objects.get(name="daily").last_result == "the broker is away"
    assert (plans.tick(), runs) == (["daily"], [at(16, 9)])


@pytest.mark.django_db
def test_clock_set_back_delays_nothing(plans, frozen_today):
    plans.register("often", "tests.note_run", every=60)
    frozen_today(at(20, 9))
    plans.tick()
    frozen_today(at(16, 9))
    plans.tick()
    assert Schedule.objects.get(name="often").next_run_at == at(16, 9, 1)


@pytest.mark.django_db
def test_beat_and_worker_are_remembered(plans, frozen_today):
    frozen_today(at(16, 9))
    tick.apply()
    assert plans.last_beat() == at(16, 9)
    assert list(Worker.objects.values_list("seen_at", flat=True)) == [at(16, 9)]


@pytest.mark.django_db
def test_readyz_fails_when_the_beat_is_old(plans, frozen_today, client, settings):
    settings.SCHEDULER_MAX_AGE = 180
    frozen_today(at(16, 9))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["scheduler"]) == (503, "no scheduler has run yet")
    plans.tick()
    frozen_today(at(16, 9, 3))
    assert client.get("/readyz").status_code == 200
    frozen_today(at(16, 9, 4))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["scheduler"] == "the last beat is 240 s old, allowed are 180 s"


@pytest.mark.usefixtures("committed_database")
def test_two_schedulers_at_once_run_everything_once(plans, settings):
    for number in range(10):
        plans.register(f"thing{number}", "tests.note_run", every=3600)
    schedules.write_table()
    together, faults = threading.Barrier(4), []

    def knock():
        try:
            together.wait(10)
            retried(schedules.tick)
        except Exception as error:  # a thread's failure must fail the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=knock) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(runs) == 10
