"""Codes, addresses and file names keep their digits on paper in Thai digits."""

import pytest
from django.template import Context, Template

from core.templatetags.rich_text import printed, printed_kept
from core.thai_numerals import to_thai_digits

KEPT = [
    "https://www.example.go.th/plan2570?id=12&part=3",
    "www.example.go.th/2570",
    "officer01@example2.go.th",
    "รายงานปี2570.pdf",
    "PMQA 4.0",
    "ISO 9001:2015",
    "MK3",
    "KRS-1",
    "COVID-19",
    "3.2-04",
]
PRINTED = Template("{% load pmqa papers %}{% digits paper_digits %}{{ text }}{% enddigits %}")
PRINTED_KEPT = Template(
    "{% load pmqa papers %}{% digits paper_digits %}{{ text|kept }}{% enddigits %}"
)


def in_html(template: Template, text: str) -> str:
    html = template.render(Context({"text": text, "paper_digits": "thai"}))
    for tag in ('<span class="pmqa-nowrap">', '<span class="nowrap">', "</span>", "<wbr>"):
        html = html.replace(tag, "")
    return html.replace("&amp;", "&")


@pytest.mark.parametrize("text", KEPT)
def test_digits_stay_everywhere(text):
    sentence = f"ดูที่ {text} หน้า 3"
    expected = f"ดูที่ {text} หน้า ๓"
    assert to_thai_digits(sentence) == expected
    assert in_html(PRINTED, sentence) == expected
    assert in_html(PRINTED_KEPT, sentence) == expected


@pytest.mark.parametrize("text", KEPT)
def test_digits_stay_in_rich_text(text):
    escaped = text.replace("&", "&amp;")
    assert escaped in str(printed(f"<p>ดูที่ {escaped} หน้า 3</p>", True))
    plain = str(printed_kept(f"<p>ดูที่ {escaped} หน้า 3</p>", True))
    for tag in ('<span class="pmqa-nowrap">', '<span class="nowrap">', "</span>", "<wbr>"):
        plain = plain.replace(tag, "")
    assert escaped in plain and "๓" in plain
