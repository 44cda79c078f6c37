"""Undefined variables fail in our own templates and stay empty in those of packages."""

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines


def template_from(path: str, text: str) -> Template:
    return Template(text, origin=Origin(name=path), engine=engines["django"].engine)


OWN = str(settings.BASE_DIR / "templates/committees/list.html")
PACKAGE = "/packages/allauth/templates/account/login.html"


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ nobody|default:'x' }}",
        "{% with a=nobody %}{{ a }}{% endwith %}",
        "{% load i18n %}{% blocktranslate %}Hello {{ nobody }}{% endblocktranslate %}",
    ],
)
def test_undefined_variable_fails_in_own_template(text):
    with pytest.raises(AssertionError, match="undefined template variable: nobody"):
        template_from(OWN, text).render(Context())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<{{ nobody }}>", "<>"),
        ("<{{ nobody|default:'x' }}>", "<x>"),
        ("{% if nobody %}yes{% else %}no{% endif %}", "no"),
    ],
)
def test_undefined_variable_is_empty_in_package_template(text, expected):
    assert template_from(PACKAGE, text).render(Context()) == expected


def test_undefined_variable_fails_in_own_template_included_by_package():
    inner = template_from(OWN, "{{ nobody }}")

    with pytest.raises(AssertionError):
        template_from(PACKAGE, "{% include inner %}").render(Context({"inner": inner}))


def test_if_in_own_template_may_ask_for_what_may_be_missing():
    assert template_from(OWN, "{% if nobody %}yes{% else %}no{% endif %}").render(Context()) == "no"
