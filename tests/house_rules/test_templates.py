"""Rules about templates: all are used, none carries scripts, styles or unescaped text."""

import re
from pathlib import Path

from django.conf import settings
from django.template.loaders.app_directories import get_app_template_dirs

from tests.house_rules.sources import ROOT, name_of, python_files, templates, text_of

# Django looks these up by name.
BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# Papers and mails carry their own styles: no Content-Security-Policy applies to them.
APART = ("templates/pdf/", "templates/emails/", "templates/account/email/")
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"[\s\"']style\s*=", re.I),
    "event attribute": re.compile(r"[\s\"'](?:on[a-z]{3,}|hx-on[\w:.-]*)\s*=", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
}
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off")
COMPOSED = re.compile(r"(?:include|extends) [\"']([\w/]+/[\w]+)[\"']\|add:")
MENTIONED = re.compile(r"[\"']([\w./-]+)(?=[\"'#])")
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)


def without_comments(path) -> str:
    return COMMENTS.sub("", text_of(path))


def overrides_a_package(name: str) -> bool:
    return any((Path(folder) / name).exists() for folder in get_app_template_dirs("templates"))


def test_every_template_is_used():
    texts = {path: text_of(path) for path in [*templates(), *python_files()]}
    # {% include "pdf/sop/_head_"|add:layout.head|add:".html" %} uses all that begin so.
    beginnings = tuple(beginning for text in texts.values() for beginning in COMPOSED.findall(text))
    mentions: dict[str, set[Path]] = {}
    for path, text in texts.items():
        for name in set(MENTIONED.findall(text)):
            mentions.setdefault(name, set()).add(path)
    unused = []
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        if name in BY_NAME or overrides_a_package(name) or name.startswith(beginnings):
            continue
        if not mentions.get(name, set()) - {path}:
            unused.append(name)

    assert unused == []


def test_templates_carry_no_inline_script_or_style():
    faults = [
        f"{name_of(path)}: {what}"
        for path in templates()
        if not name_of(path).startswith(APART)
        for what, pattern in INLINE.items()
        if pattern.search(without_comments(path))
    ]

    assert faults == []


def test_templates_escape_everything():
    # Plain text mails are no HTML: there an escaped "&" would be shown as "&amp;".
    faults = [
        name_of(path)
        for path in templates()
        if UNESCAPED.search(without_comments(path))
        and not (name_of(path).startswith(APART) and path.suffix == ".txt")
    ]

    assert faults == []


def test_templates_are_looked_for_in_one_folder():
    assert settings.TEMPLATES[0]["DIRS"] == [ROOT / "templates"]
    stray = [
        path
        for app in ROOT.iterdir()
        if (app / "apps.py").exists()
        for path in app.glob("templates/**/*.html")
    ]

    assert stray == []
