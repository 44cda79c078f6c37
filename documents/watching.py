"""What a paper that is being made tells whoever waits for it, and how it is told to stop."""

from typing import Protocol

from documents.enums import PaperStage


class PaperCancelled(Exception):
    """Somebody stopped the making of the paper."""


class Watcher(Protocol):
    """Hears how far a paper is; asked a few times a second whether it should go on."""

    def hear(self, stage: PaperStage, done: int = 0, total: int = 0) -> None:
        """Take note of the stage, and of `done` of `total` sections or pages in it."""

    def must_stop(self) -> bool:
        """Return whether nobody waits for the paper any more."""


class NobodyWatches:
    """The watcher of papers that nobody waits for."""

    def hear(self, stage: PaperStage, done: int = 0, total: int = 0) -> None:
        pass

    def must_stop(self) -> bool:
        return False
