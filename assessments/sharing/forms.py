"""Forms of shared work: handing out, remarks, questions and their answers."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Unit, User
from assessments.models import CategoryAssessment, Comment, ItemAnswer
from assessments.sharing import comments, questions
from assessments.sharing.assignments import assignable
from core import clock
from core.form_fields import BuddhistDateField
from core.thai_dates import format_short


class ItemsField(forms.ModelMultipleChoiceField):
    """Items, each by its code and title."""

    def label_from_instance(self, obj):
        return f"{obj.item.code} {obj.item.title}"


class AssignForm(forms.Form):
    """Items to people, with a day; a day after the category's own must be confirmed."""

    items = ItemsField(
        ItemAnswer.objects.none(),
        label=gettext_lazy("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one item")},
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("People of the team"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one person")},
    )
    due_on = BuddhistDateField(label=gettext_lazy("Done by"), required=False)
    note = forms.CharField(label=gettext_lazy("What to do"), max_length=300, required=False)
    is_late_meant = forms.BooleanField(
        label=gettext_lazy("Keep this day although it is after the category's due day"),
        required=False,
    )

    def __init__(self, *args, category_assessment: CategoryAssessment, **kwargs):
        super().__init__(*args, **kwargs)
        self.category_assessment = category_assessment
        self.fields["items"].queryset = ItemAnswer.objects.filter(
            category_assessment=category_assessment
        ).select_related("item", "category_assessment")
        team = assignable(category_assessment)
        self.fields["people"].queryset = User.objects.filter(
            pk__in=[person.pk for person in team]
        ).order_by("sort_key", "pk")
        if not self._asks_again():
            self.fields["is_late_meant"].widget = forms.HiddenInput()

    def _asks_again(self) -> bool:
        """Whether the sent day lies after the category's: only then the box is shown."""
        try:
            day = self.fields["due_on"].to_python(self.data.get("due_on"))
        except forms.ValidationError:
            return False
        last = self.category_assessment.due_on
        return bool(day and last and day > last)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("This day has passed; choose a day from today on"))
        last = self.category_assessment.due_on
        if day and last and day > last and not self.data.get("is_late_meant"):
            raise forms.ValidationError(
                _(
                    "The category is due on %(day)s, before this day. Choose an earlier day, or "
                    "tick “Keep this day” below."
                )
                % {"day": format_short(last)}
            )
        return day


class CommentForm(forms.Form):
    """A remark or an answer to one, with people to be told."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=comments.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what you want to say")},
    )
    parent = forms.ModelChoiceField(
        Comment.objects.none(), required=False, widget=forms.HiddenInput
    )
    mentions = forms.ModelMultipleChoiceField(User.objects.none(), required=False)

    def __init__(self, *args, parents=None, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = parents
        if people is None:
            del self.fields["mentions"]
        else:
            self.fields["mentions"].queryset = people
            self.fields["mentions"].label = _("Tell these people")


class QuestionForm(forms.Form):
    """A question to a unit of the office."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    text = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = BuddhistDateField(label=gettext_lazy("Answer by"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has passed; choose a day from today on"))
        return day


class AnswerForm(forms.Form):
    """A unit's answer; a name is asked of whoever is not signed in."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=questions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(label=gettext_lazy("File (not required)"), required=False)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=160)

    def __init__(self, *args, knows_name: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if knows_name:
            del self.fields["name"]
