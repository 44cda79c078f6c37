"""The form that takes a sheet of definitions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DefinitionFileForm(forms.Form):
    file = forms.FileField(
        label=_("Excel file (.xlsx)"),
        help_text=_("At most 5 MB and 1,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
