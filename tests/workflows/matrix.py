"""Who may open what in the fiscal year calendar."""

from documents.stored_files import store_bytes
from tests.permission_matrix.table import ADMINISTRATORS, EVERYONE, OFFICERS, literal, row
from tests.workflows.factories import UNKNOWN, day, make_version, months
from workflows.award_stages import add_stage
from workflows.feeds import issue_feed
from workflows.models import ProcedureFile, Process
from workflows.opening import open_cycle
from workflows.sop.manuals import new_manual
from workflows.sop.own_layouts import copy_layout

STAGE = {
    "award": "รางวัลเลิศรัฐ",
    "title": "ยื่นใบสมัคร",
    "starts_on": day("2026-11-02"),
    "ends_on": day("2026-11-30"),
}


def objects(office):
    """A cycle of the year with a dated step that has a document, and an undated step."""
    version = make_version(office.agency, [[{"documents": ["คำสั่ง"]}, months(0, 0)], [UNKNOWN]])
    cycle = open_cycle(office.agency, version, office.year, office.people["officer"])
    first, second = cycle.steps.order_by("number")
    _feed, token = issue_feed(office.agency, office.people["officer"])
    stage = add_stage(office.agency, office.year, office.people["officer"], **STAGE)
    return {
        "award_stage": stage,
        "cycle": cycle,
        "cycle_step": first,
        "undated_step": second,
        "step_document": first.documents.get(),
        "sop_version": version,
        **_draft(office),
        "process": Process.objects.create(agency=office.agency, name="งานทะเบียน", kind="law"),
        "sop_manual": new_manual(office.agency, office.people["officer"]),
        "sop_layout": copy_layout(office.agency, office.people["officer"], base="S7"),
        "feed_token": token,
    }


def _draft(office):
    """An SOP in work with a step and an annex."""
    version = make_version(office.agency, [[UNKNOWN]], status="draft")
    stored = store_bytes(office.agency, "ก.txt", b"x", "text/plain", None)
    annex = ProcedureFile.objects.create(
        version=version, kind="annex", title="ผนวก", file=stored, order=1
    )
    return {"sop_draft": version, "sop_annex": annex}


SOP = {"slug": "sop_version.procedure.slug"}
SOP_VERSION = SOP | {"number": "sop_version.number"}
SOP_DRAFT = {"slug": "sop_draft.procedure.slug", "number": "sop_draft.number"}


ROWS = [
    row("workflows:calendar", get=EVERYONE),
    row(
        "workflows:cycle-open",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
    ),
    row("workflows:cycle-backfill", get=OFFICERS, post=OFFICERS, ids={"pk": "cycle"}),
    row("workflows:step-detail", get=EVERYONE, ids={"pk": "cycle_step"}),
    row("workflows:step-start", post=OFFICERS, ids={"pk": "cycle_step"}),
    row("workflows:step-finish", post=OFFICERS, ids={"pk": "cycle_step"}),
    row("workflows:step-reopen", post=OFFICERS, ids={"pk": "cycle_step"}),
    row(
        "workflows:step-days",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "undated_step", "order": lambda office: 1},
    ),
    row("workflows:document-add", post=OFFICERS, ids={"pk": "cycle_step"}),
    row(
        "workflows:document-attach",
        post=OFFICERS,
        ids={"pk": "cycle_step", "document_pk": "step_document"},
    ),
    row("sop:list", get=EVERYONE),
    row(
        "sop:import",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        data={"text": "sop: small"},
    ),
    row("sop:layout-list", get=EVERYONE),
    row("sop:layout-copy", post=OFFICERS | ADMINISTRATORS, data={"base": "S7"}),
    row(
        "sop:layout-edit",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        ids={"pk": "sop_layout"},
    ),
    row("sop:layout-delete", post=OFFICERS | ADMINISTRATORS, ids={"pk": "sop_layout"}),
    row("sop:manual-list", get=EVERYONE),
    row("sop:manual-add", post=OFFICERS | ADMINISTRATORS),
    row("sop:manual-detail", get=EVERYONE, ids={"pk": "sop_manual"}),
    row(
        "sop:manual-edit",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        ids={"pk": "sop_manual"},
    ),
    row("sop:manual-delete", post=OFFICERS | ADMINISTRATORS, ids={"pk": "sop_manual"}),
    row("sop:procedure-detail", get=EVERYONE, ids=SOP),
    row("sop:version-detail", get=EVERYONE, ids=SOP_VERSION),
    row("sop:version-export", get=EVERYONE, ids=SOP_VERSION),
    # The SOP editor.
    row("sop:version-edit", get=OFFICERS | ADMINISTRATORS, ids=SOP_DRAFT),
    row("sop:version-change", post=OFFICERS | ADMINISTRATORS, ids=SOP_DRAFT),
    row("sop:file-add", post=OFFICERS | ADMINISTRATORS, ids=SOP_DRAFT),
    row("sop:file-remove", post=OFFICERS | ADMINISTRATORS, ids=SOP_DRAFT | {"pk": "sop_annex"}),
    # Calendar subscription.
    row(
        "calendar-feed",
        kind="public",
        get=EVERYONE,
        ids={"token": lambda office: office["feed_token"]},
        ok={429},
        get_writes="when it was last read",
    ),
    row("workflows:year-file", get=EVERYONE),
    row("feeds:detail", get=EVERYONE),
    row("feeds:renew", post=EVERYONE),
    row("feeds:revoke", post=EVERYONE),
    # Shifting and postponing.
    row(
        "workflows:step-shift",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "cycle_step", "order": literal(1)},
    ),
    row(
        "workflows:step-shift-undo",
        get=OFFICERS,
        post=OFFICERS,
        ids={"pk": "cycle_step"},
        ok={409},
    ),
    row("workflows:postpone", get=OFFICERS, post=OFFICERS, ok={409}),
    row("workflows:year-sheet", get=EVERYONE),
    row("workflows:cycle-sheet", get=EVERYONE, ids={"pk": "cycle"}),
    # Award stages.
    row("workflows:award-list", get=EVERYONE),
    row("workflows:award-add", get=OFFICERS, post=OFFICERS),
    row("workflows:award-copy", get=OFFICERS, post=OFFICERS),
    row("workflows:award-edit", get=OFFICERS, post=OFFICERS, ids={"pk": "award_stage"}),
    row("workflows:award-remove", post=OFFICERS, ids={"pk": "award_stage"}),
    # An SOP from Word.
    row("sop:import-word", get=OFFICERS | ADMINISTRATORS, post=OFFICERS | ADMINISTRATORS),
    row("sop:import-word-draft", post=OFFICERS | ADMINISTRATORS),
    # The process register.
    row("processes:list", get=EVERYONE),
    row("processes:print", get=EVERYONE),
    row("processes:export", get=EVERYONE),
    row(
        "processes:add",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        data={"name": "งานเพิ่มใหม่", "kind": "law"},
    ),
    row("processes:import", get=OFFICERS | ADMINISTRATORS, post=OFFICERS | ADMINISTRATORS),
    row("processes:import-confirm", post=OFFICERS | ADMINISTRATORS),
    row(
        "processes:edit",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        ids={"pk": "process"},
        data={"name": "งานแก้ชื่อ", "kind": "law", "version": 1},
        foreign_data=lambda own, other: {
            "name": "งานแก้ชื่อ",
            "kind": "law",
            "version": 1,
            "procedure": other["sop_version"].procedure.pk,
            "owner": other.people["officer"].pk,
        },
    ),
    row(
        "processes:switch",
        post=OFFICERS | ADMINISTRATORS,
        ids={"pk": "process"},
        data={"active": "0"},
    ),
    row("processes:write-sop", post=OFFICERS | ADMINISTRATORS, ids={"pk": "process"}),
    # Closing a cycle, and going over to the version in use.
    row("workflows:year-end", get=EVERYONE, ids={"pk": "cycle"}),
    row("workflows:cycle-close", post=OFFICERS, ids={"pk": "cycle"}),
    row("workflows:cycle-reopen", post=OFFICERS, ids={"pk": "cycle"}),
    row("workflows:cycle-draft", post=OFFICERS | ADMINISTRATORS, ids={"pk": "cycle"}),
    row("workflows:cycle-update", get=OFFICERS, post=OFFICERS, ids={"pk": "cycle"}),
    row("workflows:step-note", post=OFFICERS, ids={"pk": "cycle_step"}),
    # The life of an SOP version.
    row("sop:new", get=OFFICERS | ADMINISTRATORS, post=OFFICERS | ADMINISTRATORS),
    row("sop:versions-compare", get=EVERYONE, ids=SOP, query={"old": 1, "new": 1}),
    row("sop:version-history", get=EVERYONE, ids=SOP_DRAFT),
    row("sop:saves-compare", get=EVERYONE, ids=SOP_DRAFT, query={"old": 1, "new": 1}),
    row(
        "sop:save-restore",
        post=OFFICERS | ADMINISTRATORS,
        ids=SOP_DRAFT,
        data={"save": 1, "version": 1},
    ),
    row("sop:draft-new", post=OFFICERS | ADMINISTRATORS, ids=SOP_VERSION),
    row(
        "sop:version-copy",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        ids=SOP_VERSION,
        data={"name": "งานคัดลอก"},
    ),
    row(
        "sop:draft-delete",
        get=OFFICERS | ADMINISTRATORS,
        post=OFFICERS | ADMINISTRATORS,
        ids=SOP_DRAFT,
        ok={409},
    ),
    row("sop:version-submit", get=OFFICERS | ADMINISTRATORS, post=OFFICERS, ids=SOP_DRAFT),
    row("sop:version-withdraw", post=OFFICERS, ids=SOP_DRAFT, ok={409}),
    row("sop:version-use", post=OFFICERS, ids=SOP_DRAFT, ok={409}),
    row(
        "sop:version-retire",
        get=OFFICERS,
        post=OFFICERS,
        ids=SOP_VERSION,
        data={"comment": "เลิกงาน", "version": 1},
    ),
]
