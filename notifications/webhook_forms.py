"""The form of a webhook."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.enums import NoticeKind
from notifications.models import Webhook


class WebhookForm(forms.ModelForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https:// and leads to a machine in the open internet."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all kinds."),
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "kinds"]

    def clean_url(self):
        url = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.scheme != "https" and not (settings.WEBHOOKS_INSIDE and parts.scheme == "http"):
            raise forms.ValidationError(_("The address must begin with https://."))
        if parts.username or parts.password:
            raise forms.ValidationError(_("The address must not hold a name or password."))
        return url
