"""Which transitions each kind of object knows.

The owning app writes its rows in its own `transitions.py` and registers them in `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from agencies import audit_actions
from agencies.models import Agency, User

Permission = Callable[[User, models.Model], bool]
Requirement = Callable[[models.Model], list[str]]


@dataclass
class Transition:
    """One permitted change of state.

    name: verb, unique for the model. sources/target: values of the status field.
    may: who may do it. requirements: each returns what is missing, in words for the person.
    needs_comment: a reason must be given. effects: run inside the transaction, in order,
    each called as effect(obj, log). label: the button's verb.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    may: Permission
    label: Any
    requirements: list[Requirement] = field(default_factory=list)
    needs_comment: bool = False
    # Who may record that this was decided on paper (day and scan are then demanded).
    may_record: Permission | None = None
    effects: list[Callable] = field(default_factory=list)
    # The transition itself records what was signed on paper (an order, with its own number).
    on_paper: bool = False


def the_director(obj: models.Model) -> None:
    """Return nobody by name: the director decides, or who acts for the director."""


@dataclass
class Workflow:
    """The transitions of one model, and how the engine reads its rows.

    canonical: the data that is decided on, JSON-able; its hash is what an approval approves.
    """

    model: type[models.Model]
    agency_of: Callable[[models.Model], Agency]
    transitions: dict[str, Transition]
    status_field: str = "status"
    canonical: Callable[[models.Model], Any] | None = None
    # For objects the director decides on: year, page, title, and facts as
    # [{"value": "12", "label": "actions"}, …]; the template shows the object on the decision page
    # with context_of(obj). `own_decision_page` says that url_of decides (an order wants a number).
    own_decision_page: bool = False
    # Who decides instead of the director (the chair checks the minutes); None: the director.
    decider_of: Callable[[models.Model], User | None] = the_director
    approve: str = "approve"
    return_: str = "return_"
    return_reasons: tuple = ()
    # What else its page sends with a return: its words ("" for none), and what keeps it.
    return_extra: Callable[[models.Model, Any], tuple[str, Callable]] | None = None
    # What its page's address is read from, fetched together for lists of requests.
    select_related: tuple[str, ...] = ()
    fiscal_year_of: Callable[[models.Model], int] | None = None
    url_of: Callable[[models.Model], str] | None = None
    title_of: Callable[[models.Model], str] | None = None
    summary_of: Callable[[models.Model], list] | None = None
    detail_template: str = ""
    context_of: Callable[[models.Model], dict] | None = None
    paper_kind: str = ""
    # Where objects of one model have papers of several kinds: which one this object's is.
    paper_kind_of: Callable[[models.Model], str] | None = None
    # What the foot of the kept paper says that was done; papers are Thai.
    seal_words: str = "อนุมัติในระบบ"
    paper_pk_of: Callable[[models.Model], int] = lambda obj: obj.pk
    icon: str = "file-earmark-text"
    # What the kind is called where the model's own name does not say it.
    kind_name: Any = ""
    # Reading the canonical data takes many queries: pages do not compare it, the decision does.
    is_costly: bool = False

    @property
    def kind(self) -> str:
        """Return the model's label, by which settings and delegations name the kind."""
        return self.model._meta.label_lower

    @property
    def name(self) -> Any:
        """Return what the kind is called on screens."""
        return self.kind_name or capfirst(self.model._meta.verbose_name)

    @property
    def has_own_decider(self) -> bool:
        """Return whether its objects name who decides, so that the director has no part."""
        return self.decider_of is not the_director


# What the engine itself writes into the log of any object that waits for a decision.
ENDORSE = Transition("endorse", (), "", lambda user, obj: False, _("Endorsed"))
VOID = Transition("void", (), "", lambda user, obj: False, _("Void: the content changed"))
_workflows: dict[type[models.Model], Workflow] = {}


def register(workflow: Workflow) -> None:
    """Make a model's transitions known to the engine, and worded in the audit log."""
    _workflows[workflow.model] = workflow
    meta = workflow.model._meta
    audit_actions.register(
        {
            f"{meta.model_name}.{rule.name}": _in_words(meta.verbose_name, rule.label)
            for rule in (*workflow.transitions.values(), ENDORSE, VOID)
        }
    )


def _in_words(thing: Any, verb: Any) -> Any:
    """Return thing and verb; a model that was given no name of its own has verbs that say it."""
    if not isinstance(thing, Promise):
        return verb
    return capfirst(format_lazy("{thing}: {verb}", thing=thing, verb=verb))


def workflow_of(obj_or_model) -> Workflow:
    """Return the workflow of an object or model; KeyError when none was registered."""
    model = obj_or_model if isinstance(obj_or_model, type) else type(obj_or_model)
    return _workflows[model]


def kinds_of_decisions() -> set[str]:
    """Return the kinds of papers that decisions freeze, so that nobody issues them by hand."""
    return {workflow.paper_kind for workflow in _workflows.values() if workflow.paper_kind}


def label_of(workflow: Workflow, name: str) -> Any:
    """Return what a step of the log is called."""
    rule = workflow.transitions.get(name) or {ENDORSE.name: ENDORSE, VOID.name: VOID}.get(name)
    return rule.label if rule else name


def workflows() -> list[Workflow]:
    return list(_workflows.values())


def add_requirement(model: type[models.Model], name: str, requirement: Requirement) -> None:
    """Let a higher app demand something of a lower app's transition (called in `ready()`)."""
    requirements = _workflows[model].transitions[name].requirements
    if requirement not in requirements:
        requirements.append(requirement)
