"""Binds PDFs to one, in the process that has the limits (drawing.render_child, join_child).

Everything that a reader follows is carried over: the tree of tags, the outline, link targets. The
files are ours, drawn by WeasyPrint or joined here; what a file lacks is left out.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from documents.drawing.sheets import LINK_TO_PART

MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Piece:
    """One PDF to bind: `title` heads its outline, `prefix` keeps its link targets its own."""

    path: Path
    title: str = ""
    prefix: str = ""


@dataclass
class _Bound:
    """What has been gathered for the whole, while pieces are added."""

    tags: list = field(default_factory=list)
    parents: list = field(default_factory=list)
    next_parent: int = 0
    targets: dict = field(default_factory=dict)
    outline: list = field(default_factory=list)
    first_pages: list[int] = field(default_factory=list)


def bind(
    pieces: Sequence[Piece],
    target: Path,
    *,
    overlay: Path | None = None,
    title: str = "",
    author: str = "",
    labels: Sequence[str] = (),
) -> list[int]:
    """Write the pieces as one PDF to `target`; return the page on which each begins, from 1.

    Page n of `overlay` is laid on page n, as decoration that readers of tags pass over. `labels`
    are the numbers that a viewer shows for the pages. The same pieces give the same bytes.
    """
    whole, bound = pikepdf.new(), _Bound()
    # Sources stay open until saving: their streams are read then.
    sources = [pikepdf.open(piece.path) for piece in pieces]
    try:
        for piece, source in zip(pieces, sources, strict=True):
            _add(whole, bound, piece, source)
        if overlay is not None:
            sources.append(pikepdf.open(overlay))
            _lay_over(whole, sources[-1])
        _write_catalog(whole, bound, title, author, labels)
        whole.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
        )
    finally:
        for source in sources:
            source.close()
    return bound.first_pages


def _add(whole: pikepdf.Pdf, bound: _Bound, piece: Piece, source: pikepdf.Pdf) -> None:
    start = len(whole.pages)
    bound.first_pages.append(start + 1)
    with warnings.catch_warnings():
        # It warns of link targets; they follow below.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        whole.pages.extend(source.pages)
    pages = [whole.pages[number] for number in range(start, len(whole.pages))]
    _drop_what_acts(pages)
    _add_tags(whole, bound, source, pages, piece.title)
    for name, place in _targets(whole, source).items():
        bound.targets.setdefault(piece.prefix + name, place)
    if piece.prefix and pages:
        bound.targets.setdefault(piece.prefix, Array([pages[0].obj, Name.Fit]))
    _lead_links(pages, piece.prefix)
    own = _outline_of(whole, source)
    if piece.title and pages:
        place = Array([pages[0].obj, Name.Fit])
        bound.outline.append({"title": piece.title, "place": place, "below": own})
    else:
        bound.outline += own


def _drop_what_acts(pages) -> None:
    """Leave links alone of all that a page can do: no forms, attachments, programs."""
    for page in pages:
        if "/AA" in page:
            del page.obj["/AA"]
        if "/Annots" in page:
            kept = [note for note in page.Annots if _is_plain_link(note)]
            page.obj.Annots = Array(kept)


def _is_plain_link(note) -> bool:
    action = note.get("/A", Dictionary(S=Name.URI))
    is_plain = action.get("/S") in (Name.URI, Name.GoTo) and "/Next" not in action
    return note.get("/Subtype") == Name.Link and is_plain and "/AA" not in note


def _add_tags(whole, bound: _Bound, source, pages, title: str) -> None:
    """Hang the piece's tags below the whole's; number its pages' and links' entries on."""
    if "/StructTreeRoot" not in source.Root:
        for page in pages:
            if "/StructParents" in page:
                del page.obj["/StructParents"]
        return
    root = whole.copy_foreign(source.Root.StructTreeRoot)
    shift, highest = bound.next_parent, -1
    numbers = root.ParentTree.get("/Nums", Array())
    for place in range(0, len(numbers), 2):
        highest = max(highest, int(numbers[place]))
        bound.parents += [shift + int(numbers[place]), numbers[place + 1]]
    for page in pages:
        if "/StructParents" in page:
            page.obj.StructParents = shift + int(page.StructParents)
        for note in page.get("/Annots", ()):
            if "/StructParent" in note:
                note.StructParent = shift + int(note.StructParent)
    bound.next_parent = shift + highest + 1
    for element in root.get("/K", Array()):
        if element.get("/S") == Name.Document:
            element.S = Name.Part
            if title:
                element.T = String(title)
        bound.tags.append(element)


def _targets(whole: pikepdf.Pdf, source: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return the piece's link targets by name."""
    names = source.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None or "/Names" not in names:
        return {}
    entries = whole.copy_foreign(source.make_indirect(names)).Names
    return {str(entries[at]): entries[at + 1] for at in range(0, len(entries) - 1, 2)}


def _lead_links(pages, prefix: str) -> None:
    """Lead links to other parts to their targets; prefix links inside the piece."""
    for page in pages:
        for note in page.get("/Annots", ()):
            if note.get("/Subtype") != Name.Link:
                continue
            action = note.get("/A")
            address = str(action.URI) if action is not None and "/URI" in action else ""
            if address.startswith(LINK_TO_PART):
                del note["/A"]
                note.Dest = String(prefix + address[len(LINK_TO_PART) :])
                note.Contents = String(address[len(LINK_TO_PART) :])
            elif prefix and isinstance(note.get("/Dest"), String):
                note.Dest = String(prefix + str(note.Dest))


def _outline_of(whole: pikepdf.Pdf, source: pikepdf.Pdf) -> list[dict]:
    outline = source.Root.get("/Outlines")
    if outline is None or "/First" not in outline:
        return []
    left = [MOST_ENTRIES]

    def level(first) -> list[dict]:
        rows, item = [], first
        while item is not None and left[0]:
            left[0] -= 1
            below = level(item.First) if "/First" in item else []
            if "/Dest" in item:
                rows.append({"title": str(item.Title), "place": item.Dest, "below": below})
            item = item.get("/Next")
        return rows

    return level(whole.copy_foreign(source.make_indirect(outline)).First)


def _write_outline(whole: pikepdf.Pdf, rows: list[dict], parent) -> int:
    """Write the rows below the parent; return how many entries an opened outline shows."""
    items = [whole.make_indirect(Dictionary(Title=String(row["title"]))) for row in rows]
    shown = len(rows)
    for at, (row, item) in enumerate(zip(rows, items, strict=True)):
        item.Parent, item.Dest = parent, row["place"]
        if at:
            item.Prev, items[at - 1].Next = items[at - 1], item
        if row["below"]:
            # Closed: the contents of a book are seen at a glance.
            item.Count = -_write_outline(whole, row["below"], item)
    parent.First, parent.Last = items[0], items[-1]
    return shown


def _lay_over(whole: pikepdf.Pdf, overlay: pikepdf.Pdf) -> None:
    for number, page in enumerate(whole.pages):
        if number >= len(overlay.pages):
            return
        drawing = whole.copy_foreign(overlay.pages[number].as_form_xobject())
        # Pages of a part share their resources: each drawing has a name of its own.
        name = page.add_resource(drawing, Name.XObject, Name(f"/Laid{number + 1}"))
        page.contents_add(b"q\n", prepend=True)
        around = (b"\nQ /Artifact <</Type /Pagination>> BDC q ", b" Do Q EMC\n")
        page.contents_add(around[0] + bytes(name) + around[1])


def _write_catalog(whole: pikepdf.Pdf, bound: _Bound, title: str, author: str, labels) -> None:
    root = whole.Root
    root.Lang = String("th")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    whole.docinfo["/Title"] = String(title)
    if author:
        whole.docinfo["/Author"] = String(author)
    if bound.tags:
        _write_tags(whole, bound)
    if bound.targets:
        entries = Array()
        for name in sorted(bound.targets, key=lambda name: bytes(String(name))):
            entries.append(String(name))
            entries.append(bound.targets[name])
        root.Names = Dictionary(Dests=whole.make_indirect(Dictionary(Names=entries)))
    if bound.outline:
        root.Outlines = whole.make_indirect(Dictionary(Type=Name.Outlines))
        root.Outlines.Count = _write_outline(whole, bound.outline, root.Outlines)
    if labels:
        numbers = Array()
        for number, label in enumerate(labels):
            numbers.append(number)
            numbers.append(Dictionary(P=String(label)) if label else Dictionary())
        root.PageLabels = Dictionary(Nums=numbers)
    with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        about["dc:title"] = title
        about["dc:language"] = ["th"]
        if author:
            about["dc:creator"] = [author]


def _write_tags(whole: pikepdf.Pdf, bound: _Bound) -> None:
    top = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    for element in bound.tags:
        element.P = top
    top.K = Array(bound.tags)
    parents = whole.make_indirect(Dictionary(Nums=Array(bound.parents)))
    whole.Root.StructTreeRoot = whole.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Array([top]),
            ParentTree=parents,
            ParentTreeNextKey=bound.next_parent,
        )
    )
    top.P = whole.Root.StructTreeRoot
    whole.Root.MarkInfo = Dictionary(Marked=True)
