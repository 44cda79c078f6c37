"""People of an office: add, change, switch off, and passwords that are printed.

Nobody signs up. An officer adds a person; with an e-mail the person sets a password from a
link, without one a temporary password is printed once and must be changed at first sign-in.
"""

import secrets
from typing import Any

from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import audit
from agencies.enums import OfficeRole
from agencies.models import Agency, AgencyMembership, User
from core import clock, thai_text

ACCOUNT_FIELDS = ("title", "first_name", "last_name", "position", "email", "phone")
# No letters or digits that look alike on paper (0 O o, 1 l I, 5 S, 2 Z).
_PRINTABLE = "abcdefghjkmnpqrtuvwxy346789"


def sort_key(first_name: str, last_name: str) -> str:
    """Return the key by which people stand in Thai dictionary order, first name first."""
    return thai_text.sort_key(f"{first_name} {last_name}".strip())[:240]


def temporary_password() -> str:
    """Return a random password of three groups of four, easy to read from paper."""
    groups = ("".join(secrets.choice(_PRINTABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def suggest_username(agency: Agency, email: str) -> str:
    """Return a free user name: the e-mail's first part, else the office code and a number."""
    base = "".join(ch for ch in email.partition("@")[0].lower() if ch.isascii() and ch.isalnum())
    base = (base or agency.code.replace("-", ""))[:50]
    taken = set(User.objects.filter(username__istartswith=base).values_list("username", flat=True))
    taken = {name.lower() for name in taken}
    if email and base not in taken:
        return base
    number = 1
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def _facts(membership: AgencyMembership) -> dict[str, Any]:
    user = membership.user
    return {
        **{name: getattr(user, name) for name in ACCOUNT_FIELDS},
        "role": membership.role,
        "unit": membership.unit_id,
        "active": membership.is_active,
    }


@transaction.atomic
def add_person(
    agency: Agency, by: User | None, *, username: str, role: str, unit=None, **account: str
) -> tuple[AgencyMembership, str]:
    """Add a person to the office; return the membership and the password to print, or "".

    `account` holds the fields of ACCOUNT_FIELDS. Without an e-mail the person gets a
    temporary password that must be changed; with one no password exists until the person
    sets it from the link that the caller sends.
    """
    password = "" if account.get("email") else temporary_password()
    user = User.objects.create_user(
        username.lower(),
        password or None,
        must_change_password=bool(password),
        sort_key=sort_key(account["first_name"], account.get("last_name", "")),
        **account,
    )
    membership = AgencyMembership.objects.create(agency=agency, user=user, unit=unit, role=role)
    audit.record(
        agency, by, "person.add", user, summary=user.get_full_name(), after=_facts(membership)
    )
    return membership, password


@transaction.atomic
def update_person(
    membership: AgencyMembership, by: User, *, role: str, unit, **account: str
) -> None:
    """Change a person's place in the office and, where given, the account's own fields.

    Raises ValidationError when the office would lose its last officer or administrator.
    """
    membership = _fresh(membership)
    before = _facts(membership)
    if role != membership.role:
        _refuse_losing_last(membership)
    AgencyMembership.objects.filter(pk=membership.pk).update(role=role, unit=unit)
    if account:
        User.objects.filter(pk=membership.user_id).update(
            **account, sort_key=sort_key(account["first_name"], account.get("last_name", ""))
        )
    after = _fresh(membership)
    action = "person.role" if role != before["role"] else "person.edit"
    summary = after.user.get_full_name()
    if role != before["role"]:
        summary += f": {before['role']} → {role}"
    audit.record(
        membership.agency,
        by,
        action,
        after.user,
        summary=summary,
        before=before,
        after=_facts(after),
    )


@transaction.atomic
def update_own_profile(user: User, **account: str) -> None:
    """Change the person's own name, position, contact and language."""
    User.objects.filter(pk=user.pk).update(
        **account, sort_key=sort_key(account["first_name"], account.get("last_name", ""))
    )
    for membership in user.memberships.select_related("agency"):
        audit.record(
            membership.agency,
            user,
            "person.profile",
            user,
            summary=user.get_full_name(),
            after=account,
        )


def _fresh(membership: AgencyMembership) -> AgencyMembership:
    return AgencyMembership.objects.select_related("user", "agency").get(pk=membership.pk)


def _refuse_losing_last(membership: AgencyMembership) -> None:
    """Refuse what would leave the office without anybody to run it."""
    messages = {
        OfficeRole.OFFICER: _("This is the last PMQA officer of the office. Name another first."),
        OfficeRole.ADMINISTRATOR: _(
            "This is the last administrator of the office. Name another first."
        ),
    }
    if membership.role not in messages:
        return
    others = AgencyMembership.objects.filter(
        agency_id=membership.agency_id, role=membership.role, is_active=True, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise ValidationError(messages[membership.role], code="last_of_role")


@transaction.atomic
def deactivate(membership: AgencyMembership, by: User, reason: str) -> None:
    """Switch a person off in the office and end all sessions; rows of the past remain.

    The account itself is switched off when no other office uses it. Raises ValidationError
    for oneself and for the last officer or administrator.
    """
    if membership.user_id == by.pk:
        raise ValidationError(_("Nobody can deactivate himself or herself."), code="oneself")
    _refuse_losing_last(membership)
    claimed = AgencyMembership.objects.filter(pk=membership.pk, is_active=True).update(
        is_active=False
    )
    if not claimed:
        return
    user = membership.user
    if not user.memberships.filter(is_active=True).exists():
        User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user)
    audit.record(
        membership.agency,
        by,
        "person.deactivate",
        user,
        summary=f"{user.get_full_name()}: {reason}",
    )


@transaction.atomic
def reactivate(membership: AgencyMembership, by: User) -> None:
    """Switch a person on again; old sessions stay ended."""
    claimed = AgencyMembership.objects.filter(pk=membership.pk, is_active=False).update(
        is_active=True
    )
    if claimed:
        user = membership.user
        User.objects.filter(pk=user.pk).update(is_active=True)
        audit.record(membership.agency, by, "person.reactivate", user, summary=user.get_full_name())


@transaction.atomic
def reset_to_temporary_password(membership: AgencyMembership, by: User) -> str:
    """Give the person a new temporary password, end all sessions, return it for printing."""
    password = temporary_password()
    user = membership.user
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)
    audit.record(membership.agency, by, "person.password", user, summary=user.get_full_name())
    return password


def record_password_link(membership: AgencyMembership, by: User) -> None:
    """Write to the audit log that a password link was mailed to the person."""
    audit.record(
        membership.agency,
        by,
        "person.password_link",
        membership.user,
        summary=membership.user.get_full_name(),
    )


def end_sessions(user: User) -> None:
    """End every session of the person, so that switching on again revives none."""
    ended = [
        session.pk
        for session in Session.objects.filter(expire_date__gte=clock.now())
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=ended).delete()


def search(memberships, text: str) -> list[AgencyMembership]:
    """Return the memberships whose person matches the text, Thai spelling variants folded."""
    wanted = thai_text.fold_for_search(text)
    return [
        row
        for row in memberships
        if wanted
        in thai_text.fold_for_search(
            f"{row.user.get_full_name()} {row.user.position} {row.user.username} {row.user.email}"
        )
    ]


def username_is_taken(username: str) -> bool:
    return User.objects.filter(Q(username__iexact=username)).exists()
