"""Numbers of meetings: ครั้งที่ n/พ.ศ., counted by calendar year for the same committees.

Source: the custom of Thai committees; reports of meetings print the number so (ระเบียบงานสารบรรณ
แบบที่ 11).
"""

from committees.models import Meeting


def number_words(meeting: Meeting) -> str:
    """Return "ครั้งที่ 2/2570", or "" for a meeting without number."""
    if not meeting.number:
        return ""
    return f"ครั้งที่ {meeting.number}/{meeting.calendar_year}"


def title_of(meeting: Meeting) -> str:
    """Return the meeting's name with its number, as screens and papers say it."""
    return " ".join(part for part in (meeting.title, number_words(meeting)) if part)
