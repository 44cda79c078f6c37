"""What the audit log calls each action of this app; higher apps' actions show their key."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "person.add": _("Person added"),
    "person.edit": _("Person changed"),
    "person.role": _("Office role changed"),
    "person.profile": _("Own profile changed"),
    "person.deactivate": _("Person deactivated"),
    "person.reactivate": _("Person reactivated"),
    "person.password": _("Temporary password printed"),
    "person.password_link": _("Password link sent"),
    "account.locked": _("Sign-in locked after failures"),
    "unit.add": _("Unit added"),
    "unit.edit": _("Unit changed"),
    "unit.move": _("Unit moved"),
    "unit.close": _("Unit closed"),
    "unit.reopen": _("Unit reopened"),
    "acting.add": _("Acting period added"),
    "acting.end": _("Acting period ended"),
    "acting.withdraw": _("Acting period withdrawn"),
    "holiday.add": _("Holiday added"),
    "holiday.edit": _("Holiday changed"),
    "holiday.delete": _("Holiday deleted"),
    "holiday.fill": _("Holidays filled"),
    "office.edit": _("Office settings changed"),
}


def label_of(action: str):
    """Return the words for an action, or its key when another app wrote it."""
    return ACTIONS.get(action, action)
