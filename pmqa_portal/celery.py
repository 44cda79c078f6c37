"""The Celery application: worker and scheduler read their settings from Django.

No page waits for the broker or fails with it: what cannot be queued is logged and left to the
sweepers, which find in the database what still has to be done.
"""

import functools
import logging
import os
import time

from celery import Celery
from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pmqa_portal.settings")
logger = logging.getLogger(__name__)
# After a failure nobody asks the broker for so long: each question may cost a page its timeout.
REST = 30.0


class PortalTask(DjangoTask):
    """A task whose queueing after a commit never fails a page."""

    _away_until = 0.0

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Queue the task once the transaction is committed; a broker that is away is logged."""
        transaction.on_commit(functools.partial(self.delay_or_leave, *args, **kwargs))

    def delay_or_leave(self, *args, **kwargs) -> bool:
        """Queue the task; False when the broker is away and a sweeper has to find the work."""
        if time.monotonic() < PortalTask._away_until:
            return False
        try:
            self.delay(*args, **kwargs)
        except (OperationalError, OSError) as error:
            if isinstance(error, OSError) and self.app.conf.task_always_eager:
                raise  # the task's own failure, in the caller's process
            PortalTask._away_until = time.monotonic() + REST
            logger.warning("%s was not queued, the broker is away: %s", self.name, error)
            return False
        return True


app = Celery("pmqa_portal", task_cls=PortalTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
