"""The papers the portal can make. Each app registers its own from its ready()."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import override

from agencies.models import Agency, User
from agencies.queries import agencies_visible_to
from core.drawing.svg import paper_in
from core.snapshots import one_snapshot, outside
from documents.composing.cache import PartCache
from documents.enums import PaperGroup, PaperStage
from documents.house_look.look import OURS, Look
from documents.house_look.reading import emblem_of, look_of
from documents.house_look.signatures import signatures_of
from documents.issued.seals import Seal, seal_of_job
from documents.jobs.failures import PictureMissing, SectionMissing
from documents.models import PaperJob
from documents.paper_digits import digits_of, printing_in, uses_thai_digits
from documents.pdf_rendering import Layout, Manuscript, RenderedPaper, render_pdf
from documents.queries import files_for_everybody
from documents.stored_files import open_file
from documents.watching import NobodyWatches, Watcher
from documents.word.emblem import emblem_in_files

# The section that names the whole of a short paper.
WHOLE = "whole"
# As templates write it: what people type is escaped and names no picture.
_APP_IMAGE = re.compile(r'"app-image:([0-9]{1,18})"')
_NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper: where its data, its looks and its rights come from.

    `visible_to(user)` is the scoped queryset of the objects; `may(user, obj)` narrows it.
    Without `visible_to` the objects of the person's offices are visible, by `agency_of`.
    `refine(obj, context, layout)` returns the context of a second pass. `docx` and `xlsx` return
    the same paper as a file to edit, for the papers that have one. `finish(obj, paper)` returns
    the PDF with what cannot be drawn, such as pages of uploaded PDFs (composing.appending).
    `bind(obj, making)` makes a book of other papers; its template and context are its own pages.
    `previews_whole` lets a short paper without parts be looked at whole while it is written.
    An official paper has a form set by the regulation: the office's colours and sizes stay out.
    One that `tells_evidence` names pieces of evidence or shows files of them: drawn copies are
    withdrawn when a piece becomes confidential.
    A paper that `has_signatures` includes pdf/_signatures.html where the office's blocks stand.
    """

    kind: str
    model: type[models.Model]
    template: str
    context: Callable[[Any], dict[str, Any]]
    title: Callable[[Any], str]
    agency_of: Callable[[Any], Agency]
    fiscal_year_of: Callable[[Any], int]
    stylesheets: tuple[str, ...] = ()
    label: Any = ""
    group: PaperGroup = PaperGroup.YEAR
    is_official: bool = False
    # False for previews, which nobody hands in, and where a decision alone issues.
    can_be_issued: bool = True
    has_signatures: bool = False
    tells_evidence: bool = False
    visible_to: Callable[[User], QuerySet] | None = None
    may: Callable[[User, Any], bool] | None = None
    refine: Callable[[Any, dict[str, Any], Layout], dict[str, Any]] | None = None
    docx: Callable[[Any], bytes] | None = None
    xlsx: Callable[[Any], bytes] | None = None
    finish: Callable[[Any, RenderedPaper], bytes] | None = None
    bind: "Callable[[Any, Making], RenderedPaper] | None" = None
    previews_whole: bool = False


@dataclass(frozen=True)
class Making:
    """How a paper is being made: a book makes the papers that it binds in the same way."""

    look: Look
    draw: Any
    seal: Seal | None
    watch: Watcher

    def paper(self, kind: str, obj: Any) -> RenderedPaper:
        """Return another paper of the same office, drawn now; stages of its own are not told."""
        return _rendered(get(kind), obj, self.look, self.draw, None, _Stopping(self.watch))


class _Stopping(NobodyWatches):
    """Asks another watcher whether to go on, and tells it nothing."""

    def __init__(self, watch: Watcher):
        self.must_stop = watch.must_stop


# Forms besides PDF, by file ending: what browsers and programs call them.
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    """Make a kind of paper known. Registering the same name again replaces it."""
    _kinds[kind.kind] = kind


def get(kind: str) -> PaperKind:
    """Return the kind of that name; LookupError when there is none."""
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"no paper of kind {kind!r}") from None


def kinds() -> list[PaperKind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def visible_object(kind: str, user: User, agency: Agency, pk: int) -> Any:
    """Return the paper's subject, when the person may have it in this office, or raise Http404."""
    try:
        paper = get(kind)
    except LookupError as error:
        raise Http404 from error
    rows = paper.visible_to(user) if paper.visible_to else paper.model._default_manager.all()
    obj = rows.filter(pk=pk).first()
    if obj is None or paper.agency_of(obj) != agency:
        raise Http404
    if not agencies_visible_to(user).filter(pk=agency.pk).exists():
        raise Http404
    if paper.may is not None and not paper.may(user, obj):
        raise Http404
    return obj


@override("th")
def render(
    kind: str,
    obj: Any,
    *,
    draw=None,
    seal: Seal | None = None,
    digits: str = "",
    watch: Watcher | None = None,
    section: str = "",
) -> RenderedPaper:
    """Return the paper of the object; `draw` and `seal` as in `pdf_rendering.render_pdf`.

    `digits` are those of this copy, by default the office's. `watch` hears how far it is.
    `section` asks for one part alone, such as "category-3"; LookupError when it has none such.
    Papers are Thai whatever language the person reads the screens in. Everything in it is read
    from one state of the database, the subject too; inside a transaction from what that sees.
    """
    paper = get(kind)
    watch = _Beside(watch) if watch else NobodyWatches()
    with printing_in(digits), one_snapshot() as is_fresh:
        if is_fresh and isinstance(obj, models.Model) and obj.pk and not obj._state.adding:
            # It was read before: its own words must come from the same state as the rest.
            obj.refresh_from_db()
        look = look_of(paper.agency_of(obj))
        with paper_in(look.main_colour):
            return _rendered(paper, obj, look, draw, seal, watch, section)


class _Beside:
    """A watcher that may write and read what is new, while the paper reads one snapshot."""

    def __init__(self, watch: Watcher):
        self._watch = watch

    def hear(self, stage: PaperStage, done: int = 0, total: int = 0) -> None:
        outside(lambda: self._watch.hear(stage, done, total))

    def must_stop(self) -> bool:
        return outside(self._watch.must_stop)


@override("th")
def words_of(kind: str, obj: Any) -> str:
    """Return the paper's HTML as its object stands now, without drawing: no page is known."""
    paper = replace(get(kind), refine=None, finish=None)
    with one_snapshot():
        look = look_of(paper.agency_of(obj))
        return _rendered(paper, obj, look, _nothing, None, NobodyWatches()).html


def _nothing(sheet) -> tuple[bytes, Layout]:
    """Draw nothing: for who wants the words alone."""
    return b"", Layout([])


def _rendered(
    paper: PaperKind,
    obj: Any,
    look: Look,
    draw,
    seal: Seal | None,
    watch: Watcher,
    section: str = "",
) -> RenderedPaper:
    """Return the paper drawn as `render` says; what it reads, the caller has made one state."""
    agency = paper.agency_of(obj)
    watch.hear(PaperStage.READING)
    if paper.bind is not None and not section and draw is not _nothing:
        return paper.bind(obj, Making(look, draw, seal, watch))
    manuscript = _manuscript(paper, obj, agency, look, seal)
    drawn = render_pdf(
        manuscript, draw=draw, cache=PartCache(agency.pk), watch=watch, section=section
    )
    if paper.finish is None or section:
        return drawn
    return replace(drawn, pdf=paper.finish(obj, drawn))


def _manuscript(
    paper: PaperKind, obj: Any, agency: Agency, look: Look, seal: Seal | None
) -> Manuscript:
    return Manuscript(
        template=paper.template,
        context={
            "look": look,
            "signatures": signatures_of(agency, paper.kind) if paper.has_signatures else (),
            "paper_digits": digits_of(agency),
            **paper.context(obj),
        },
        stylesheets=paper.stylesheets,
        title=str(paper.title(obj)),
        author=agency.name_th,
        thai_digits=uses_thai_digits(agency),
        look=OURS if paper.is_official else look,
        seal=seal,
        refine=partial(paper.refine, obj) if paper.refine else None,
        pictures_for=partial(pictures_of, agency),
    )


def pictures_of(agency: Agency, html: str) -> dict[str, tuple[str, bytes]]:
    """Return the office's own pictures that the HTML names; others stay unknown to it.

    Raises PictureMissing when the store has lost one.
    """
    found = {}
    files = files_for_everybody(agency).filter(
        pk__in=set(map(int, _APP_IMAGE.findall(html))),
        content_type__startswith="image/",
    )
    for stored in files:
        try:
            with open_file(stored) as content:
                found[str(stored.pk)] = (stored.content_type, content.read())
        except FileNotFoundError as error:
            raise PictureMissing(stored.name) from error
    return found


@override("th")
def file_to_edit(kind: str, obj: Any, form: str, *, digits: str = "") -> bytes:
    """Return the paper as "docx" or "xlsx"; LookupError when the kind has no such form.

    `digits` are those of this copy, by default the office's.
    """
    make = getattr(get(kind), form) if form in CONTENT_TYPES else None
    if make is None:
        raise LookupError(f"Paper {kind!r} has no form .{form}")
    picture = emblem_of(get(kind).agency_of(obj)) if get(kind).is_official else None
    with printing_in(digits), emblem_in_files(picture):
        return make(obj)


def file_name(kind: str, obj: Any, ending: str = "pdf") -> str:
    """Return the paper's title as a file name that every system takes."""
    title = _NOT_IN_FILE_NAMES.sub("-", str(get(kind).title(obj))).strip(" .-")
    return f"{title[:120] or kind}.{ending}"


def paper_of_job(job: PaperJob, watch: Watcher) -> tuple[str, RenderedPaper]:
    """Return file name and paper, or section, of a job, as its object stands now.

    Raises SectionMissing when the paper has no such section.
    """
    kind = get(job.kind)
    obj = kind.model._default_manager.get(pk=job.object_id)
    name = file_name(job.kind, obj)
    if not job.section or (job.section == WHOLE and kind.previews_whole):
        seal = seal_of_job(job)
        return name, render(job.kind, obj, seal=seal, digits=job.digits, watch=watch)
    try:
        return name, render(job.kind, obj, section=job.section, digits=job.digits, watch=watch)
    except LookupError as error:
        if type(error) is not LookupError:
            raise  # a fault in the paper, not an unknown section
        raise SectionMissing(job.section) from error
