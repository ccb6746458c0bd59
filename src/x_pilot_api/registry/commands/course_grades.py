"""The deeds on one course grade: entering it, and correcting it with a reason."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries
from x_pilot_api.registry.commands import entering, grades, single
from x_pilot_api.registry.commands.entering import Bounds
from x_pilot_api.registry.errors import GradeCorrectedSince
from x_pilot_api.registry.models import CourseGrade
from x_pilot_api.registry.schemas import CourseGradeIn, CourseGradeOut, GradeCorrectionIn
from x_pilot_api.registry.schemas.rows import CourseGradeRow


async def _enter(session: AsyncSession, actor: Actor, *, bounds: Bounds, row: dict[str, Any]) -> CourseGradeOut:
    rows = [CourseGradeRow.model_validate(row)]
    made = single.only(await grades.enter_course_grades(session, actor, bounds=bounds, rows=rows))
    return queries.describe_grade(await queries.get_grade(session, actor, made))


async def _named(session: AsyncSession, actor: Actor, *, student_id: UUID, course_id: UUID) -> dict[str, Any]:
    """Name a student, a course and its programme by the numbers that rows name them by."""
    student = await queries.get_student(session, actor, student_id)
    course = await queries.get_course(session, actor, course_id)
    programme = await queries.get_programme(session, actor, course.programme_id)
    return {
        "student_number": student.student_number,
        "course_code": course.code,
        "programme_code": programme.code,
    }


def _values(wish: CourseGradeIn | GradeCorrectionIn) -> dict[str, Any]:
    return {"score_hundredths": wish.score, "grade_word": wish.grade_word, "passed": wish.passed}


async def enter_course_grade(session: AsyncSession, actor: Actor, *, wish: CourseGradeIn) -> CourseGradeOut:
    """Enter what a student got in one attempt at a course; there is no grade for that attempt yet."""
    row = await _named(session, actor, student_id=wish.student_id, course_id=wish.course_id)
    row |= {"term": wish.term, "attempt": wish.attempt} | _values(wish)
    return await _enter(session, actor, bounds=Bounds.of(actor, creates=True), row=row)


async def correct_course_grade(
    session: AsyncSession, actor: Actor, *, grade_id: UUID, wish: GradeCorrectionIn
) -> CourseGradeOut:
    """Correct a grade by a revision with its reason; the one that is corrected has to be the latest."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    grade: CourseGrade = await queries.get_grade(session, actor, grade_id)
    latest = (await queries.list_revisions(session, grade))[-1]
    if latest.id != grade.id:
        raise GradeCorrectedSince(latest_id=str(latest.id))
    row = await _named(session, actor, student_id=grade.student_id, course_id=grade.course_id)
    row |= {"term": grade.term, "attempt": grade.attempt, "is_void": wish.is_void, "reason": wish.reason}
    row |= _values(wish)
    return await _enter(session, actor, bounds=bounds, row=row)
