"""Why a paper could not be made, in words."""

import re

from django.utils import translation

from documents.jobs.failures import words_of
from documents.models import PaperJob


def test_limits_that_were_reached_are_told_with_their_figures(settings):
    settings.PAPER_SECONDS_PER_PASS, settings.PAPER_MEMORY_MB, settings.PAPER_FILE_MB = 5, 6, 7
    with translation.override("en"):
        told = [
            words_of(PaperJob(error=code)).happened
            for code in ("too_long", "too_much_memory", "file_too_large")
        ]
    assert [re.search("[0-9]", words)[0] for words in told] == ["5", "6", "7"]
