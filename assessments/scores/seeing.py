"""When members' private scores may be seen, and by whom.

- Nobody sees a score that is not handed in, except its own member.
- Whoever is to score the item (champion, team) or has begun a sheet sees the others' only after
  handing in the own one; a sheet handed in cannot be changed any more.
- Officers and reviewers who do not score see only how many handed in, until the champion opens
  the consensus or everybody of the team has handed in.
- Everybody else never sees single scores, only the consensus.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from agencies.models import User
from assessments.enums import ScoreKind
from assessments.models import CategoryAssessment, ItemScore
from assessments.scores import permissions


@dataclass(frozen=True)
class Seen:
    """What one person may know of the members' scores of an item.

    `members` is empty unless `is_open`; `own` is the person's own sheet.
    """

    own: ItemScore | None
    is_open: bool
    members: list[ItemScore]
    handed_in: int
    expected: int
    waiting_for_own: bool
    consensus: ItemScore | None
    external: ItemScore | None

    @property
    def is_opened(self) -> bool:
        """Return whether the champion opened the consensus."""
        return self.consensus is not None

    @property
    def concluded(self) -> ItemScore | None:
        """Return the consensus once it is recorded."""
        return self.consensus if self.consensus and self.consensus.is_handed_in else None


def sees_members(
    *, reads: bool, scores: bool, own_handed_in: bool, is_opened: bool, all_in: bool
) -> bool:
    """Return whether members' scores are shown (the rule at the top of this module)."""
    if not reads:
        return False
    if own_handed_in:
        return True
    return not scores and (is_opened or all_in)


def look(user: User, category_assessment: CategoryAssessment, scores: Iterable[ItemScore]) -> Seen:
    """Return what the person may know of the item's scores (rows of one item, with people)."""
    rows = list(scores)
    kinds = {row.kind: row for row in rows if row.kind != ScoreKind.MEMBER}
    members = [row for row in rows if row.kind == ScoreKind.MEMBER]
    own = next((row for row in members if row.user_id == user.pk), None)
    handed_in = [row for row in members if row.is_handed_in]
    team = {person.pk for person in permissions.expected_people(category_assessment)}
    done = {row.user_id for row in handed_in}
    consensus = kinds.get(ScoreKind.CONSENSUS)
    expected = permissions.is_expected(user, category_assessment)
    is_open = sees_members(
        reads=permissions.reads_members(user, category_assessment),
        scores=expected or own is not None,
        own_handed_in=bool(own and own.is_handed_in),
        is_opened=consensus is not None,
        all_in=bool(team) and team <= done,
    )
    external = kinds.get(ScoreKind.EXTERNAL)
    return Seen(
        own=own,
        is_open=is_open,
        members=handed_in if is_open else [],
        handed_in=len(handed_in),
        expected=len(team | done),
        waiting_for_own=expected and not (own and own.is_handed_in),
        consensus=consensus,
        external=external if external and external.is_handed_in else None,
    )
