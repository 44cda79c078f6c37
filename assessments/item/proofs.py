"""The evidence of an item, fetched once: by line, of the whole item, and what the text cites."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext

from agencies.models import User
from assessments.evidence.permissions import readable
from assessments.models import Evidence, EvidenceLink, ItemAnswer
from core import clock

_CONFIDENTIAL = "evidence__is_confidential"
# More pieces than these under one line are told as a number that leads to the library.
MOST_SHOWN = 6


@dataclass(slots=True)
class Proof:
    """One linked piece: what its chip shows and where it leads."""

    code: str
    title: str
    page: str
    address: str
    is_expired: bool = False


@dataclass(frozen=True)
class Shown:
    """The pieces of one line: the first few, and how many more there are."""

    chips: list[Proof]
    more: int


@dataclass
class Proofs:
    """All evidence linked to the item."""

    answer: ItemAnswer
    by_line: dict[int | None, list[Proof]] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Return the linked codes, each once, in their order."""
        found = {proof.code for proofs in self.by_line.values() for proof in proofs}
        return sorted(found, key=lambda code: (len(code), code))

    def titles(self) -> dict[str, str]:
        return {proof.code: proof.title for proofs in self.by_line.values() for proof in proofs}

    def addresses(self) -> dict[str, str]:
        return {proof.code: proof.address for proofs in self.by_line.values() for proof in proofs}

    def of_line(self, line: int | None) -> Shown:
        """Return what is linked to the line; to the item itself for None."""
        proofs = self.by_line.get(line, [])
        return Shown(proofs[:MOST_SHOWN], max(0, len(proofs) - MOST_SHOWN))

    def attach_address(self) -> str:
        return f"{_office_address(self.answer, 'evidence:attach')}?item={self.answer.pk}"

    def library_address(self) -> str:
        """Return the library's address with the evidence of the item's category."""
        number = self.answer.category_assessment.category.number
        return f"{_office_address(self.answer, 'evidence:library')}?category={number}"


def fetch(answer: ItemAnswer, user: User) -> Proofs:
    """Return the item's evidence; a name the person may not know is not shown.

    1 query, and another one where the item has confidential evidence. Plain values: as objects
    hundreds of links would be felt on the page.
    """
    cycle = answer.category_assessment.assessment.cycle
    rows = list(
        EvidenceLink.objects.filter(item_answer=answer)
        .order_by("evidence__code", "pk")
        .values_list(
            "line",
            "page",
            "evidence",
            "evidence__code",
            "evidence__title",
            _CONFIDENTIAL,
            "evidence__valid_until",
        )
    )
    secret = {row[2] for row in rows if row[5]}
    if secret:
        known = Evidence.objects.filter(readable(user, cycle.agency, cycle.fiscal_year))
        secret -= set(known.filter(pk__in=secret).values_list("pk", flat=True))
    # One address made, the others written after it.
    address = reverse("evidence:detail", args=[cycle.agency.code, cycle.fiscal_year, 0])
    start = address.removesuffix("0/")
    found = Proofs(answer)
    today = clock.today()
    for line, page, pk, code, title, _is_confidential, until in rows:
        shown = gettext("Confidential evidence") if pk in secret else title
        late = until is not None and until < today
        proof = Proof(code, shown, page, f"{start}{pk}/", late)
        found.by_line.setdefault(line, []).append(proof)
    return found


def _office_address(answer: ItemAnswer, name: str) -> str:
    cycle = answer.category_assessment.assessment.cycle
    return reverse(name, args=[cycle.agency.code, cycle.fiscal_year])
