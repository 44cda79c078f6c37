"""Forms of the profile: who owns a topic, its picture, its rows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.queries import people_of


class OwnerForm(forms.Form):
    """The person who writes a topic; nobody is possible."""

    owner = forms.ModelChoiceField(
        label=_("Owner of the topic"), queryset=None, required=False, empty_label="—"
    )

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(agency)


class ImageForm(forms.Form):
    """A new picture of a topic with the version that was seen."""

    image = forms.FileField(
        label=_("Picture (PNG, JPEG or WebP)"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    version = forms.IntegerField(min_value=0)


class VersionForm(forms.Form):
    """The version that rows were changed from, and the id of this sending."""

    version = forms.IntegerField(min_value=0)
    request_id = forms.CharField(required=False, max_length=64)
