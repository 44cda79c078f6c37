"""The register of an office's issued papers, as far as a person may have them."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from agencies.models import Agency, User
from documents import papers
from documents.models import IssuedDocument
from documents.queries import issued_visible_to

NEWEST, SUPERSEDED = "newest", "superseded"
ORDERS = {
    "": ("-issued_at", "-pk"),
    "oldest": ("issued_at", "pk"),
    "title": ("title", "-sequence", "-pk"),
    "kind": ("kind", "title", "-sequence", "-pk"),
}


@dataclass(frozen=True)
class Wanted:
    """How the register is narrowed and sorted."""

    text: str = ""
    kind: str = ""
    year: int | None = None
    state: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.kind or self.year or self.state)


@dataclass(frozen=True)
class Register:
    """Papers that a person may have, and the kinds and years among all of the office's."""

    rows: QuerySet[IssuedDocument]
    kinds: list[tuple[str, str]]
    years: list[int]


def register_of(user: User, agency: Agency) -> Register:
    """Return the papers of the office that the person may have by the rule of each kind.

    As `papers.visible_object` asks for one paper, in one condition for all: 1 query, and 1 for
    each kind whose rule asks about single objects.
    """
    rows = issued_visible_to(user).filter(agency=agency)
    found = set(rows.order_by().values_list("kind", "fiscal_year").distinct())
    may = Q(pk__in=[])
    labels = {}
    for name in sorted({kind for kind, _year in found}):
        try:
            kind = papers.get(name)
        except LookupError:
            continue
        may |= Q(kind=name, object_id__in=_subjects(kind, user, rows))
        labels[name] = str(kind.label) or name
    rows = rows.filter(may).select_related("issued_by").defer("content")
    rows = rows.annotate(next_sequence=F("superseded_by__sequence"))
    kinds = sorted(labels.items(), key=lambda each: (each[1], each[0]))
    return Register(rows, kinds, sorted({year for _kind, year in found}, reverse=True))


def _subjects(kind: papers.PaperKind, user: User, rows: QuerySet[IssuedDocument]):
    """Return the keys of what the person may have that kind of paper of."""
    manager = kind.model._default_manager
    subjects = kind.visible_to(user) if kind.visible_to else manager.all()
    if kind.may is None:
        return subjects.order_by().values("pk")
    issued = rows.filter(kind=kind.kind).order_by().values("object_id")
    return [obj.pk for obj in subjects.filter(pk__in=issued) if kind.may(user, obj)]


def narrowed(register: Register, wanted: Wanted) -> QuerySet[IssuedDocument]:
    """Return the papers that fit, in the order wanted."""
    rows = register.rows
    if wanted.text:
        rows = rows.filter(
            Q(title__icontains=wanted.text) | Q(verification_code__istartswith=wanted.text)
        )
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year:
        rows = rows.filter(fiscal_year=wanted.year)
    if wanted.state == NEWEST:
        rows = rows.filter(superseded_by=None)
    elif wanted.state == SUPERSEDED:
        rows = rows.exclude(superseded_by=None)
    return rows.order_by(*ORDERS.get(wanted.sort, ORDERS[""]))


def wanted_from(data, year: int) -> Wanted:
    """Return what an address asks for; without any wish the papers of the year."""
    asked = data.get("year", str(year))
    return Wanted(
        text=data.get("q", "").replace("\x00", "").strip()[:100],
        kind=data.get("kind", "")[:40],
        year=int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None,
        state=data.get("state", "") if data.get("state") in (NEWEST, SUPERSEDED) else "",
        sort=data.get("sort", "") if data.get("sort") in ORDERS else "",
    )
