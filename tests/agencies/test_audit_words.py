"""The audit log speaks in words: no action is shown by its code."""

import ast
import re

import pytest
from django.utils import translation

from agencies import audit
from agencies.audit_actions import ACTIONS, label_of
from approvals.registry import workflows
from tests.agencies.factories import make_office
from tests.house_rules.sources import name_of, python_files, tree_of

_ACTION = re.compile(r"[a-z_]+\.[a-z_-]+")


def _is_audit_record(node) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "record"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "audit"
    )


def written_actions() -> dict[str, str]:
    """Return {action: file} of every action that the code writes as a literal.

    Where the call names a variable, the literals given to it in the same file count.
    """
    found = {}
    for path in python_files():
        tree = tree_of(path)
        calls = [node for node in ast.walk(tree) if _is_audit_record(node)]
        values = [call.args[2] for call in calls]
        variables = {value.id for value in values if isinstance(value, ast.Name)}
        values += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(isinstance(aim, ast.Name) and aim.id in variables for aim in node.targets)
        ]
        for value in values:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and _ACTION.fullmatch(str(part.value)):
                    found[part.value] = name_of(path)
    return found


def test_every_action_that_the_code_writes_has_words():
    written = written_actions()
    assert len(written) > 60
    assert {action: place for action, place in written.items() if action not in ACTIONS} == {}


def test_every_change_of_state_has_words_in_thai():
    with translation.override("th"):
        found = {
            f"{workflow.model._meta.model_name}.{name}": str(
                label_of(f"{workflow.model._meta.model_name}.{name}")
            )
            for workflow in workflows()
            for name in workflow.transitions
        }
    assert found["improvementplan.approve"] == "แผนปรับปรุงองค์การ: อนุมัติแผน"
    assert found["appointmentorder.sign"] == "คำสั่งแต่งตั้ง: ลงนามคำสั่ง"
    assert {
        action: words for action, words in found.items() if re.search("[A-Za-z]{4}", words)
    } == {}


@pytest.mark.django_db
def test_log_and_its_filter_show_words_instead_of_codes(client_for):
    office = make_office()
    audit.record(office.agency, office.officer, "improvementplan.approve", office.agency)
    audit.record(office.agency, office.officer, "evidence.add", office.agency, summary="1.1-1")
    page = client_for(office.admin).get(office.url("settings/audit/")).text
    shown = page[page.index("<tbody>") :]
    assert "แผนปรับปรุงองค์การ: อนุมัติแผน" in shown
    assert "เพิ่มหลักฐาน" in shown
    assert "evidence.add" not in shown
    assert '<option value="evidence.add">เพิ่มหลักฐาน</option>' in page
