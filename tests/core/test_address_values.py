import pytest

from core.address_values import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-3", -3),
        ("๗", 7),
        ("", None),
        (None, None),
        ("--3", None),
        ("²", None),
        ("1.5", None),
        ("1\n", None),
        ("9" * 17, 99_999_999_999_999_999),
        ("9" * 18, None),
    ],
)
def test_whole_number_never_raises(text, number):
    assert whole_number(text) == number
