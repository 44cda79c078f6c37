"""The list of a year's papers: what each lacks, when it was last made and issued."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from assessments.enums import CategoryStatus
from assessments.queries import assessments_visible_to
from documents import papers, year_list
from documents.enums import PaperGroup, PaperJobStatus
from documents.models import IssuedDocument, PaperJob
from documents.year_list import YearPaper
from workflows.models import Cycle
from workflows.queries import cycles_visible_to


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

    The number of queries is fixed for each group.
    """
    if group:
        found = year_list.papers_of_group(user, agency, year, PaperGroup(group))
    else:
        found = [paper for _group, paper in year_list.main_papers(user, agency, year)]
    rows = [ListedPaper(paper, papers.get(paper.kind)) for paper in found]
    wanted = words.casefold().split()
    return [row for row in rows if all(word in _text_of(row) for word in wanted)]


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


year_list.register(PaperGroup.AWARD, ["application-report"], of_the_cycle, is_main=True)
