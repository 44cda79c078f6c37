from core.thai_text import fold_for_search, normalize, sort_key, wrap_protected


def test_normalize_joins_what_was_typed_in_two_keys():
    assert normalize("นํ้า") == "น้ำ"
    assert normalize("เเละ") == "และ"
    assert normalize("ก\u200bข") == "กข"
    assert normalize("ก\x00ข") == "กข"


def test_normalize_changes_nothing_twice():
    text = "นํ้า เเละ ที่\u200bนี่"

    assert normalize(normalize(text)) == normalize(text)


def test_sort_key_gives_dictionary_order():
    words = ["แมว", "กา", "เกม", "ไก่", "ขา", "มด", "ก่อ", "กอ", "แก"]

    assert sorted(words, key=sort_key) == ["กอ", "ก่อ", "กา", "เกม", "แก", "ไก่", "ขา", "มด", "แมว"]


def test_fold_for_search_ignores_tones_and_spaces():
    assert fold_for_search("ก่อ สร้าง PMQA") == fold_for_search("กอสราง pmqa")


def test_wrap_protected_keeps_dates_and_amounts_whole():
    assert wrap_protected("ภายใน 15 วัน ประชุมครั้งที่ ๑/๒๕๖๘") == (
        'ภายใน <span class="pmqa-nowrap">15 วัน</span> ประชุม<wbr>'
        '<span class="pmqa-nowrap">ครั้งที่ ๑/๒๕๖๘</span>'
    )
    assert wrap_protected("1 ตุลาคม พ.ศ. 2567") == (
        '<span class="pmqa-nowrap">1 ตุลาคม พ.ศ. 2567</span>'
    )


def test_wrap_protected_keeps_a_person_whole_who_bears_a_title():
    assert wrap_protected("ประธาน นางมณี ตัวอย่างสกุล จำนวน ๑๕ คน") == (
        'ประธาน <span class="pmqa-nowrap">นางมณี ตัวอย่างสกุล</span> '
        '<span class="pmqa-nowrap">จำนวน ๑๕ คน</span>'
    )
    assert wrap_protected("นางมณี ตัวอย่างสกุล", 12) == "นางมณี ตัวอย่างสกุล"


def test_wrap_protected_offers_breaks_where_thai_letters_touch():
    assert wrap_protected("หากไม่เห็นชอบให้แก้ไข") == (
        'หาก<wbr><span class="pmqa-nowrap">ไม่เห็นชอบ</span><wbr>ให้แก้ไข'
    )
    assert wrap_protected("คณะทำงานฯ") == '<span class="pmqa-nowrap">คณะทำงาน</span>ฯ'


def test_wrap_protected_leaves_what_is_wider_than_the_column():
    assert wrap_protected("ผู้มีส่วนได้ส่วนเสีย", column_chars=12) == "ผู้มีส่วนได้ส่วนเสีย"


def test_wrap_protected_never_cuts_a_figure_that_is_too_wide():
    parts = '30 <span class="pmqa-nowrap">เม.ย. 2570</span>'
    assert wrap_protected("30 เม.ย. 2570", 12) == parts
    assert wrap_protected("ใช้ 1,250,000.50 บาท", 8) == "ใช้ 1,250,000.50 บาท"
    kept = '<span class="pmqa-nowrap">30 เม.ย. 2570</span>'
    assert wrap_protected("30 เม.ย. 2570", 13) == kept


def test_wrap_protected_keeps_a_telephone_number_with_its_extension():
    assert wrap_protected("ที่ โทร. ๐ ๔๕๐๐ ๐๐๐๐ ต่อ ๑๐๑") == (
        'ที่ <span class="pmqa-nowrap">โทร. ๐ ๔๕๐๐ ๐๐๐๐ ต่อ ๑๐๑</span>'
    )


def test_wrap_protected_keeps_names_and_escapes_everything():
    assert wrap_protected("<b> สพป.ก & ข", names=("สพป.ก & ข",)) == (
        '&lt;b&gt; <span class="pmqa-nowrap">สพป.ก &amp; ข</span>'
    )


def test_latin_and_digits_beside_a_kept_word_get_a_break_too():
    assert wrap_protected("ผู้อำนวยการPMQA") == (
        '<span class="pmqa-nowrap">ผู้อำนวยการ</span><wbr>PMQA'
    )
