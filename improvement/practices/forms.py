"""Forms of best practices and lessons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core import clock
from core.fiscal_year import fiscal_year_of
from core.form_fields import BuddhistDateField, ThaiIntegerField
from core.thai_text import normalize
from improvement.enums import LessonKind, PhotoLevel
from improvement.practices.queries import practices_visible_to, steps_to_choose
from improvement.practices.writing import MOST_LETTERS

CATEGORIES = [("", "—"), *((str(number), str(number)) for number in range(1, 8))]


class CategoryField(forms.TypedChoiceField):
    """One of the seven categories, or none."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Category"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=CATEGORIES,
            **kwargs,
        )


class PracticeForm(forms.Form):
    """What a best practice is called."""

    title = forms.CharField(label=_("Name of the work"), max_length=250)
    category_number = CategoryField()
    model_name = forms.CharField(
        label=_("Name of the model"),
        required=False,
        max_length=80,
        help_text=_("Such as: STAR Model; its letters follow under heading 6"),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def facts(self) -> dict:
        return {
            name: self.cleaned_data[name] for name in ("title", "category_number", "model_name")
        }


class PhotoForm(forms.Form):
    """What is said of a photograph."""

    caption = forms.CharField(label=_("Caption"), max_length=200)
    level = forms.ChoiceField(label=_("Level of recognition"), choices=PhotoLevel.choices)
    is_award = forms.BooleanField(label=_("Shows an award or recognition"), required=False)
    taken_on = BuddhistDateField(label=_("Taken on"), required=False)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def fields_of_photo(self) -> dict:
        names = ("caption", "level", "is_award", "taken_on")
        return {name: self.cleaned_data[name] for name in names}


class NewPhotoForm(PhotoForm):
    """A photograph to add."""

    image = forms.FileField(
        label=_("Picture (PNG, JPEG or WebP)"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    field_order = ["image", "caption", "level", "taken_on", "is_award"]


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=0)


class LettersForm(forms.Form):
    """The letters of the model, a row each; a row without letter and word is none."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(MOST_LETTERS):
            self.fields[f"letter_{number}"] = forms.CharField(
                label=_("Letter"), required=False, max_length=4
            )
            self.fields[f"word_{number}"] = forms.CharField(
                label=_("Word"), required=False, max_length=80
            )
            self.fields[f"explanation_{number}"] = forms.CharField(
                label=_("Explanation"), required=False, max_length=2000
            )

    def clean(self):
        data = super().clean()
        for number in range(MOST_LETTERS):
            row = [data.get(f"{name}_{number}") for name in ("letter", "word", "explanation")]
            if any(row) and not row[0]:
                self.add_error(f"letter_{number}", _("Write the letter."))
            if any(row) and not row[1]:
                self.add_error(f"word_{number}", _("Write the word that the letter stands for."))
        return data

    def rows(self) -> list[tuple[str, str, str]]:
        names = ("letter", "word", "explanation")
        every = [
            tuple(self.cleaned_data[f"{name}_{number}"] for name in names)
            for number in range(MOST_LETTERS)
        ]
        return [row for row in every if row[0]]


class LessonForm(forms.Form):
    """A lesson learned or a knowledge note."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LessonKind.choices)
    fiscal_year = ThaiIntegerField(label=_("Fiscal year (B.E.)"), min_value=2540)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What happened, why, and what to do next time"),
    )
    category_number = CategoryField()
    procedure_step = forms.ModelChoiceField(
        label=_("Step of an SOP"), queryset=None, required=False, empty_label="—"
    )
    practice = forms.ModelChoiceField(
        label=_("Best practice"), queryset=None, required=False, empty_label="—"
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, agency, kept_step: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        steps = self.fields["procedure_step"]
        steps.queryset = steps_to_choose(user, kept_step).filter(version__procedure__agency=agency)
        steps.label_from_instance = step_words
        self.fields["practice"].queryset = practices_visible_to(user).filter(agency=agency)

    def clean_fiscal_year(self):
        year = self.cleaned_data["fiscal_year"]
        if year > fiscal_year_of(clock.today()) + 1:
            raise forms.ValidationError(_("The year lies in the future; write it in B.E."))
        return year

    def columns(self) -> dict:
        data = self.cleaned_data
        step, practice = data["procedure_step"], data["practice"]
        return {
            "fiscal_year": data["fiscal_year"],
            "kind": data["kind"],
            "title": normalize(data["title"]),
            "text": normalize(data["text"]),
            "category_number": data["category_number"],
            "procedure_step_id": step.pk if step else None,
            "practice_id": practice.pk if practice else None,
        }


def step_words(step) -> str:
    """Return a step as lists name it: the SOP, then number and title."""
    return f"{step.version.procedure.name}: {step.number}. {step.title}"
