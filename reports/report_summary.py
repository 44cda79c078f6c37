"""บทสรุปผู้บริหาร: the first page of the Application Report, said from the record alone."""

from assessments.enums import Direction


def summary(context: dict) -> dict:
    """Return the words and figures of the first page, from the report's own context.

    Without any score `best` is empty and the page says that nothing is written yet.
    """
    scored = [row for row in context["categories"] if row["share"] is not None]
    return {
        "opening": _opening(context),
        "change": _change(context["total_difference"]),
        "best": _best(scored) if any(row["share"] for row in scored) else "",
        "texts": _results(context),
        "figures": _figures(context),
    }


def _opening(context: dict) -> str:
    return (
        f"{context['agency'].name_th} ประเมินองค์การด้วยตนเอง{context['edition_words']} "
        f"ประจำปีงบประมาณ พ.ศ. {context['year']}"
    )


def _change(difference: str) -> str:
    if not difference:
        return ""
    if difference[0] not in "+-":
        return "เท่ากับปีก่อน"
    way = "เพิ่มขึ้น" if difference[0] == "+" else "ลดลง"
    return f"{way}จากปีก่อน {difference[1:]} คะแนน"


def _best(scored: list[dict]) -> str:
    best = max(scored, key=lambda row: row["share"])
    least = min(scored, key=lambda row: row["share"])
    words = "หมวดที่มีคะแนนสูงสุดคือ {} และหมวดที่มีคะแนนต่ำสุดคือ {}"
    return words.format(*(f"หมวด {row['number']} {row['title']}" for row in (best, least)))


def _results(context: dict) -> list[str]:
    """Say how many indicators reached their target, among those with a target and a value."""
    reached = [
        row["value"] >= target
        if row["indicator"].direction == Direction.HIGHER
        else row["value"] <= target
        for category in context["categories"]
        for row in category["indicators"]
        if row["value"] is not None and (target := row["indicator"].target) is not None
    ]
    if not reached:
        return []
    return [f"ผลลัพธ์บรรลุค่าเป้าหมาย {sum(reached)} จาก {len(reached)} ตัวชี้วัด"]


def _figures(context: dict) -> list[tuple[str, str]]:
    items = [item for category in context["categories"] for item in category["items"]]
    written = sum(bool(item["paragraphs"]) for item in items)
    answers = [a for part in context["profile"] for g in part["groups"] for a in g["answers"]]
    topics = sum(bool(answer.text.strip()) for answer in answers)
    return [
        ("ลักษณะสำคัญขององค์การที่เขียนแล้ว (ประเด็น)", f"{topics} จาก {len(answers)}"),
        ("หัวข้อที่มีคำบรรยาย (หัวข้อ)", f"{written} จาก {len(items)}"),
        ("จุดเด่น (ข้อ)", str(sum(len(item["strengths"]) for item in items))),
        ("โอกาสในการปรับปรุง (ข้อ)", str(sum(len(item["ofis"]) for item in items))),
        ("หลักฐาน (รายการ)", str(context["evidence_count"])),
        ("กิจกรรมในแผนปรับปรุงองค์การ (กิจกรรม)", str(len(context["actions"]))),
    ]
