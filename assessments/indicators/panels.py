"""What higher apps show on an indicator's page: the actions of the plan that are to move it."""

from assessments.models import Indicator
from core.panels import Panels

_panels: Panels[Indicator] = Panels()
register = _panels.register
panels_for = _panels.of
