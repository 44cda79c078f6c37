"""Texts of the messages: a subject of kinds, Thai text and HTML, by urgency, nothing fetched."""

import pytest
from django.utils import translation

from notifications.emails import notification_email
from notifications.models import Delivery, Notification
from notifications.notices import write_rows
from notifications.urgency import subject_of
from tests.agencies.factories import make_office
from tests.notifications.factories import notice


@pytest.mark.parametrize(
    ("kinds", "subject"),
    [
        (["meeting"], "PMQA: การประชุมและรายงานการประชุม"),
        (["due_soon", "due_soon"], "PMQA: ใกล้ครบกำหนด 2 เรื่อง"),
        (["due_soon", "overdue", "due_soon"], "PMQA: เลยกำหนด · ใกล้ครบกำหนด 2 เรื่อง"),
        (
            ["comment", "due_soon", "overdue", "decision"],
            "PMQA: เลยกำหนด · รอการพิจารณาของท่าน · ใกล้ครบกำหนด และอื่น ๆ",
        ),
    ],
)
def test_subject_says_kinds_and_counts(kinds, subject):
    with translation.override("th"):
        assert subject_of(Notification(kind=kind) for kind in kinds) == subject


@pytest.mark.django_db
def test_message_is_grouped_by_urgency_in_text_and_html(settings):
    settings.BASE_URL = "https://pmqa.example.go.th"
    office = make_office()
    write_rows(
        [
            notice(office, kind="comment", number=1, title="ความเห็นใหม่ <b>แดง</b>"),
            notice(office, kind="decision", number=2, title="อนุมัติแผน", body="บรรทัดหนึ่ง"),
        ]
    )
    message = notification_email(Delivery.objects.get())
    html, mime = message.alternatives[0]

    assert mime == "text/html"
    for text in (message.body, html):
        assert text.index("รอท่านดำเนินการ") < text.index("อนุมัติแผน")
        assert text.index("อนุมัติแผน") < text.index("เพื่อทราบ") < text.index("ความเห็นใหม่")
        assert "https://pmqa.example.go.th/o/office/2570/" in text
        assert "https://pmqa.example.go.th/accounts/notices/" in text
    assert "ความเห็นใหม่ <b>แดง</b>" in message.body
    assert "ความเห็นใหม่ &lt;b&gt;แดง&lt;/b&gt;" in html
    assert "<img" not in html and "src=" not in html
    assert message.extra_headers["List-Unsubscribe"] == (
        "<https://pmqa.example.go.th/accounts/notices/>"
    )
