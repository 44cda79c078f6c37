"""What a drawing is given and what it gives back. Nothing here knows Django or WeasyPrint."""

from dataclasses import asdict, dataclass, field
from operator import itemgetter

FONTS = {
    "regular": "400Regular/Sarabun_400Regular.ttf",
    "italic": "400Regular_Italic/Sarabun_400Regular_Italic.ttf",
    "bold": "700Bold/Sarabun_700Bold.ttf",
    "bold-italic": "700Bold_Italic/Sarabun_700Bold_Italic.ttf",
}
# How the id of a part's element begins; its name follows.
PART = "part-"
# What a drawing process may know of ours: no password, no address of a database.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME")
# A part of a paper writes links to other parts so; documents.composing.binding leads them.
LINK_TO_PART = "part:#"


class PaperTooLarge(Exception):
    """Drawing went over a limit: "time", "memory" or "file"; `part` names where in the paper."""

    def __init__(self, limit: str = "", part: str = ""):
        super().__init__(" ".join(filter(None, (limit, part))))
        self.limit, self.part = limit, part


class PaperFailed(Exception):
    """Drawing ended with an error."""


@dataclass(frozen=True)
class PageLayout:
    """What stands on one page: the ids of its elements, and the beginning of its text.

    `places` tells top and foot of each element with an id, in mm from the page's top. `name` is
    the page's name in the styles ("body"); `label` is the number that is printed on it, in the
    papers that are drawn in parts (documents.composing.labels).
    """

    ids: list[str]
    text: str
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    name: str = ""
    label: str = ""


@dataclass(frozen=True)
class Layout:
    """Where things came to stand. Pages count from 1."""

    pages: list[PageLayout]

    @property
    def page_count(self) -> int:
        return len(self.pages)

    @property
    def element_pages(self) -> dict[str, int]:
        """Return the page on which each element with an id begins."""
        found: dict[str, int] = {}
        for number, page in enumerate(self.pages, start=1):
            for element_id in page.ids:
                found.setdefault(element_id, number)
        return found

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Return top and foot of each element with an id, in mm, on the page where it begins."""
        found: dict[str, tuple[float, float]] = {}
        for page in self.pages:
            for element_id, place in page.places.items():
                found.setdefault(element_id, place)
        return found

    @property
    def labels(self) -> dict[str, str]:
        """Return the printed number of the page on which each element with an id begins."""
        return {name: self.pages[at - 1].label for name, at in self.element_pages.items()}

    @property
    def part_pages(self) -> dict[str, int]:
        """Return how many pages each part of a paper takes (documents.composing.parts)."""
        parts = [
            (name.removeprefix(PART), at)
            for name, at in self.element_pages.items()
            if name.startswith(PART)
        ]
        parts.sort(key=itemgetter(1))
        begins = [at for _name, at in parts] + [self.page_count + 1]
        return {name: end - at for (name, at), end in zip(parts, begins[1:], strict=True)}

    def page_of(self, element_id: str) -> int | None:
        """Return the page on which the element begins, None if it is on none."""
        return self.element_pages.get(element_id)

    def first_words(self, page: int, count: int = 3) -> str:
        """Return the first `count` words (between spaces) of a page's text."""
        return " ".join(self.pages[page - 1].text.split()[:count])

    def as_json(self) -> list[dict]:
        return [asdict(page) for page in self.pages]

    @classmethod
    def from_json(cls, pages: list[dict]) -> "Layout":
        rows = []
        for page in pages:
            places = {name: (top, foot) for name, (top, foot) in page["places"].items()}
            rows.append(PageLayout(**{**page, "places": places}))
        return cls(rows)


@dataclass(frozen=True)
class Sheet:
    """Everything one drawing needs: HTML, styles by text, pictures by id (type, bytes)."""

    html: str
    styles: list[str]
    font_dir: str
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderedPaper:
    """A finished paper: the HTML that was drawn, the PDF and where things stand in it."""

    html: str
    pdf: bytes
    layout: Layout

    @property
    def page_count(self) -> int:
        return self.layout.page_count
