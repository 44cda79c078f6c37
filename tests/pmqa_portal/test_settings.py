"""Settings and their documentation say the same."""

import re

from tests.house_rules.sources import ROOT


def test_env_example_documents_every_setting():
    read = re.findall(
        r"""env\.\w+\(\s*["\'](\w+)""",
        (ROOT / "pmqa_portal/settings.py").read_text(encoding="utf-8"),
    )
    documented = re.findall(
        r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M
    )

    assert sorted(set(read)) == sorted(documented)
