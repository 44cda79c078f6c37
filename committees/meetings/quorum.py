"""องค์ประชุม: how many members must be there.

Source: พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 79, at least half of the members, unless the
meeting names its own number. Somebody who comes in a member's place counts for the member.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from committees.enums import Attendance
from committees.models import Attendee, Meeting

HERE = (Attendance.PRESENT, Attendance.SUBSTITUTE)


@dataclass(frozen=True)
class Quorum:
    """How many members a meeting needs, has, and how many of them are there."""

    needed: int
    members: int
    present: int

    @property
    def is_met(self) -> bool:
        """Whether the meeting may decide; never without a single member."""
        return self.members > 0 and self.present >= self.needed

    @property
    def missing(self) -> int:
        """How many more members must come."""
        return max(self.needed - self.present, 0)

    @property
    def percent(self) -> int:
        """Present members of all members, in whole percent."""
        return round(100 * self.present / self.members) if self.members else 0


def quorum_of(meeting: Meeting, attendees: Iterable[Attendee]) -> Quorum:
    """Return the quorum from the meeting's rows; asks the database nothing."""
    members = [row for row in attendees if row.is_member]
    needed = meeting.quorum or (len(members) + 1) // 2
    return Quorum(needed, len(members), sum(1 for row in members if row.attendance in HERE))
