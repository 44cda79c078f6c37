"""The demo office's logo: a neutral mark drawn here. A state emblem is never shipped."""

import io

from PIL import Image, ImageDraw

from agencies.models import Agency, User
from documents.house_look.saving import LOOK_FIELDS, save_look
from documents.models import HouseLook
from documents.stored_files import store_bytes

DOTS, COLOUR = 480, "#1f3a5f"


def load_look(agency: Agency, officer: User) -> None:
    """Give the office its logo, once; all else stays as papers look by themselves."""
    if HouseLook.objects.filter(agency=agency).exists():
        return
    logo = store_bytes(agency, "โลโก้ตัวอย่าง.png", sample_logo(), "image/png", officer)
    unset = dict.fromkeys(LOOK_FIELDS, "") | {"emblem_id": None, "font_size": 16}
    digits = agency.paper_digits
    look = unset | {"logo_id": logo.pk}
    save_look(agency, officer, version=1, look=look, digits=digits, blocks=[])


def sample_logo() -> bytes:
    """Return three steps in a ring, as PNG: drawn four times as large, then made smaller."""
    large = DOTS * 4
    picture = Image.new("RGB", (large, large), "white")
    draw = ImageDraw.Draw(picture)
    unit = large / 100
    draw.ellipse([4 * unit, 4 * unit, 96 * unit, 96 * unit], outline=COLOUR, width=int(5 * unit))
    for left, top in ((26, 56), (44, 42), (62, 28)):
        draw.rectangle([left * unit, top * unit, (left + 13) * unit, 72 * unit], fill=COLOUR)
    content = io.BytesIO()
    picture.resize((DOTS, DOTS), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return content.getvalue()
