"""Who may open what of the editions of the criteria."""

from assessments.criteria.editing import correct
from assessments.criteria.exporting import edition_data
from assessments.criteria.importing import current_edition
from tests.permission_matrix.table import ADMINISTRATORS, EVERYONE, OFFICERS, literal, row

CORRECTORS = OFFICERS | ADMINISTRATORS
WRITERS = frozenset({"officer", "champion1", "champion2", "member"})


def objects(office):
    """An edition of the office's own."""
    common = current_edition("pmqa-2562", None)
    data = edition_data(common)
    data["title"] = {"th": f"ฉบับของ {office.agency.code}"}
    own, _new = correct(common, data, office.agency, office.people["officer"])
    return {"own_edition": own}


OWN = {"pk": "own_edition"}
HEAD = {"title_th": "ชื่อใหม่", "points-1": "120", "points-1.1": "๖๐"}
ITEM = {"title_th": "ชื่อใหม่", "asks_th": "ถามอะไร"}

ROWS = [
    row("criteria:edition-list", get=EVERYONE),
    row("criteria:edition-detail", get=EVERYONE, ids=OWN),
    row("criteria:edition-file", get=EVERYONE, ids=OWN),
    row("criteria:edition-edit", get=CORRECTORS, post=CORRECTORS, ids=OWN, data=HEAD),
    row(
        "criteria:item-edit",
        get=CORRECTORS,
        post=CORRECTORS,
        ids=OWN | {"code": literal("1.1")},
        data=ITEM,
    ),
    row("criteria:edition-upload", get=CORRECTORS, post=CORRECTORS, data={"text": "code: x"}),
    row("criteria:mapping", get=EVERYONE, post=CORRECTORS, data={"to-1.1": "1.1"}),
    row("carrying:carry", get=WRITERS, post=WRITERS, data={"answer": "1"}),
]
