"""Claims without proof and proof without claims."""

from assessments.item import claims

TEXT = """ภาวะผู้นำ
ผู้อำนวยการถ่ายทอดวิสัยทัศน์ผ่านการประชุมผู้บริหารสถานศึกษาทุกเดือน [1.1-01]

คณะกรรมการทบทวนผลการดำเนินงานทุกไตรมาสและปรับแผนปฏิบัติราชการให้ทันสถานการณ์
ผลสำรวจการรับรู้ของบุคลากรสูงขึ้นต่อเนื่องสามปี (๑.๑-๓ และ 7.4-2)
"""


def test_paragraphs_codes_and_unused_evidence_are_told():
    found = claims.check(TEXT, ["1.1-01", "1.1-02", "1.1-03"])
    assert [number for number, _words in found.bare] == [3]
    assert found.bare[0][1].startswith("คณะกรรมการทบทวน")
    assert found.unknown == ["7.4-2"]
    assert found.unused == ["1.1-02"]


def test_a_heading_claims_nothing_and_all_cited_is_quiet():
    found = claims.check("ภาวะผู้นำ\nทำทุกปี", [])
    assert not found
    assert claims.check("", ["1.1-01"]).unused == ["1.1-01"]


def test_idle_zeros_name_the_same_piece_and_dates_are_no_codes():
    assert claims.check("อ้าง 1.1-1", ["1.1-001"]).unused == []
    assert claims.cited_codes("วันที่ 11.1-2 และ 1.1-2-3 และ 2.5-12") == ["2.5-12"]
