"""Saying who teaches which course in which term: one by one, and as a table."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.registry import queries
from x_pilot_api.registry.commands import entering, removing, single
from x_pilot_api.registry.commands.entering import Bounds, RowOutcome, Sheet
from x_pilot_api.registry.commands.removing import Removal
from x_pilot_api.registry.rules.grounds import Ground, know, missing, outside, repeated, taken, unknown, unknown_row
from x_pilot_api.registry.schemas import CourseTeacherIn, CourseTeacherOut
from x_pilot_api.registry.schemas.rows import CourseTeacherRow

know(
    "staff_number_unknown",
    Both("没有工号为 {named} 的在职教师。", "There is no active teacher {named}."),
    Both("核对工号，或先录入该教师。", "Check the number, or enter the teacher first."),
    named="T0001",
)

SHEET = Sheet(
    kind="course_teacher",
    table="course_teachers",
    given={"programme_code": "text", "course_code": "text", "term": "text", "staff_number": "text"},
    key=("programme_code", "course_code", "term", "staff_number"),
    stored={"course_id": "course.id", "teacher_id": "teacher.id", "term": "given.term"},
    joins="""
LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
    AND programme.code = given.programme_code
LEFT JOIN courses AS course ON course.institution_id = :institution_id AND course.programme_id = programme.id
    AND course.code = given.course_code
LEFT JOIN teachers AS teacher ON teacher.institution_id = :institution_id
    AND teacher.staff_number = given.staff_number AND teacher.is_active""",
    named="named.course_id = course.id AND named.teacher_id = teacher.id AND named.term = given.term",
    grounds=(
        repeated("staff_number"),
        unknown_row(),
        *(missing(name, f"given.{name}") for name in ("programme_code", "course_code", "term", "staff_number")),
        Ground(
            "term_malformed",
            "given.term !~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'"
            " OR CAST(substr(given.term, 6, 4) AS int) <> CAST(substr(given.term, 1, 4) AS int) + 1",
            "term",
            "jsonb_build_object('named', given.term)",
        ),
        unknown("programme_unknown", "programme_code", "programme"),
        outside("programme.college_id", "programme.id"),
        unknown("plan_course_unknown", "course_code", "course"),
        unknown("staff_number_unknown", "staff_number", "teacher"),
        taken("staff_number"),
    ),
)

_REMOVAL = Removal("course_teacher", "course_teachers", {}, ("course_id", "teacher_id", "term"))


async def enter_course_teachers(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[CourseTeacherRow]
) -> list[RowOutcome]:
    """Say who teaches what; who does already is left alone."""
    return await entering.enter(session, actor, SHEET, bounds=bounds, rows=rows)


async def assign_course_teacher(session: AsyncSession, actor: Actor, *, wish: CourseTeacherIn) -> CourseTeacherOut:
    """Say that a teacher teaches a course of a programme the actor acts for, in a term."""
    course = await queries.get_course(session, actor, wish.course_id, own=True)
    programme = await queries.get_programme(session, actor, course.programme_id)
    teacher = await queries.get_teacher(session, actor, wish.teacher_id)
    row = CourseTeacherRow(
        programme_code=programme.code, course_code=course.code, term=wish.term, staff_number=teacher.staff_number
    )
    made = single.only(await enter_course_teachers(session, actor, bounds=Bounds.of(actor, creates=True), rows=[row]))
    return await queries.get_course_teacher(session, actor, made)


async def remove_course_teacher(session: AsyncSession, actor: Actor, *, course_teacher_id: UUID) -> None:
    """Take back that a teacher teaches a course in a term."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    found = await queries.get_course_teacher(session, actor, course_teacher_id)
    await queries.get_course(session, actor, found.course_id, own=True)
    single.only(await removing.remove(session, actor, _REMOVAL, bounds=bounds, ids=[course_teacher_id]))
