"""The table of course grades; they only grow, so undoing an import is one more revision of each grade it wrote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import CellFault, Closing, Ground, Kind
from x_pilot_api.registry.commands import grades
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.schemas.rows import CourseGradeRow

_NOT_FOLLOWED = """NOT EXISTS (SELECT FROM course_grades AS later WHERE later.institution_id = {grade}.institution_id
        AND later.student_id = {grade}.student_id AND later.course_id = {grade}.course_id
        AND later.term = {grade}.term AND later.attempt = {grade}.attempt AND later.revision > {grade}.revision)"""


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
    lacking=Closing(
        key=("student_number", "programme_code", "course_code", "term", "attempt"),
        existing="""
SELECT grade.id, student.student_number, programme.code, course.code, grade.term, grade.attempt
FROM course_grades AS grade
JOIN students AS student ON student.institution_id = grade.institution_id AND student.id = grade.student_id
JOIN courses AS course ON course.institution_id = grade.institution_id AND course.id = grade.course_id
JOIN programmes AS programme ON programme.institution_id = grade.institution_id AND programme.id = course.programme_id
JOIN programmes AS its ON its.institution_id = grade.institution_id AND its.id = student.programme_id
WHERE grade.institution_id = :institution_id AND grade.term = ANY(CAST(:scope AS text[])) AND NOT grade.is_void
    AND (CAST(:colleges AS uuid[]) IS NULL OR its.college_id = ANY(CAST(:colleges AS uuid[]))
        OR its.id = ANY(CAST(:programmes AS uuid[])))
    AND """
        + _NOT_FOLLOWED.format(grade="grade")
        + " ORDER BY student.student_number, course.code, grade.term, grade.attempt",
        values={"is_void": True, "passed": False, "reason": "全量导入中没有该成绩"},
        scope="term",
    ),
    followed="NOT " + _NOT_FOLLOWED.format(grade="target"),
    take_back="""
INSERT INTO course_grades (institution_id, student_id, course_id, term, attempt, revision, score_hundredths,
    grade_word, passed, is_void, reason)
SELECT :institution_id, written.student_id, written.course_id, written.term, written.attempt, written.revision + 1,
    was.score_hundredths, was.grade_word, coalesce(was.passed, false), coalesce(was.is_void, true), '撤销导入'
FROM import_rows AS row
JOIN course_grades AS written ON written.institution_id = :institution_id AND written.id = row.target_id
LEFT JOIN LATERAL jsonb_populate_record(NULL::course_grades, row.before) AS was ON row.before IS NOT NULL
WHERE row.institution_id = :institution_id AND row.import_id = :import_id
    AND row.outcome IN ('created', 'changed', 'removed')
""",
)
