"""The table of who teaches which course in which term."""

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.registry.commands import teaching
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.schemas.rows import CourseTeacherRow

# Of a full file, the terms that it names are meant, in the programmes that the importer acts for.
_REACH = """target.term IN (SELECT term FROM staged_course_teachers WHERE outcome <> 'refused')
    AND (CAST(:colleges AS uuid[]) IS NULL OR EXISTS (
        SELECT FROM courses AS course JOIN programmes AS programme
            ON programme.institution_id = course.institution_id AND programme.id = course.programme_id
        WHERE course.institution_id = target.institution_id AND course.id = target.course_id
            AND (programme.college_id = ANY(CAST(:colleges AS uuid[]))
                OR programme.id = ANY(CAST(:programmes AS uuid[])))))"""

COURSE_TEACHERS = Kind(
    name="course_teachers",
    title=Both("任课安排", "Course teachers"),
    columns=(
        columns.PROGRAMME_CODE,
        Column(
            "course_code",
            "课程代码",
            CellKind.CODE,
            Both("本专业已登记的课程；单元格须为文本。", "A registered course of the programme; as text."),
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
            "staff_number",
            "工号",
            CellKind.CODE,
            Both("在职教师的工号；单元格须为文本。", "The number of an active teacher; as text."),
            "T0001",
            also=("教工号", "职工号", "任课教师工号"),
            longest=columns.CODE_LONGEST,
        ),
    ),
    table="course_teachers",
    identity=("course_id", "term", "teacher_id"),
    staged=teaching.SHEET.staged.name,
    row=CourseTeacherRow.model_construct,
    decide=taking.decide_by(lambda: teaching.SHEET),
    write=taking.write_by(lambda: teaching.SHEET),
    scope_column="专业代码",
    lacking=taking.remove_by(lambda: teaching.SHEET, reach=_REACH),
)
