"""Who may open what in the evidence library; tests/assessments/matrix.py takes these rows in."""

from assessments.models import EvidenceUse
from tests.permission_matrix.table import EVERYONE, OFFICERS, row

# champion1 leads category 1, member is in its team; champion2 leads category 2.
WRITERS = frozenset({"officer", "champion1", "member"})
ALL_WRITERS = WRITERS | {"champion2"}
# Who added the evidence, and the officer.
KEEPERS = frozenset({"officer", "champion1"})
EVIDENCE = {"pk": "evidence_link.evidence_id"}
NAMED = {"title": "รายงานประจำปี", "note": "เก็บที่กลุ่มอำนวยการ"}


def objects(office, link):
    """The use of the link's evidence at a question of the ITA."""
    return {"evidence_use": EvidenceUse.objects.create(evidence=link.evidence, ita_question="O12")}


def own(office):
    return {"pk": office["evidence_link"].evidence_id}


def foreign(own, other):
    return {"pk": other["evidence_link"].evidence_id}


ROWS = [
    row("evidence:library", get=EVERYONE),
    row("evidence:library-excel", get=EVERYONE),
    row("evidence:gaps", get=EVERYONE),
    row("evidence:gaps-excel", get=EVERYONE),
    row("evidence:add", get=EVERYONE),
    row(
        "evidence:attach",
        get=WRITERS,
        post=WRITERS,
        query=lambda office: {"item": office["item_answer"].pk},
        data={"note": "เก็บที่กลุ่มอำนวยการ"},
        foreign_data=lambda own, other: {"existing": other["evidence_link"].evidence_id},
    ),
    # There is no year before: whoever may is told that the evidence is not there.
    row(
        "evidence:reuse",
        post=WRITERS,
        ids={"pk": "item_answer"},
        data={"evidence": 1},
        foreign_data=lambda own, other: {"evidence": other["evidence_link"].evidence_id},
        ok={404},
    ),
    row(
        "evidence:chosen",
        get=ALL_WRITERS,
        post=ALL_WRITERS,
        data=lambda office: own(office) | {"ita_question": "O13"},
        foreign_data=lambda own, other: foreign(own, other) | {"ita_question": "O13"},
    ),
    row(
        "evidence:owner",
        post=OFFICERS,
        data=lambda office: own(office) | {"owner": office.people["member"].pk},
        foreign_data=lambda own, other: foreign(own, other) | {"owner": own.people["member"].pk},
    ),
    row("evidence:detail", get=EVERYONE, post=KEEPERS, ids=EVIDENCE, data=NAMED),
    row(
        "evidence:replace",
        post=KEEPERS,
        ids=EVIDENCE,
        data={"new-number": 1, "new-note": "ย้ายไปเก็บที่กลุ่มนโยบายและแผน"},
    ),
    # A note has no pages to draw or to show.
    row("evidence:pictures", post=EVERYONE, ids=EVIDENCE, ok={404}),
    row("evidence:page", get=EVERYONE, ids=EVIDENCE | {"page": lambda office: 1}, ok={404}),
    row("evidence:unlink", post=WRITERS, ids={"pk": "evidence_link"}),
    row("evidence:end-use", post=ALL_WRITERS, ids={"pk": "evidence_use"}),
    row("evidence:remove", post=KEEPERS, ids=EVIDENCE),
]
