"""Forms of what people and offices decide about notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import ThaiIntegerField, ThaiTimeField
from notifications.models import AgencyNoticeSettings, ContactSettings


class ContactForm(forms.ModelForm):
    """Quiet hours and the digest of one person."""

    quiet_from = ThaiTimeField(label=_("Quiet from"), required=False)
    quiet_until = ThaiTimeField(label=_("Quiet until"), required=False)

    class Meta:
        model = ContactSettings
        fields = ["wants_digest", "quiet_from", "quiet_until"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        for name, own, other in (("quiet_from", start, end), ("quiet_until", end, start)):
            if own is None and other is not None and name not in self.errors:
                self.add_error(name, _("Enter both times of the quiet hours, or neither."))
        if start and start == end:
            self.add_error("quiet_until", _("The quiet hours end at another time than they begin."))
        return cleaned


class OfficeNoticesForm(forms.ModelForm):
    """Digest and escalation of one office; no number of days means that nobody else is told."""

    digest_at = ThaiTimeField(
        label=_("Time of the daily digest"),
        help_text=_("On working days. Reminders wait for it; everything else is sent at once."),
    )
    escalate_after_days = ThaiIntegerField(
        label=_("Days overdue before others are told"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Leave empty to tell nobody but the responsible person."),
    )

    class Meta:
        model = AgencyNoticeSettings
        fields = ["digest_at", "escalate_after_days", "escalates_to_head", "escalates_to_officers"]
