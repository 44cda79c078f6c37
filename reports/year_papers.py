"""The list of a year's papers: what each lacks, when it was last made and issued."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, User
from assessments.enums import CategoryStatus
from assessments.queries import assessments_visible_to
from documents import papers, year_list
from documents.enums import PaperGroup, PaperJobStatus
from documents.models import IssuedDocument, PaperJob
from documents.year_list import YearPaper
from reports.certificates.queries import certificates_visible_to
from reports.letters.queries import letters_visible_to
from workflows.models import Cycle
from workflows.queries import cycles_visible_to

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
        found = year_list.all_papers(user, agency, year)
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
    """Yield the Application Report with what it lacks; two queries."""
    rows = cycles_visible_to(user).filter(agency=agency, fiscal_year=year)
    cycle = rows.order_by("pk").first()
    lacks = _lacks_of_report(user, cycle)
    yield YearPaper(
        "application-report",
        _("Application Report"),
        reverse("assessments:overview", args=[agency.code, year]),
        None if lacks is None else cycle.pk,
        _("Profile, seven categories with scores, strengths and OFI, evidence list, plan"),
        [_("The self-assessment has not started.")] if lacks is None else lacks,
    )


def _lacks_of_report(user: User, cycle: Cycle | None) -> list[str] | None:
    """Return what the report still lacks, in words; None without a self-assessment."""
    if cycle is None:
        return None
    unaccepted = ~Q(categories__status=CategoryStatus.ACCEPTED)
    counted = assessments_visible_to(user).annotate(
        unaccepted=Count("categories", filter=unaccepted, distinct=True),
        unwritten=Count("profile_answers", filter=Q(profile_answers__text=""), distinct=True),
    )
    found = counted.filter(cycle=cycle).values("unaccepted", "unwritten").first()
    if found is None:
        return None
    words = (
        (found["unaccepted"], _("%(count)s categories are not accepted yet.")),
        (found["unwritten"], _("%(count)s profile topics are empty.")),
    )
    return [text % {"count": count} for count, text in words if count]


def award_forms(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the other papers of the award that are made of the year's record; one query."""
    cycle, has_assessment = _cycle_with_assessment(user, agency, year)
    for kind in AWARD_FORMS:
        yield _of_cycle(kind, "award:overview", cycle, has_assessment, [agency.code, year])


def executive_page(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the year on one page; one query."""
    cycle, has_assessment = _cycle_with_assessment(user, agency, year)
    here = [agency.code, year]
    yield _of_cycle("executive-page", "dashboards:director", cycle, has_assessment, here)


def _cycle_with_assessment(user: User, agency: Agency, year: int) -> tuple[int | None, bool]:
    rows = cycles_visible_to(user).filter(agency=agency, fiscal_year=year).order_by("pk")
    found = rows.values_list("pk", "assessment").first()
    return (found[0], found[1] is not None) if found else (None, False)


def _of_cycle(kind: str, page: str, cycle: int | None, has_assessment: bool, here) -> YearPaper:
    lacks = []
    if cycle is None:
        lacks = [_("The year has no cycle yet.")]
    elif kind not in WITHOUT_ASSESSMENT and not has_assessment:
        lacks = [_("The self-assessment has not started.")]
    url = reverse(page, args=here)
    return YearPaper(kind, papers.get(kind).label, url, None if lacks else cycle, "", lacks)


def letters(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the year's memos and announcements; one query."""
    for letter in letters_visible_to(user).filter(agency=agency, fiscal_year=year):
        url = reverse("letters:letter", args=[agency.code, year, letter.pk])
        words = " · ".join(filter(None, (letter.get_status_display(), letter.number)))
        yield YearPaper(letter.kind, letter.subject, url, letter.pk, words)


def certificates(user: User, agency: Agency, year: int) -> Iterator[YearPaper]:
    """Yield the year's certificates; one query."""
    for row in certificates_visible_to(user).filter(agency=agency, fiscal_year=year):
        url = reverse("certificates:certificate", args=[agency.code, year, row.pk])
        yield YearPaper("certificate", row.title, url, row.pk)


year_list.register(PaperGroup.AWARD, ["application-report"], of_the_cycle, is_main=True)
year_list.register(PaperGroup.AWARD, AWARD_FORMS, award_forms)
year_list.register(PaperGroup.LETTERS, ["memo", "announcement"], letters)
year_list.register(PaperGroup.LETTERS, ["certificate"], certificates)
year_list.register(PaperGroup.YEAR, ["executive-page"], executive_page, is_main=True)
