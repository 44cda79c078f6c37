"""What people thought of a briefing or training: 1 to 5 and a few words, once a person."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import IntegrityError, transaction

from agencies.models import User
from committees.enums import MeetingKind
from committees.meetings.quorum import HERE
from committees.models import Meeting, MeetingFeedback
from core import clock

RATINGS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Result:
    """All answers without names: their number, the average, how many gave each figure."""

    count: int
    average: Decimal | None
    spread: list[tuple[int, int]]
    texts: list[str]


def may_answer(meeting: Meeting, user: User) -> bool:
    """Whether the person was at a briefing or training; one query."""
    if meeting.kind == MeetingKind.COMMITTEE:
        return False
    return meeting.attendees.filter(user=user, attendance__in=HERE).exists()


def save(meeting: Meeting, user: User, rating: int, text: str) -> None:
    """Store the person's answer; a second one takes the place of the first."""
    values = {"rating": rating, "text": text, "at": clock.now()}
    rows = MeetingFeedback.objects.filter(meeting=meeting, user=user)
    if rows.update(**values):
        return
    try:
        with transaction.atomic():
            MeetingFeedback.objects.create(meeting=meeting, user=user, **values)
    except IntegrityError:  # the same person in two windows
        rows.update(**values)


def result_of(meeting: Meeting) -> Result:
    """Return the answers in an order that tells nobody's name: best first, then by their words."""
    answers = sorted(meeting.feedback.values_list("rating", "text"), key=lambda row: (-row[0], row))
    ratings = [rating for rating, _text in answers]
    average = None
    if ratings:
        mean = Decimal(sum(ratings)) / len(ratings)
        average = mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Result(
        count=len(ratings),
        average=average,
        spread=[(figure, ratings.count(figure)) for figure in reversed(RATINGS)],
        texts=[text for _rating, text in answers if text],
    )
