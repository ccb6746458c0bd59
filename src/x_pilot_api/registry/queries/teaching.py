"""Reading who teaches which course in which term."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, id_after, token_after
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import Course, CourseTeacher, Programme, Teacher
from x_pilot_api.registry.queries import reach
from x_pilot_api.registry.schemas import CourseTeacherOut

_OFFICES = frozenset({Role.REGISTRAR, Role.AUDITOR})


def taught_by(actor: Actor) -> Select[CourseTeacher]:
    """Select what an actor teaches themself, as the active teacher they are."""
    return (
        select(CourseTeacher)
        .join(
            Teacher,
            and_(Teacher.institution_id == CourseTeacher.institution_id, Teacher.id == CourseTeacher.teacher_id),
        )
        .where(
            CourseTeacher.institution_id == actor.institution_id,
            Teacher.person_id == actor.id,
            Teacher.is_active.is_(True),
        )
    )


def visible_course_teachers(actor: Actor) -> Select[CourseTeacher]:
    """Select who teaches what: an office sees all, a coordinator their own courses, a teacher themself."""
    if actor.institution_id is None:
        return select(CourseTeacher).where(false())
    found = select(CourseTeacher).where(CourseTeacher.institution_id == actor.institution_id)
    if actor.roles & _OFFICES:
        return found
    taught = taught_by(actor).with_only_columns(CourseTeacher.id)
    if Role.COORDINATOR not in actor.roles:
        return found.where(CourseTeacher.id.in_(taught))
    own = (
        select(Course.id)
        .join(Programme, and_(Programme.institution_id == Course.institution_id, Programme.id == Course.programme_id))
        .where(Course.institution_id == actor.institution_id, reach.acts_for(actor))
    )
    return found.where(or_(CourseTeacher.course_id.in_(own), CourseTeacher.id.in_(taught)))


def _told(actor: Actor) -> Select[CourseTeacher, Course, Teacher]:
    return (
        visible_course_teachers(actor)
        .join(Course, and_(Course.institution_id == CourseTeacher.institution_id, Course.id == CourseTeacher.course_id))
        .join(
            Teacher,
            and_(Teacher.institution_id == CourseTeacher.institution_id, Teacher.id == CourseTeacher.teacher_id),
        )
        .with_only_columns(CourseTeacher, Course, Teacher)
    )


def _tell(row: Row[CourseTeacher, Course, Teacher]) -> CourseTeacherOut:
    taught, course, teacher = row
    return CourseTeacherOut(
        id=taught.id,
        course_id=course.id,
        course_code=course.code,
        course_name=course.name,
        programme_id=course.programme_id,
        teacher_id=teacher.id,
        staff_number=teacher.staff_number,
        teacher_name=teacher.name,
        term=taught.term,
    )


async def list_course_teachers(
    session: AsyncSession,
    actor: Actor,
    *,
    course_id: UUID | None,
    teacher_id: UUID | None,
    term: str | None,
    wish: PageWish,
) -> tuple[list[CourseTeacherOut], str | None]:
    """List who teaches what, the first entered first."""
    statement = _told(actor).where(CourseTeacher.id > id_after(wish))
    asked: tuple[tuple[Any, object], ...] = (
        (CourseTeacher.course_id, course_id),
        (CourseTeacher.teacher_id, teacher_id),
        (CourseTeacher.term, term),
    )
    for column, value in asked:
        if value is not None:
            statement = statement.where(column == value)
    rows = (await session.execute(statement.order_by(CourseTeacher.id).limit(wish.size + 1))).all()
    told = [_tell(row) for row in rows[: wish.size]]
    return told, token_after(str(told[-1].id)) if len(rows) > wish.size else None


async def get_course_teacher(session: AsyncSession, actor: Actor, course_teacher_id: UUID) -> CourseTeacherOut:
    """Read one teacher of one course in one term."""
    row = (await session.execute(_told(actor).where(CourseTeacher.id == course_teacher_id))).one_or_none()
    if row is None:
        raise NotFound(what="course teacher", zh="任课安排")
    return _tell(row)
