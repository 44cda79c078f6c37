"""The list of a year's papers: what each lacks, when it was last made and issued."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, User
from assessments.year_papers import first_assessment
from core.thai_text import sort_key
from documents import papers, year_list
from documents.enums import PaperGroup, PaperJobStatus
from documents.models import IssuedDocument, PaperJob
from documents.year_list import ListedRow, YearPaper
from reports.certificates.queries import certificates_visible_to
from reports.enums import LetterStatus
from reports.letters.queries import letters_visible_to
from workflows.year_papers import first_cycle

AWARD_FORMS = (
    "award-application",
    "readiness-assessment",
    "executive-summary",
    "site-visit-briefing",
)
# What can be printed of a year before anybody assesses.
WITHOUT_ASSESSMENT = ("award-application", "executive-summary")


# Where papers of a group are begun, for a year that has none of them yet.
PLACES = {
    PaperGroup.AWARD: (("award:overview", gettext_lazy("Award application")),),
    PaperGroup.LETTERS: (
        ("letters:list", gettext_lazy("Letters")),
        ("certificates:list", gettext_lazy("Certificates")),
    ),
}


@dataclass
class ListedPaper:
    """One line of the list: the paper, and what was made and issued of it so far."""

    paper: YearPaper
    kind: papers.PaperKind
    made: dict | None = None
    issued: IssuedDocument | None = None

    @property
    def name(self) -> str:
        """Return what the line says first: its subject, or its kind where that is the same."""
        return str(self.paper.label)

    @property
    def kind_words(self) -> str:
        label = str(self.kind.label)
        return "" if label == self.name else label

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """Return the forms to edit: file ending, what people call it, icon."""
        made = (("docx", "Word", "file-earmark-word"), ("xlsx", "Excel", "file-earmark-excel"))
        return [form for form in made if getattr(self.kind, form[0])]


def listed(user: User, agency: Agency, year: int, group: str, words: str) -> list[ListedPaper]:
    """Return the papers of the group ("" = those of which a year has one) that hold the words.

    Without a group, words are looked for in all groups. The number of queries is fixed.
    """
    if group:
        found = year_list.papers_of_group(user, agency, year, PaperGroup(group))
    elif words:
        found = [paper for _group, paper in year_list.all_papers(user, agency, year)]
    else:
        found = [paper for _group, paper in year_list.main_papers(user, agency, year)]
    rows = [ListedPaper(paper, papers.get(paper.kind)) for paper in found]
    wanted = words.casefold().split()
    return [row for row in rows if all(word in _text_of(row) for word in wanted)]


def places(group: str) -> list[tuple[str, str]]:
    """Return the pages (URL name, words) where papers of the group are begun; "" = of all."""
    return [place for one, found in PLACES.items() if group in ("", one) for place in found]


def _text_of(row: ListedPaper) -> str:
    return f"{row.name} {row.kind_words} {row.paper.description}".casefold()


def add_made_and_issued(rows: Iterable[ListedPaper], agency: Agency) -> None:
    """Tell each line when its paper was last made, and which issue of it holds; two queries."""
    by_key = {(row.paper.kind, row.paper.pk): row for row in rows if row.paper.pk}
    same = {
        "agency": agency,
        "kind__in": {kind for kind, _pk in by_key},
        "object_id__in": {pk for _kind, pk in by_key},
    }
    jobs = PaperJob.objects.filter(status=PaperJobStatus.DONE, section="", **same).order_by()
    for job in jobs.values("kind", "object_id").annotate(at=Max("finished_at"), job=Max("pk")):
        if row := by_key.get((job["kind"], job["object_id"])):
            row.made = job
    for issue in IssuedDocument.objects.filter(superseded_by=None, **same).order_by("sequence"):
        if row := by_key.get((issue.kind, issue.object_id)):
            row.issued = issue


def of_the_cycle(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the Application Report with what it lacks."""
    cycle, assessment = _cycle_and_assessment(user, agency, year)
    lacks = _lacks_of_report(assessment)
    yield YearPaper(
        "application-report",
        _("Application Report"),
        reverse("assessments:overview", args=[agency.code, year]),
        None if lacks is None else cycle.pk,
        _("Profile, seven categories with scores, strengths and OFI, evidence list, plan"),
        [_("The self-assessment has not started.")] if lacks is None else lacks,
    )


def _lacks_of_report(assessment) -> list[str] | None:
    """Return what the report still lacks, in words; None without a self-assessment."""
    if assessment is None:
        return None
    words = (
        (assessment.unaccepted, _("%(count)s categories are not accepted yet.")),
        (assessment.unwritten, _("%(count)s profile topics are empty.")),
    )
    return [text % {"count": count} for count, text in words if count]


def award_forms(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the other papers of the award that are made of the year's record."""
    for kind in AWARD_FORMS:
        yield _of_cycle(kind, "award:overview", user, agency, year)


def executive_page(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the year on one page."""
    yield _of_cycle("executive-page", "dashboards:director", user, agency, year)


def _cycle_and_assessment(user: User, agency: Agency, year: int) -> tuple:
    """Return the year's cycle, and the self-assessment if it belongs to that cycle."""
    cycle = first_cycle(user, agency, year)
    assessment = first_assessment(user, agency, year) if cycle else None
    return cycle, assessment if assessment and assessment.cycle_id == cycle.pk else None


def _of_cycle(kind: str, page: str, user: User, agency: Agency, year: int) -> YearPaper:
    cycle, assessment = _cycle_and_assessment(user, agency, year)
    lacks = []
    if cycle is None:
        lacks = [_("The year has no cycle yet.")]
    elif kind not in WITHOUT_ASSESSMENT and assessment is None:
        lacks = [_("The self-assessment has not started.")]
    url = reverse(page, args=[agency.code, year])
    return YearPaper(kind, papers.get(kind).label, url, None if lacks else cycle.pk, "", lacks)


def letter_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return letters_visible_to(user).filter(agency=agency, fiscal_year=year)


def letters(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield the year's memos and announcements, the newest first."""
    for row in reversed(rows):
        url = reverse("letters:letter", args=[agency.code, year, row.pk])
        words = " · ".join(filter(None, (str(LetterStatus(row.status).label), row.words)))
        yield YearPaper(row.kind, row.title, url, row.pk, words)


def certificate_rows(user: User, agency: Agency, year: int) -> QuerySet:
    return certificates_visible_to(user).filter(agency=agency, fiscal_year=year)


def certificates(agency: Agency, year: int, rows: list[ListedRow]) -> Iterator[YearPaper]:
    """Yield the year's certificates."""
    for row in sorted(rows, key=lambda row: sort_key(row.title)):
        url = reverse("certificates:certificate", args=[agency.code, year, row.pk])
        yield YearPaper("certificate", row.title, url, row.pk)


year_list.register(PaperGroup.AWARD, ["application-report"], of_the_cycle, is_main=True)
year_list.register(PaperGroup.AWARD, AWARD_FORMS, award_forms)
year_list.register_rows(
    PaperGroup.LETTERS,
    ["memo", "announcement"],
    letter_rows,
    letters,
    kind="kind",
    title="subject",
    status="status",
    words="number",
)
year_list.register_rows(
    PaperGroup.LETTERS, ["certificate"], certificate_rows, certificates, title="title"
)
year_list.register(PaperGroup.YEAR, ["executive-page"], executive_page, is_main=True)
