"""The form that takes a filled workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """The workbook that was exported here and filled."""

    file = forms.FileField(
        label=_("The filled workbook (.xlsx)"),
        help_text=_("At most 10 MB; the file that was exported from this assessment."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
