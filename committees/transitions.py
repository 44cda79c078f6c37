"""States of an appointment order: draft → waiting for signature → signed → superseded."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.freezing import freeze_paper
from approvals.registry import Transition, Workflow, register
from approvals.requests import (
    close_approved,
    close_cancelled,
    close_returned,
    open_request,
)
from approvals.transitions import RequirementsMissing
from committees import orders, permissions
from committees.enums import OrderStatus
from committees.models import AppointmentOrder

DRAFT, FOR_SIGNATURE = OrderStatus.DRAFT.value, OrderStatus.FOR_SIGNATURE.value
SIGNED, SUPERSEDED = OrderStatus.SIGNED.value, OrderStatus.SUPERSEDED.value


def _signed_on_paper(order, log) -> None:
    """Refuse a record of a paper signature that names no day and no scan."""
    if log.signed_on is None:
        raise RequirementsMissing([_("Attach the scan of the signed order")])


def _number_stands(order) -> list[str]:
    if order.number and order.signed_on:
        return []
    return [_("Fill in the order number and the day of signing")]


def _may_supersede(user, order) -> bool:
    """Done by signing the order that cancels this one, so by whoever may sign or record."""
    return permissions.can_sign_order(user, order) or permissions.can_record_signature(user, order)


_WHEN_SIGNED = [
    close_approved,
    orders.freeze,
    freeze_paper,
    orders.supersede_earlier,
    orders.tell_members,
]

TRANSITIONS = (
    Transition(
        "submit",
        (DRAFT,),
        FOR_SIGNATURE,
        permissions.can_submit_order,
        gettext_lazy("Submit for signature"),
        requirements=[orders.ready_for_signature],
        effects=[open_request],
    ),
    Transition(
        "withdraw",
        (FOR_SIGNATURE,),
        DRAFT,
        permissions.can_submit_order,
        gettext_lazy("Withdraw"),
        effects=[close_cancelled],
    ),
    Transition(
        "sign",
        (FOR_SIGNATURE,),
        SIGNED,
        permissions.can_sign_order,
        gettext_lazy("Sign the order"),
        requirements=[_number_stands],
        effects=_WHEN_SIGNED,
    ),
    Transition(
        "record_signature",
        (FOR_SIGNATURE,),
        SIGNED,
        permissions.can_record_signature,
        gettext_lazy("Record the signature on paper"),
        requirements=[_number_stands],
        effects=[_signed_on_paper, *_WHEN_SIGNED],
        on_paper=True,
    ),
    Transition(
        "return_",
        (FOR_SIGNATURE,),
        DRAFT,
        permissions.can_sign_order,
        gettext_lazy("Return for correction"),
        needs_comment=True,
        effects=[close_returned, orders.tell_officers],
    ),
    Transition(
        "supersede",
        (SIGNED,),
        SUPERSEDED,
        _may_supersede,
        gettext_lazy("Superseded by a later order"),
    ),
)


def _url_of(order: AppointmentOrder) -> str:
    return reverse("committees:order-detail", args=[order.agency.code, order.fiscal_year, order.pk])


def _summary_of(order: AppointmentOrder) -> list[dict]:
    committees = orders.order_data(order)["committees"]
    members = sum(len(committee["members"]) for committee in committees)
    return [
        {"value": str(len(committees)), "label": _("committees")},
        {"value": str(members), "label": _("seats")},
    ]


register(
    Workflow(
        model=AppointmentOrder,
        agency_of=lambda order: order.agency,
        select_related=("agency",),
        transitions={transition.name: transition for transition in TRANSITIONS},
        canonical=orders.decided_data,
        own_decision_page=True,
        approve="sign",
        return_="return_",
        return_reasons=(
            gettext_lazy("A member is missing or has changed"),
            gettext_lazy("A duty needs rewording"),
            gettext_lazy("A name or position is wrong"),
        ),
        fiscal_year_of=lambda order: order.fiscal_year,
        url_of=_url_of,
        title_of=lambda order: order.title,
        summary_of=_summary_of,
        paper_kind="order",
        icon="file-earmark-person",
    )
)
