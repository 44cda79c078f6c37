"""Why the engine refuses: nothing has happened when one of these is raised."""

from django.db import models
from django.utils.translation import gettext as _


class AlreadyChanged(Exception):
    """Somebody else changed the object first; nothing was done."""

    def __init__(self, current: models.Model):
        super().__init__("the object has already changed")
        self.current = current

    @property
    def words(self) -> str:
        """Return what the person is told."""
        return _("The state has changed since this page was opened.")


class ContentChanged(AlreadyChanged):
    """The data is not what was submitted; its request is void and who made it has been told."""

    @property
    def words(self) -> str:
        return _(
            "The content changed after it was submitted, so nothing was decided. "
            "Who submitted it was told to submit it again."
        )


class RequirementsMissing(Exception):
    """The transition's conditions are not met; `missing` says what is, in words."""

    def __init__(self, missing: list[str]):
        super().__init__("; ".join(str(line) for line in missing))
        self.missing = missing


class CommentNeeded(Exception):
    """The transition needs a reason and none was given."""
