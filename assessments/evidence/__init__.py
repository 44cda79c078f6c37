"""The evidence library: what a year can show, kept once and used in many places."""

from assessments.evidence.keeping import (
    EvidenceInUse,
    Facts,
    add_evidence,
    edit_evidence,
    keep,
    link_evidence,
    next_code,
    remove_evidence,
    unlink_evidence,
)

__all__ = [
    "EvidenceInUse",
    "Facts",
    "add_evidence",
    "edit_evidence",
    "keep",
    "link_evidence",
    "next_code",
    "remove_evidence",
    "unlink_evidence",
]
