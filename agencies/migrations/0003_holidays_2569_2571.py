"""Public holidays of 2569 to 2571 (2026 to 2028): announced for 2569, computed after it."""

import datetime as dt

from django.db import migrations

# Date, Thai name, English name, kind. Days after 2026 await the cabinet's announcement.
DAYS = [
    ("2026-01-01", "วันขึ้นปีใหม่", "New Year's Day", "fixed"),
    ("2026-01-02", "วันหยุดพิเศษ (เพิ่มเติม)", "Bridge Public Holiday", "special"),
    ("2026-03-03", "วันมาฆบูชา", "Makha Bucha", "lunar"),
    (
        "2026-04-06",
        "วันพระบาทสมเด็จพระพุทธยอดฟ้าจุฬาโลกมหาราช และวันที่ระลึกมหาจักรีบรมราชวงศ์",
        "Chakri Memorial Day",
        "fixed",
    ),
    ("2026-04-13", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2026-04-14", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2026-04-15", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2026-05-04", "วันฉัตรมงคล", "Coronation Day", "fixed"),
    ("2026-05-13", "วันพืชมงคล", "Royal Ploughing Ceremony", "special"),
    ("2026-05-31", "วันวิสาขบูชา", "Visakha Bucha", "lunar"),
    ("2026-06-01", "ชดเชยวันวิสาขบูชา", "Visakha Bucha (in lieu)", "in_lieu"),
    (
        "2026-06-03",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าสุทิดา พัชรสุธาพิมลลักษณ พระบรมราชินี",
        "HM Queen Suthida's Birthday",
        "fixed",
    ),
    (
        "2026-07-28",
        "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระปรเมนทรรามาธิบดีศรีสินทรมหาวชิราลงกรณ พระวชิรเกล้าเจ้าอยู่หัว",
        "HM King Maha Vajiralongkorn's Birthday",
        "fixed",
    ),
    ("2026-07-29", "วันอาสาฬหบูชา", "Asarnha Bucha", "lunar"),
    ("2026-07-30", "วันเข้าพรรษา", "Buddhist Lent Day", "lunar"),
    (
        "2026-08-12",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง · วันแม่แห่งชาติ",
        "HM Queen Sirikit The Queen Mother's Birthday · National Mother's Day",
        "fixed",
    ),
    ("2026-10-13", "วันนวมินทรมหาราช", "HM King Bhumibol Adulyadej Memorial Day", "fixed"),
    ("2026-10-23", "วันปิยมหาราช", "HM King Chulalongkorn Memorial Day", "fixed"),
    (
        "2026-12-05",
        "วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร · วันชาติ · วันพ่อแห่งชาติ",
        "HM King Bhumibol Adulyadej the Great's Birthday · National Day · National Father's Day",
        "fixed",
    ),
    (
        "2026-12-07",
        "ชดเชยวันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร · วันชาติ · วันพ่อแห่งชาติ",
        "HM King Bhumibol Adulyadej the Great's Birthday (in lieu) · National Day (in lieu) · National Father's Day (in lieu)",
        "in_lieu",
    ),
    ("2026-12-10", "วันรัฐธรรมนูญ", "Constitution Day", "fixed"),
    ("2026-12-31", "วันสิ้นปี", "New Year's Eve", "fixed"),
    ("2027-01-01", "วันขึ้นปีใหม่", "New Year's Day", "fixed"),
    ("2027-02-21", "วันมาฆบูชา", "Makha Bucha", "lunar"),
    ("2027-02-22", "ชดเชยวันมาฆบูชา", "Makha Bucha (in lieu)", "in_lieu"),
    (
        "2027-04-06",
        "วันพระบาทสมเด็จพระพุทธยอดฟ้าจุฬาโลกมหาราช และวันที่ระลึกมหาจักรีบรมราชวงศ์",
        "Chakri Memorial Day",
        "fixed",
    ),
    ("2027-04-13", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2027-04-14", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2027-04-15", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2027-05-04", "วันฉัตรมงคล", "Coronation Day", "fixed"),
    ("2027-05-20", "วันวิสาขบูชา", "Visakha Bucha", "lunar"),
    (
        "2027-06-03",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าสุทิดา พัชรสุธาพิมลลักษณ พระบรมราชินี",
        "HM Queen Suthida's Birthday",
        "fixed",
    ),
    ("2027-07-18", "วันอาสาฬหบูชา", "Asarnha Bucha", "lunar"),
    ("2027-07-19", "วันเข้าพรรษา", "Buddhist Lent Day", "lunar"),
    ("2027-07-20", "ชดเชยวันอาสาฬหบูชา", "Asarnha Bucha (in lieu)", "in_lieu"),
    (
        "2027-07-28",
        "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระปรเมนทรรามาธิบดีศรีสินทรมหาวชิราลงกรณ พระวชิรเกล้าเจ้าอยู่หัว",
        "HM King Maha Vajiralongkorn's Birthday",
        "fixed",
    ),
    (
        "2027-08-12",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง · วันแม่แห่งชาติ",
        "HM Queen Sirikit The Queen Mother's Birthday · National Mother's Day",
        "fixed",
    ),
    ("2027-10-13", "วันนวมินทรมหาราช", "HM King Bhumibol Adulyadej Memorial Day", "fixed"),
    ("2027-10-23", "วันปิยมหาราช", "HM King Chulalongkorn Memorial Day", "fixed"),
    ("2027-10-25", "ชดเชยวันปิยมหาราช", "HM King Chulalongkorn Memorial Day (in lieu)", "in_lieu"),
    (
        "2027-12-05",
        "วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร · วันชาติ · วันพ่อแห่งชาติ",
        "HM King Bhumibol Adulyadej the Great's Birthday · National Day · National Father's Day",
        "fixed",
    ),
    (
        "2027-12-06",
        "ชดเชยวันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร · วันชาติ · วันพ่อแห่งชาติ",
        "HM King Bhumibol Adulyadej the Great's Birthday (in lieu) · National Day (in lieu) · National Father's Day (in lieu)",
        "in_lieu",
    ),
    ("2027-12-10", "วันรัฐธรรมนูญ", "Constitution Day", "fixed"),
    ("2027-12-31", "วันสิ้นปี", "New Year's Eve", "fixed"),
    ("2028-01-01", "วันขึ้นปีใหม่", "New Year's Day", "fixed"),
    ("2028-01-03", "ชดเชยวันขึ้นปีใหม่", "New Year's Day (in lieu)", "in_lieu"),
    ("2028-02-10", "วันมาฆบูชา", "Makha Bucha", "lunar"),
    (
        "2028-04-06",
        "วันพระบาทสมเด็จพระพุทธยอดฟ้าจุฬาโลกมหาราช และวันที่ระลึกมหาจักรีบรมราชวงศ์",
        "Chakri Memorial Day",
        "fixed",
    ),
    ("2028-04-13", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2028-04-14", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2028-04-15", "วันสงกรานต์", "Songkran Festival", "fixed"),
    ("2028-04-17", "ชดเชยวันสงกรานต์", "Songkran Festival (in lieu)", "in_lieu"),
    ("2028-05-04", "วันฉัตรมงคล", "Coronation Day", "fixed"),
    ("2028-05-08", "วันวิสาขบูชา", "Visakha Bucha", "lunar"),
    (
        "2028-06-03",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าสุทิดา พัชรสุธาพิมลลักษณ พระบรมราชินี",
        "HM Queen Suthida's Birthday",
        "fixed",
    ),
    (
        "2028-06-05",
        "ชดเชยวันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าสุทิดา พัชรสุธาพิมลลักษณ พระบรมราชินี",
        "HM Queen Suthida's Birthday (in lieu)",
        "in_lieu",
    ),
    ("2028-07-06", "วันอาสาฬหบูชา", "Asarnha Bucha", "lunar"),
    ("2028-07-07", "วันเข้าพรรษา", "Buddhist Lent Day", "lunar"),
    (
        "2028-07-28",
        "วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระปรเมนทรรามาธิบดีศรีสินทรมหาวชิราลงกรณ พระวชิรเกล้าเจ้าอยู่หัว",
        "HM King Maha Vajiralongkorn's Birthday",
        "fixed",
    ),
    (
        "2028-08-12",
        "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง · วันแม่แห่งชาติ",
        "HM Queen Sirikit The Queen Mother's Birthday · National Mother's Day",
        "fixed",
    ),
    (
        "2028-08-14",
        "ชดเชยวันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชชนนีพันปีหลวง · วันแม่แห่งชาติ",
        "HM Queen Sirikit The Queen Mother's Birthday (in lieu) · National Mother's Day (in lieu)",
        "in_lieu",
    ),
    ("2028-10-13", "วันนวมินทรมหาราช", "HM King Bhumibol Adulyadej Memorial Day", "fixed"),
    ("2028-10-23", "วันปิยมหาราช", "HM King Chulalongkorn Memorial Day", "fixed"),
    (
        "2028-12-05",
        "วันคล้ายวันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระบรมชนกาธิเบศร มหาภูมิพลอดุลยเดชมหาราช บรมนาถบพิตร · วันชาติ · วันพ่อแห่งชาติ",
        "HM King Bhumibol Adulyadej the Great's Birthday · National Day · National Father's Day",
        "fixed",
    ),
    ("2028-12-10", "วันรัฐธรรมนูญ", "Constitution Day", "fixed"),
    ("2028-12-11", "ชดเชยวันรัฐธรรมนูญ", "Constitution Day (in lieu)", "in_lieu"),
    ("2028-12-31", "วันสิ้นปี", "New Year's Eve", "fixed"),
]
SOURCE = "python-holidays (Thailand)"


def fill(apps, schema_editor):
    holiday = apps.get_model("agencies", "Holiday")
    for text, name_th, name_en, kind in DAYS:
        day = dt.date.fromisoformat(text)
        holiday.objects.get_or_create(
            agency=None,
            date=day,
            defaults={
                "name_th": name_th,
                "name_en": name_en,
                "kind": kind,
                "source": SOURCE,
                "is_provisional": day.year > 2026,
            },
        )


def empty(apps, schema_editor):
    apps.get_model("agencies", "Holiday").objects.filter(agency=None, source=SOURCE).delete()


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_audit_triggers")]
    operations = [migrations.RunPython(fill, empty)]
