"""What only papers need: letters, certificates of recognition, texts of the award forms."""

from reports.models.award import AwardText, ReadinessScore
from reports.models.certificates import Certificate, Recipient
from reports.models.letters import Letter

__all__ = ["AwardText", "Certificate", "Letter", "ReadinessScore", "Recipient"]
