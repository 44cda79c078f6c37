"""What only papers need: letters, certificates, texts of the award forms, year books."""

from reports.models.award import AwardText, ReadinessScore
from reports.models.certificates import Certificate, Recipient
from reports.models.letters import Letter
from reports.models.year_books import YearBook

__all__ = ["AwardText", "Certificate", "Letter", "ReadinessScore", "Recipient", "YearBook"]
