"""The award's forms and their topics, as the shipped file lists them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from ruamel.yaml import YAML

SHIPPED = Path(__file__).with_name("shipped") / "forms.yaml"
APPLICATION, READINESS, SUMMARY = "award-application", "readiness-assessment", "executive-summary"
PROFILE, REPORT = "profile-summary", "application-report"


class _Titled:
    """Titles in Thai, which papers print, and in the reader's language."""

    th: str
    en: str

    @property
    def title(self) -> str:
        return self.en if get_language() == "en" else self.th


@dataclass(frozen=True)
class Topic(_Titled):
    """A topic of a text form; `known` and `draft` name what the record can say about it."""

    code: str
    th: str
    en: str
    known: str = ""
    draft: str = ""
    offers: str = ""
    needed: bool = False
    hint_th: str = ""
    hint_en: str = ""

    @property
    def hint(self) -> str:
        return self.hint_en if get_language() == "en" else self.hint_th


@dataclass(frozen=True)
class AwardForm(_Titled):
    """One of the five forms: the paper's kind and the way it is filled in."""

    number: int
    kind: str
    th: str
    en: str
    way: str
    topics: tuple[Topic, ...] = ()

    def topic(self, code: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.code == code), None)


@cache
def forms() -> tuple[AwardForm, ...]:
    """Return the five forms in their order."""
    data = _shipped()
    return tuple(
        AwardForm(
            **row, topics=tuple(Topic(**topic) for topic in data["topics"].get(row["kind"], ()))
        )
        for row in data["forms"]
    )


def form_of(kind: str) -> AwardForm | None:
    """Return the form of that kind, if there is one."""
    return next((form for form in forms() if form.kind == kind), None)


def text_form(kind: str) -> AwardForm | None:
    """Return the form of that kind when it is written as texts."""
    form = form_of(kind)
    return form if form and form.topics else None


def offers_of(topic: Topic) -> list[str]:
    """Return words that a topic may take over as they are."""
    return [row["th"] for row in _shipped()[topic.offers]] if topic.offers else []


@cache
def _shipped() -> dict:
    return YAML(typ="safe").load(SHIPPED.read_text(encoding="utf-8"))
