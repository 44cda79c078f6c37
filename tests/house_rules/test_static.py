"""Every static file that a template names exists, or its page would fail in production."""

import re

from django.contrib.staticfiles import finders

from tests.house_rules.sources import ROOT, name_of, text_of

NAMED = re.compile(r"""\{% static ['"]([^'"]+)['"] %\}""")


def test_templates_name_existing_static_files():
    faults = [
        f"{name_of(path)}: {name}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for name in NAMED.findall(text_of(path))
        if finders.find(name) is None
    ]

    assert faults == []
