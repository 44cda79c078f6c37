"""Draws a paper as parts where it has them, else as a whole; only what changed is drawn again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from documents.composing.cache import DrawnPart, PartCache, key_of
from documents.composing.labels import with_labels
from documents.composing.parts import Part, Parted, cut
from documents.drawing.drawing_child import DrawingChild
from documents.drawing.sheets import Layout, Sheet
from documents.enums import PaperStage
from documents.watching import Watcher

_PICTURE = re.compile(r'"app-image:([0-9]+)"')
_PAGE = '<p style="break-before: page; margin: 0; height: 1mm"></p>'


class Drawing(Protocol):
    """One paper being drawn, in one pass or several; the PDF is that of the last."""

    def lay_out(self, sheet: Sheet) -> Layout:
        """Draw a pass and return where things stand."""

    def pdf(self) -> bytes:
        """Return the paper as it was laid out last."""


class WholeDrawing:
    """Draws each pass with a function of the caller: tests, benchmarks."""

    def __init__(self, draw: Callable[[Sheet], tuple[bytes, Layout]], thai_digits: bool):
        self._draw, self._thai = draw, thai_digits
        self._pdf = b""

    def lay_out(self, sheet: Sheet) -> Layout:
        self._pdf, layout = self._draw(sheet)
        parted = cut(sheet.html)
        if parted is None:
            return layout
        return with_labels(layout, parted.parts, thai_digits=self._thai)

    def pdf(self) -> bytes:
        return self._pdf


class Composer:
    """Draws in a child with limits; parts come from the office's kept ones where they can."""

    def __init__(
        self,
        child: DrawingChild,
        cache: PartCache | None,
        watch: Watcher,
        *,
        seal_styles: list[str],
        thai_digits: bool,
        about: Mapping[str, str],
    ):
        self._child, self._cache, self._watch = child, cache, watch
        self._seal_styles, self._thai, self._about = seal_styles, thai_digits, dict(about)
        self._drawn: dict[str, DrawnPart] = {}

    def lay_out(self, sheet: Sheet) -> Layout:
        self._sheet, self._parted = sheet, cut(sheet.html)
        if self._parted is None:
            self._watch.hear(PaperStage.DRAWING)
            sealed = replace(sheet, styles=sheet.styles + self._seal_styles)
            self._whole, layout = self._child.draw(sealed)
            return layout
        self._keys = self._draw_parts(self._parted, self._parted.parts)
        pages = [page for key in self._keys for page in self._drawn[key].layout.pages]
        return with_labels(Layout(pages), self._parted.parts, thai_digits=self._thai)

    def draw_section(self, sheet: Sheet, name: str) -> DrawnPart:
        """Return one part alone, without page numbers; LookupError when there is none."""
        parted = cut(sheet.html)
        if parted is None:
            raise LookupError("the paper has no parts")
        self._sheet = sheet
        return self._drawn[self._draw_parts(parted, [parted.named(name)])[0]]

    def pdf(self) -> bytes:
        if self._parted is None:
            return self._whole
        self._watch.hear(PaperStage.JOINING)
        drawn = [self._drawn[key] for key in self._keys]
        layout = Layout([page for part in drawn for page in part.layout.pages])
        layout = with_labels(layout, self._parted.parts, thai_digits=self._thai)
        overlay = replace(
            self._sheet,
            html=self._parted.around("".join(_empty_pages(part.layout) for part in drawn)),
            styles=self._sheet.styles + self._seal_styles,
            pictures=self._pictures_of(self._parted.before + self._parted.after),
        )
        labels = [page.label for page in layout.pages]
        pdfs = [part.pdf for part in drawn]
        return self._child.bind(pdfs, overlay, {**self._about, "labels": labels})

    def _draw_parts(self, parted: Parted, parts) -> list[str]:
        """See to it that these parts are drawn; return their keys."""
        sheets = [self._sheet_of(parted, part) for part in parts]
        keys = [key_of(sheet) for sheet in sheets]
        missing = {}
        for number, key in enumerate(keys):
            if key not in self._drawn and self._cache is not None:
                kept = self._cache.get(key)
                if kept is not None:
                    self._drawn[key] = kept
            if key not in self._drawn:
                missing[number] = sheets[number].html
        if missing:
            self._draw_missing(missing, keys, list(parts))
        return keys

    def _draw_missing(self, missing: dict[int, str], keys: list[str], parts: list[Part]) -> None:
        order = list(missing)
        self._watch.hear(PaperStage.DRAWING, len(keys) - len(order), len(keys))

        def hear(number: int, pdf: bytes, layout: Layout) -> str:
            drawn = self._drawn[keys[number]] = DrawnPart(pdf, layout)
            if self._cache is not None:
                self._cache.put(keys[number], drawn)
            done = order.index(number) + 1
            self._watch.hear(PaperStage.DRAWING, len(keys) - len(order) + done, len(keys))
            return parts[order[done]].title if done < len(order) else ""

        pictures = self._pictures_of("".join(missing.values()))
        sheet = replace(self._sheet, pictures=pictures)
        self._child.draw_parts(sheet, missing, hear, first=parts[order[0]].title)

    def _sheet_of(self, parted: Parted, part: Part) -> Sheet:
        html = parted.alone(part)
        return replace(self._sheet, html=html, pictures=self._pictures_of(html))

    def _pictures_of(self, html: str) -> dict[str, tuple[str, bytes]]:
        named = set(_PICTURE.findall(html))
        return {name: row for name, row in self._sheet.pictures.items() if name in named}


def _empty_pages(layout: Layout) -> str:
    """Return pages of the same names in the same groups, for what is laid over a part."""
    html, name = "", None
    for page in layout.pages:
        if page.name != name:
            html += "" if name is None else "</div>"
            html += f'<div style="page: {page.name}">' if page.name else "<div>"
            name = page.name
        html += _PAGE
    return f"{html}</div>"
