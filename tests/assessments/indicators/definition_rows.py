"""Who may open what of the definitions of indicators."""

from decimal import Decimal

from assessments.models import Indicator
from tests.permission_matrix.table import DEPUTIES, EVERYONE, OFFICERS, row
from workflows.models import Cycle

DEFINERS = OFFICERS | DEPUTIES
RESULT_WRITERS = DEFINERS | {"champion1", "champion2", "member"}


def objects(office):
    """A result of category 7 and an indicator of the performance agreement."""
    cycle = Cycle.objects.filter(agency=office.agency, fiscal_year=office.year).first()
    common = {"cycle": cycle, "unit": "ร้อยละ", "target": Decimal(85)}
    return {
        "agreement_indicator": Indicator.objects.create(
            code="KRS-1", kind="krs", name="ตัวชี้วัดคำรับรอง", **common
        ),
    }


def more(office, count):
    """Further rows for each list: the number of queries must stay the same."""
    cycle = Cycle.objects.filter(agency=office.agency, fiscal_year=office.year).first()
    unit = office.agency.units.first()
    Indicator.objects.bulk_create(
        Indicator(
            cycle=cycle,
            code=f"M-{number}",
            kind="other",
            name=f"ตัวชี้วัดที่ {number}",
            unit="ร้อยละ",
            owner=office.people["champion1"],
            owner_unit=unit,
        )
        for number in range(count)
    )


DEFINITION = {
    "name": "ร้อยละความสำเร็จ",
    "kind": "category_7",
    "group": "7.1",
    "level": "office",
    "unit": "ร้อยละ",
    "direction": "higher_is_better",
    "weight": "1",
    "rule": "pct-of-target",
    "version": 1,
}
AGREEMENT = {"pk": "agreement_indicator"}


def foreign(own, other):
    """People and units of another office are no choice."""
    return {"owner": other.people["staff"].pk}


ROWS = [
    row("indicators:definitions", get=EVERYONE),
    row(
        "indicators:definition-add",
        get=RESULT_WRITERS,
        post=RESULT_WRITERS,
        data=DEFINITION,
        foreign_data=foreign,
    ),
    row(
        "indicators:definition-edit",
        get=DEFINERS,
        post=DEFINERS,
        ids=AGREEMENT,
        data=DEFINITION | {"kind": "krs", "group": ""},
        foreign_data=foreign,
    ),
    row("indicators:definition-history", get=EVERYONE, ids=AGREEMENT),
    row("indicators:definition-remove", post=DEFINERS, ids=AGREEMENT),
    row("indicators:definition-copy", get=DEFINERS, post=DEFINERS),
    row("indicators:definition-export", get=EVERYONE),
    row("indicators:definition-template", get=DEFINERS),
    row("indicators:definition-import", get=DEFINERS, post=DEFINERS),
    row("indicators:definition-import-confirm", post=DEFINERS, data={"payload": "x"}),
]
