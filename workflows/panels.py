"""What higher apps show on a step's page: evidence of the step, an assessment's progress."""

from core.panels import Panels
from workflows.models import Step

_panels: Panels[Step] = Panels()
register = _panels.register
panels_for = _panels.of
