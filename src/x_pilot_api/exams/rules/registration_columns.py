"""The columns of a list of students to register."""

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column

TITLE = Both("报名名单", "Registrations")

COLUMNS = (
    Column(
        "student_number",
        "学号",
        CellKind.CODE,
        Both("学号；单元格须为文本，以免丢失前面的 0。", "The student number, as text, so that zeros in front stay."),
        "2026010001",
        also=("学生学号",),
        longest=64,
    ),
    Column(
        "level",
        "证书等级",
        CellKind.CHOICE,
        Both("计划考核的等级。", "A level that the plan examines."),
        "中级",
        also=("等级",),
        choices={"初级": "1", "中级": "2", "高级": "3"},
    ),
    Column(
        "certificate",
        "证书名称",
        CellKind.LINE,
        Both("计划考核几种证书时填写。", "Where the plan examines several certificates."),
        "智能财税",
        required=False,
    ),
    Column(
        "sitting",
        "场次编号",
        CellKind.CODE,
        Both("指定场次；空白表示由系统安排。", "The sitting; blank lets the service choose one with a seat."),
        "S1",
        required=False,
        also=("场次",),
        longest=64,
    ),
)

_LEVEL, _SITTING, _STUDENT = "level", "sitting", "student_number"
COLUMN_OF = {
    "level_not_examined": _LEVEL,
    "certificate_not_admitted": _LEVEL,
    "sitting_unknown": _SITTING,
    "site_not_valid": _SITTING,
    "sitting_overlaps": _SITTING,
}
"""Which column a ground is about; the others are about the student."""


def header_of(code: str) -> str:
    """Name the column that a refusal is about as the template does."""
    named = COLUMN_OF.get(code, _STUDENT)
    return next(column.header for column in COLUMNS if column.name == named)
