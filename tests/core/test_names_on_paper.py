"""A person's name on paper stays whole, or breaks only between its words."""

from core.templatetags.papers import name_kept


def test_name_that_fits_its_column_stays_whole():
    whole = '<span class="pmqa-nowrap">นางมณี ตัวอย่างสกุล</span>'
    assert name_kept("นางมณี  ตัวอย่างสกุล", 17) == whole


def test_longer_name_breaks_only_at_its_spaces():
    assert name_kept("นางมณี  ตัวอย่างสกุล", 12) == (
        '<span class="pmqa-nowrap">นางมณี</span> <span class="pmqa-nowrap">ตัวอย่างสกุล</span>'
    )


def test_word_longer_than_the_column_may_break_and_markup_is_escaped():
    assert name_kept("<b> " + "ก" * 13, 12) == (
        '<span class="pmqa-nowrap">&lt;b&gt;</span> ' + "ก" * 13
    )
    assert name_kept(None, 12) == ""
