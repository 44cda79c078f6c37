"""The audit log: one hash-chained row per decision, written in the caller's transaction."""

import contextvars
import hashlib
import json
from typing import Any

from django.db import models, transaction

from agencies.models import Agency, AuditEntry, AuditHead, User
from core import clock

# The network address of the request being served; set by the middleware, empty in tasks.
current_address: contextvars.ContextVar[str] = contextvars.ContextVar("address", default="")


class AuditContention(RuntimeError):
    """The chain's head moved too often to append; the surrounding transaction must fail."""


def canonical_hash(data: Any) -> str:
    """Return the SHA-256 of `data` as canonical JSON (sorted keys, UTF-8, no spaces)."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(entry: AuditEntry) -> str:
    """Return the hash that chains `entry` to the one before it."""
    return canonical_hash(
        [
            entry.previous_hash,
            entry.agency_id,
            entry.sequence,
            entry.at.isoformat(),
            entry.actor_id,
            entry.address,
            entry.action,
            entry.object_type,
            str(entry.object_id),
            entry.summary,
            entry.before_hash,
            entry.after_hash,
        ]
    )


def record(
    agency: Agency,
    actor: User | None,
    action: str,
    obj: models.Model,
    *,
    summary: str = "",
    before: Any = None,
    after: Any = None,
) -> AuditEntry:
    """Append one entry to the office's chain and return it.

    Must run inside the transaction of the change it tells of. The head of the chain is
    claimed by a conditional update, so two writers can never take the same sequence.
    `before` and `after` are any JSON-able data; only their hashes are stored.
    Raises AuditContention when the head moved 20 times while we tried.
    """
    with transaction.atomic():
        AuditHead.objects.get_or_create(agency=agency)
        for _attempt in range(20):
            entry = AuditEntry(
                agency=agency,
                at=clock.now(),
                actor=actor,
                address=current_address.get(),
                action=action,
                object_type=obj._meta.label_lower,
                object_id=str(obj.pk),
                summary=summary[:300],
                before_hash="" if before is None else canonical_hash(before),
                after_hash="" if after is None else canonical_hash(after),
            )
            if _append(entry):
                return entry
    raise AuditContention(f"audit chain of agency {agency.pk}")


def _append(entry: AuditEntry) -> bool:
    """Claim the head of the chain and write the entry; False when the head moved meanwhile."""
    head = AuditHead.objects.get(agency=entry.agency)
    entry.sequence = head.sequence + 1
    entry.previous_hash = head.entry_hash
    entry.entry_hash = entry_hash(entry)
    claimed = AuditHead.objects.filter(
        pk=head.pk, sequence=head.sequence, entry_hash=head.entry_hash
    ).update(sequence=entry.sequence, entry_hash=entry.entry_hash)
    if claimed:
        entry.save(force_insert=True)
    return bool(claimed)


def verify(agency: Agency) -> list[str]:
    """Return what is wrong with the office's chain, one line a fault; empty when it is whole."""
    faults = []
    previous, expected = "0" * 64, 0
    for entry in agency.audit_entries.order_by("sequence"):
        expected += 1
        if entry.sequence != expected:
            faults.append(f"entry {expected} is missing before {entry.sequence}")
            expected = entry.sequence
        elif entry.previous_hash != previous:
            faults.append(f"entry {entry.sequence} does not follow the one before it")
        if entry.entry_hash != entry_hash(entry):
            faults.append(f"entry {entry.sequence} was changed")
        previous = entry.entry_hash
    head = AuditHead.objects.filter(agency=agency).first()
    said = (head.sequence, head.entry_hash) if head else (0, "0" * 64)
    if said != (expected, previous):
        faults.append(f"the chain ends at {expected}, its head says {said[0]}")
    return faults
