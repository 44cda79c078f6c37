"""Which items continue which between editions: the shipped rows, or an office's own.

An office that keeps rows of its own for a pair of editions sees only those for the pair.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies import audit
from agencies.models import Agency, User
from assessments.models import ItemMapping


def rows_in_force(agency: Agency) -> QuerySet[ItemMapping]:
    """Return the rows that count for the office."""
    own_of_pair = ItemMapping.objects.filter(
        agency=agency,
        from_edition=OuterRef("from_edition"),
        to_edition=OuterRef("to_edition"),
    )
    return ItemMapping.objects.filter(Q(agency=agency) | Q(agency=None) & ~Exists(own_of_pair))


def pairs_in_force(agency: Agency) -> list[tuple[str, str]]:
    """Return the pairs of editions (from, to) that have rows, newest first."""
    pairs = rows_in_force(agency).values_list("from_edition", "to_edition")
    return sorted(set(pairs), key=lambda pair: (pair[1], pair[0]), reverse=True)


def set_pair(
    agency: Agency, pair: tuple[str, str], sources: dict[str, list[str]], by: User
) -> None:
    """Keep the office's own rows of a pair: to item → from items, in place of what it had."""
    with transaction.atomic():
        own = ItemMapping.objects.filter(agency=agency, from_edition=pair[0], to_edition=pair[1])
        own.delete()
        ItemMapping.objects.bulk_create(
            ItemMapping(
                agency=agency,
                from_edition=pair[0],
                from_item=source,
                to_edition=pair[1],
                to_item=item,
            )
            for item, codes in sources.items()
            for source in dict.fromkeys(codes)
        )
        audit.record(
            agency,
            by,
            "criteria.mapping",
            agency,
            summary=f"{pair[0]} → {pair[1]}",
            after={"rows": {item: codes for item, codes in sources.items() if codes}},
        )


def use_shipped(agency: Agency, pair: tuple[str, str], by: User) -> None:
    """Give the office's own rows of a pair up for the shipped ones."""
    with transaction.atomic():
        ItemMapping.objects.filter(agency=agency, from_edition=pair[0], to_edition=pair[1]).delete()
        audit.record(
            agency,
            by,
            "criteria.mapping",
            agency,
            summary=f"{pair[0]} → {pair[1]}",
            after={"rows": None},
        )
