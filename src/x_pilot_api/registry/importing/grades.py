"""The table of course grades; they only grow, so a wrong one is corrected by another import."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import CellFault, Ground, Kind
from x_pilot_api.registry.commands import grades
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.schemas.rows import CourseGradeRow


async def _decide(session: AsyncSession, ground: Ground, rows: Sequence[Any], faults: Mapping[int, CellFault]) -> None:
    await grades.decide_course_grades(
        session, bounds=taking.bounds_of(ground), rows=rows, faults=taking.faults_of(faults)
    )


async def _write(session: AsyncSession, ground: Ground) -> None:
    await grades.write_course_grades(session, bounds=taking.bounds_of(ground))


COURSE_GRADES = Kind(
    name="course_grades",
    title=Both("课程成绩", "Course grades"),
    columns=(
        columns.STUDENT_NUMBER,
        Column(
            "programme_code",
            "专业代码",
            CellKind.CODE,
            Both("空白表示学生所在专业的课程。", "Blank: a course of the student's own programme."),
            "530302",
            required=False,
            pattern=r"[0-9]{6}[TK]?",
            digits=6,
            longest=columns.CODE_LONGEST,
        ),
        Column(
            "course_code",
            "课程代码",
            CellKind.CODE,
            Both("单元格须为文本。", "As text."),
            "K0101",
            also=("课程编号",),
            longest=columns.CODE_LONGEST,
        ),
        Column(
            "term",
            "学期",
            CellKind.CODE,
            Both("如 2025-2026-01。", "Such as 2025-2026-01."),
            "2025-2026-01",
            also=("学年学期",),
            pattern=r"\d{4}-\d{4}-0[1-3]",
            longest=columns.CODE_LONGEST,
        ),
        Column(
            "attempt",
            "第几次",
            CellKind.INTEGER,
            Both("首次为 1；空白表示 1。", "The first is 1, and blank means 1."),
            "1",
            required=False,
            least=1,
            most=9,
        ),
        Column(
            "score_hundredths",
            "分数",
            CellKind.DECIMAL,
            Both("最多两位小数；与等级二选一。", "At most two places; a score or a word, one of them."),
            "86.5",
            required=False,
            also=("成绩",),
            most=100_000,
        ),
        Column(
            "grade_word",
            "等级",
            CellKind.LINE,
            Both("如优秀、合格；与分数二选一。", "Such as 优秀; a score or a word, one of them."),
            "合格",
            required=False,
            longest=columns.CODE_LONGEST,
        ),
        Column(
            "passed",
            "是否通过",
            CellKind.YES_NO,
            Both("是或否。", "Yes or no."),
            "是",
            also=("是否合格",),
        ),
        Column(
            "reason",
            "更正原因",
            CellKind.LINE,
            Both("更正已有成绩时必填。", "Needed to correct a grade."),
            "复核更正",
            required=False,
        ),
    ),
    table="course_grades",
    identity=("student_id", "course_id", "term", "attempt"),
    staged="staged_course_grades",
    row=CourseGradeRow.model_construct,
    decide=_decide,
    write=_write,
    scope_column="学号",
    undoable=False,
)
