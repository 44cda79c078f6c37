"""Small evidence files of the demo year, drawn here so that none lies in the repository."""

from io import BytesIO

from PIL import Image, ImageDraw

INK, GREY, BLUE = "#1d2733", "#d5dbe3", "#1f5fa8"


def dashboard_png() -> bytes:
    """Return a picture of bars, as of a dashboard."""
    image = Image.new("RGB", (960, 540), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 960, 64), fill=BLUE)
    for place, height in enumerate((210, 250, 290, 270, 330, 360, 390)):
        left = 70 + place * 122
        pen.rectangle((left, 490 - 400, left + 70, 490), fill=GREY)
        pen.rectangle((left, 490 - height, left + 70, 490), fill=BLUE)
    pen.line((40, 490, 920, 490), fill=INK, width=3)
    return _bytes(image, "PNG")


def manual_pdf() -> bytes:
    """Return a page of A4 with the shape of a flow chart."""
    image = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, 560, 100), fill=BLUE)
    for place in range(5):
        top = 150 + place * 130
        pen.rounded_rectangle((210, top, 410, top + 70), 12, outline=INK, width=3)
        pen.line((240, top + 35, 380, top + 35), fill=GREY, width=8)
        if place < 4:
            pen.line((310, top + 70, 310, top + 130), fill=INK, width=3)
    return _bytes(image, "PDF")


def _bytes(image: Image.Image, kind: str) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, optimize=True)
    return buffer.getvalue()


FILES = {
    "dashboard.png": (dashboard_png, "image/png", None),
    "manual.pdf": (manual_pdf, "application/pdf", 1),
}
