"""Lists of the register, in pages by key."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.registry.models import (
    College,
    Course,
    CourseCategory,
    CourseGrade,
    Programme,
    Student,
    StudentStanding,
    StudentStatus,
    Teacher,
    TrainingPlan,
    TrainingPlanState,
)
from x_pilot_api.registry.queries import reach, register

_Listed = TypeVar("_Listed")


def _where(statement: Select[_Listed], *equal: tuple[InstrumentedAttribute[Any], object]) -> Select[_Listed]:
    """Keep the rows whose columns are as asked; what is not asked is left open."""
    for column, value in equal:
        if value is not None:
            statement = statement.where(column == value)
    return statement


def _named(
    statement: Select[_Listed],
    text: str | None,
    *,
    number: InstrumentedAttribute[str],
    name: InstrumentedAttribute[str],
) -> Select[_Listed]:
    """Keep the rows whose number begins with a text or whose name holds it."""
    if not text:
        return statement
    return statement.where(or_(number.startswith(text, autoescape=True), name.contains(text, autoescape=True)))


async def list_colleges(
    session: AsyncSession, actor: Actor, *, text: str | None, wish: PageWish
) -> tuple[Sequence[College], str | None]:
    """List the institution's colleges by code."""
    statement = _named(reach.visible_colleges(actor), text, number=College.code, name=College.name)
    return await page_of(session, statement, order=(College.code, College.id), wish=wish)


async def list_courses(
    session: AsyncSession,
    actor: Actor,
    *,
    programme_id: UUID | None,
    category: CourseCategory | None,
    text: str | None,
    wish: PageWish,
) -> tuple[Sequence[Course], str | None]:
    """List courses by code."""
    statement = _where(reach.visible_courses(actor), (Course.programme_id, programme_id), (Course.category, category))
    statement = _named(statement, text, number=Course.code, name=Course.name)
    return await page_of(session, statement, order=(Course.code, Course.id), wish=wish)


async def list_plans(
    session: AsyncSession,
    actor: Actor,
    *,
    programme_id: UUID | None,
    entry_year: int | None,
    state: TrainingPlanState | None,
    wish: PageWish,
) -> tuple[Sequence[TrainingPlan], str | None]:
    """List training plans, the oldest first."""
    statement = _where(
        reach.visible_plans(actor),
        (TrainingPlan.programme_id, programme_id),
        (TrainingPlan.entry_year, entry_year),
        (TrainingPlan.state, state),
    )
    return await page_of(session, statement, order=(TrainingPlan.id,), wish=wish)


async def list_teachers(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    is_active: bool | None,
    text: str | None,
    wish: PageWish,
) -> tuple[Sequence[Teacher], str | None]:
    """List visible teachers by staff number."""
    statement = _where(reach.visible_teachers(actor), (Teacher.college_id, college_id), (Teacher.is_active, is_active))
    statement = _named(statement, text, number=Teacher.staff_number, name=Teacher.name)
    return await page_of(session, statement, order=(Teacher.staff_number, Teacher.id), wish=wish)


async def list_students(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    programme_id: UUID | None,
    entry_year: int | None,
    class_name: str | None,
    status: StudentStatus | None,
    text: str | None,
    wish: PageWish,
) -> tuple[Sequence[Student], str | None]:
    """List visible students by student number."""
    statement = _where(
        register.visible_students(actor),
        (Student.programme_id, programme_id),
        (Student.entry_year, entry_year),
        (Student.class_name, class_name),
        (Student.status, status),
    )
    if college_id is not None:
        statement = statement.where(
            Student.programme_id.in_(
                select(Programme.id).where(
                    Programme.institution_id == actor.institution_id, Programme.college_id == college_id
                )
            )
        )
    statement = _named(statement, text, number=Student.student_number, name=Student.name)
    return await page_of(session, statement, order=(Student.student_number, Student.id), wish=wish)


async def list_standings(
    session: AsyncSession, student: Student, *, wish: PageWish
) -> tuple[Sequence[StudentStanding], str | None]:
    """List how a student stood, the first one first."""
    statement = select(StudentStanding).where(
        StudentStanding.institution_id == student.institution_id, StudentStanding.student_id == student.id
    )
    return await page_of(session, statement, order=(StudentStanding.id,), wish=wish)


async def list_grades(
    session: AsyncSession,
    actor: Actor,
    *,
    student_id: UUID | None,
    course_id: UUID | None,
    term: str | None,
    passed: bool | None,
    wish: PageWish,
) -> tuple[Sequence[CourseGrade], str | None]:
    """List visible grades, of each attempt the revision that counts, the oldest first."""
    later = aliased(CourseGrade)
    superseded = exists().where(
        later.institution_id == CourseGrade.institution_id,
        later.student_id == CourseGrade.student_id,
        later.course_id == CourseGrade.course_id,
        later.term == CourseGrade.term,
        later.attempt == CourseGrade.attempt,
        later.revision > CourseGrade.revision,
    )
    statement = _where(
        reach.visible_grades(actor).where(~superseded),
        (CourseGrade.student_id, student_id),
        (CourseGrade.course_id, course_id),
        (CourseGrade.term, term),
        (CourseGrade.passed, passed),
    )
    return await page_of(session, statement, order=(CourseGrade.id,), wish=wish)
