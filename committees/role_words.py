"""Roles of a committee as papers print them, in Thai whatever the screen's language."""

from committees.enums import CommitteeRole

ROLE_WORDS = {
    CommitteeRole.CHAIR: "ประธานกรรมการ",
    CommitteeRole.VICE_CHAIR: "รองประธานกรรมการ",
    CommitteeRole.MEMBER: "กรรมการ",
    CommitteeRole.SECRETARY: "กรรมการและเลขานุการ",
    CommitteeRole.ASSISTANT_SECRETARY: "กรรมการและผู้ช่วยเลขานุการ",
}
