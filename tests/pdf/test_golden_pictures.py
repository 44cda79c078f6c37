"""Pages of the SOP's layouts and of the order look as they did when a person last looked at them.

A picture may differ by one pixel of place and by the shades of another font renderer, but no line,
arrow or word may be missing, added or moved. After a wanted change: look at the new pages, then run
this file with PMQA_GOLDEN=renew (-n0) and commit tests/pdf/golden.
"""

import datetime as dt
import io
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from committees.orders import order_data
from documents import papers
from documents.pdf_rendering import draw_here
from tests.agencies.factories import make_office
from tests.committees.factories import make_committees, make_order
from tests.pdf.shipped import shipped

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
DOTS_PER_INCH = 50
GREYS = 48  # what other renderers make of the same edge
MOST_PIXELS = 8
ARROW = (104, 192, 111, 213)  # the one into the second symbol of s7-3, with its head
LARGEST_FILE = 40 * 1024
# Name of the pictures: the shipped SOP, and which of its pages.
SOPS = {
    "s7": ("sisaket-pmqa", (3, 5)),
    "d6": ("doh-pmqa", (2, 3)),
    "p": ("phetchabun-2-1", (3,)),
}


def pictures(pdf: bytes, pages: tuple[int, ...]) -> list[Image.Image]:
    """Return pages of a PDF in grey."""
    found = []
    for page in pages:
        command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-f", str(page), "-l", str(page)]
        done = subprocess.run([*command, "-"], input=pdf, capture_output=True, check=True)
        found.append(Image.open(io.BytesIO(done.stdout)).convert("L"))
    return found


def difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return how far each pixel is from all that stand within one pixel of it in the other."""
    lightest = other.filter(ImageFilter.MaxFilter(3))
    darkest = other.filter(ImageFilter.MinFilter(3))
    return ImageChops.lighter(
        ImageChops.subtract(one, lightest),
        ImageChops.subtract(darkest, one),
    )


def pixels_apart(one: Image.Image, other: Image.Image) -> int:
    """Return how many pixels of either picture have no like in the other."""
    if one.size != other.size:
        return one.width * one.height
    both = ImageChops.lighter(difference(one, other), difference(other, one))
    return sum(both.histogram()[GREYS + 1 :])


def compare(name: str, found: Image.Image, folder: Path) -> None:
    """Fail when the picture differs from the golden one; renew that when asked to."""
    path = GOLDEN / f"{name}.png"
    if os.environ.get("PMQA_GOLDEN") == "renew":
        found.point(lambda grey: grey // 17 * 17).save(path, optimize=True)
        assert path.stat().st_size < LARGEST_FILE
    golden = Image.open(path).convert("L")
    apart = pixels_apart(golden, found)
    if apart > MOST_PIXELS:
        found.save(folder / f"{name}-now.png")
        if golden.size == found.size:
            ImageChops.invert(ImageChops.difference(golden, found)).save(
                folder / f"{name}-difference.png"
            )
        pytest.fail(
            f"{name}: {apart} pixels differ; compare {path} with {folder}. "
            "If the change is wanted, renew with PMQA_GOLDEN=renew."
        )


@pytest.mark.parametrize("layout", SOPS)
def test_sop_of_each_layout_looks_as_it_did(layout, tmp_path):
    slug, pages = SOPS[layout]
    for page, found in zip(pages, pictures(shipped(slug).pdf, pages), strict=True):
        compare(f"{layout}-{page}", found, tmp_path)


def test_order_looks_as_it_did(tmp_path):
    office = make_office(name_th="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1")
    make_committees(office)
    order = make_order(
        office,
        "signed",
        number="112",
        calendar_year=2569,
        signed_on=dt.date(2026, 5, 15),
        signer_name="นายตัวอย่าง ลำดับหนึ่ง",
        signer_position="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    )
    # People of the factories are numbered through the whole run; those of a picture are not.
    order.snapshot = order_data(order)
    for committee in order.snapshot["committees"]:
        for number, member in enumerate(committee["members"], start=1):
            member["name"] = f"นางสาวตัวอย่าง คนที่ {number}"
    order.save()
    pdf = papers.render("order", order, draw=draw_here).pdf
    for page, found in enumerate(pictures(pdf, (1, 2)), start=1):
        compare(f"order-{page}", found, tmp_path)


def test_a_pixel_of_place_is_no_difference_and_a_missing_arrow_is():
    golden = Image.open(GOLDEN / "s7-3.png").convert("L")
    assert pixels_apart(golden, ImageChops.offset(golden, 1, 1)) <= MOST_PIXELS
    without = golden.copy()
    ImageDraw.Draw(without).rectangle(ARROW, fill=255)
    assert pixels_apart(golden, without) > MOST_PIXELS
