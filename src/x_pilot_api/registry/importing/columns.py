"""The columns that several of the register's tables share."""

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column

CODE_LONGEST = 64

PROGRAMME_CODE = Column(
    "programme_code",
    "专业代码",
    CellKind.CODE,
    Both("国家专业代码：6 位数字，可加 T 或 K；单元格须为文本。", "The national code: six digits, T or K; as text."),
    "530302",
    also=("专业编码",),
    pattern=r"[0-9]{6}[TK]?",
    digits=6,
    longest=CODE_LONGEST,
)
COLLEGE_CODE = Column(
    "college_code",
    "学院代码",
    CellKind.CODE,
    Both("已登记的二级学院代码。", "The code of a college that is registered."),
    "C01",
    also=("二级学院代码", "院系代码"),
    longest=CODE_LONGEST,
)
STUDENT_NUMBER = Column(
    "student_number",
    "学号",
    CellKind.CODE,
    Both("学号；单元格须为文本，以免丢失前面的 0。", "The student number, as text, so that zeros in front stay."),
    "2026010001",
    also=("学生学号",),
    longest=CODE_LONGEST,
)
COURSE_CATEGORIES = {
    "公共课": "public",
    "公共基础课": "public",
    "基础课": "foundation",
    "专业基础课": "foundation",
    "核心课": "core",
    "专业核心课": "core",
    "拓展课": "extension",
    "专业拓展课": "extension",
    "实践课": "practice",
    "实践教学": "practice",
    "选修课": "elective",
}


def name(header: str, example: str) -> Column:
    """Make the column of a name."""
    return Column("name", header, CellKind.LINE, Both("名称或姓名全称。", "The whole name."), example, also=("名称",))
