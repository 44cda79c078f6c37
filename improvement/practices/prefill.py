"""Sentences from the office's own record that a paper may take over. Thai: they go on paper.

What another body announced for the year is offered as the figures that were reached, the target
as the figure to reach. Nobody's words are replaced: a sentence is put below what stands there.
"""

from assessments.models import OfficialResult, OfficialTarget
from assessments.official.checks import MAXIMA, five
from improvement.models import BestPractice


def sentences_for(practice: BestPractice) -> dict[str, list[str]]:
    """Return code of a part → sentences on offer; two queries."""
    results = OfficialResult.objects.filter(
        agency_id=practice.agency_id, fiscal_year=practice.fiscal_year
    ).exclude(total=None)
    targets = OfficialTarget.objects.filter(
        agency_id=practice.agency_id, fiscal_year=practice.fiscal_year
    )
    wanted = {row.scale: row.target for row in targets}
    found = {
        "4.1": [_target_words(practice, scale, target) for scale, target in wanted.items()],
        "7.1": [_result_words(row, wanted.get(row.scale)) for row in results],
    }
    return {code: words for code, words in found.items() if words}


def _target_words(practice: BestPractice, scale: str, target) -> str:
    return (
        f"ปีงบประมาณ พ.ศ. {practice.fiscal_year} หน่วยงานมีผลการประเมินไม่ต่ำกว่า {five(target)} "
        f"จากคะแนนเต็ม {MAXIMA[scale]}"
    )


def _result_words(row: OfficialResult, target) -> str:
    words = [
        f"ปีงบประมาณ พ.ศ. {row.fiscal_year} {row.body} ประกาศผลการประเมินของหน่วยงานเป็น "
        f"{five(row.total)} จากคะแนนเต็ม {MAXIMA[row.scale]}"
    ]
    if row.level_name:
        words.append(f"ระดับ “{row.level_name}”")
    if row.rank:
        of = f" จาก {row.rank_of}" if row.rank_of else ""
        among = f" {row.rank_among}" if row.rank_among else ""
        words.append(f"อันดับที่ {row.rank}{among}{of}")
    if target is not None:
        above = row.total - target
        how = "สูงกว่า" if above > 0 else "เท่ากับ" if above == 0 else "ต่ำกว่า"
        by = f" {five(abs(above))}" if above else ""
        words.append(f"{how}เป้าหมาย {five(target)}{by}")
    return " ".join(words)
