"""Who may see and who may write which part of the register."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import College, Course, CourseGrade, Programme, Student, Teacher, TrainingPlan
from x_pilot_api.registry.queries import register

_OFFICES = frozenset({Role.REGISTRAR, Role.AUDITOR})
_FRESH = {"populate_existing": True}
"""What a statement of SQL has just changed is read again, not remembered."""


def visible_colleges(actor: Actor) -> Select[College]:
    """Select the colleges of the actor's institution."""
    if actor.institution_id is None:
        return select(College).where(false())
    return select(College).where(College.institution_id == actor.institution_id)


def visible_courses(actor: Actor) -> Select[Course]:
    """Select the courses of the programmes the actor may see."""
    programmes = register.visible_programmes(actor).with_only_columns(Programme.id)
    return select(Course).where(Course.institution_id == actor.institution_id, Course.programme_id.in_(programmes))


def visible_plans(actor: Actor) -> Select[TrainingPlan]:
    """Select the training plans of the programmes the actor may see."""
    programmes = register.visible_programmes(actor).with_only_columns(Programme.id)
    return select(TrainingPlan).where(
        TrainingPlan.institution_id == actor.institution_id, TrainingPlan.programme_id.in_(programmes)
    )


def visible_teachers(actor: Actor) -> Select[Teacher]:
    """Select the teachers an actor may see: an office all, a coordinator their colleges', a teacher themself."""
    if actor.institution_id is None:
        return select(Teacher).where(false())
    teachers = select(Teacher).where(Teacher.institution_id == actor.institution_id)
    if actor.roles & _OFFICES:
        return teachers
    return teachers.where(or_(Teacher.college_id.in_(actor.college_ids), Teacher.person_id == actor.id))


def visible_grades(actor: Actor) -> Select[CourseGrade]:
    """Select the grades of the students the actor may see, all revisions."""
    students = register.visible_students(actor).with_only_columns(Student.id)
    return select(CourseGrade).where(
        CourseGrade.institution_id == actor.institution_id, CourseGrade.student_id.in_(students)
    )


def acts_for(actor: Actor) -> ColumnElement[bool]:
    """Say which programmes an actor writes for: an office for all, others for those of their colleges or their own."""
    if Role.REGISTRAR in actor.roles:
        return true()
    return or_(Programme.college_id.in_(actor.college_ids), Programme.id.in_(actor.programme_ids))


async def get_college(session: AsyncSession, actor: Actor, college_id: UUID) -> College:
    """Read one college the actor may see."""
    statement = visible_colleges(actor).where(College.id == college_id).execution_options(**_FRESH)
    return await lookups.get_one(session, statement, what="college", zh="二级学院")


async def get_own_college(session: AsyncSession, actor: Actor, college_id: UUID) -> College:
    """Read one college the actor acts for."""
    if Role.REGISTRAR not in actor.roles and college_id not in actor.college_ids:
        raise NotFound(what="college", zh="二级学院")
    return await get_college(session, actor, college_id)


async def get_own_programme(
    session: AsyncSession, actor: Actor, programme_id: UUID, *, lock: bool = False
) -> Programme:
    """Read one programme the actor acts for, and if asked let one deed at a time work on it."""
    statement = register.visible_programmes(actor).where(Programme.id == programme_id, acts_for(actor))
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(session, statement.execution_options(**_FRESH), what="programme", zh="专业")


def _of_own(programme_id: "ColumnElement[UUID] | object", actor: Actor) -> ColumnElement[bool]:
    own = select(Programme.id).where(and_(Programme.institution_id == actor.institution_id, acts_for(actor)))
    return programme_id.in_(own)  # type: ignore[attr-defined]


async def get_course(session: AsyncSession, actor: Actor, course_id: UUID, *, own: bool = False) -> Course:
    """Read one course the actor may see, or acts for."""
    statement = visible_courses(actor).where(Course.id == course_id).execution_options(**_FRESH)
    if own:
        statement = statement.where(_of_own(Course.programme_id, actor))
    return await lookups.get_one(session, statement, what="course", zh="课程")


async def get_plan(session: AsyncSession, actor: Actor, plan_id: UUID, *, own: bool = False) -> TrainingPlan:
    """Read one training plan the actor may see, or acts for."""
    statement = visible_plans(actor).where(TrainingPlan.id == plan_id).execution_options(**_FRESH)
    if own:
        statement = statement.where(_of_own(TrainingPlan.programme_id, actor))
    return await lookups.get_one(session, statement, what="training plan", zh="人才培养方案")


async def get_teacher(session: AsyncSession, actor: Actor, teacher_id: UUID) -> Teacher:
    """Read one teacher the actor may see."""
    statement = visible_teachers(actor).where(Teacher.id == teacher_id).execution_options(**_FRESH)
    return await lookups.get_one(session, statement, what="teacher", zh="教师")


async def get_own_teacher(session: AsyncSession, actor: Actor) -> Teacher:
    """Read the teacher that the actor is."""
    statement = visible_teachers(actor).where(Teacher.person_id == actor.id)
    return await lookups.get_one(session, statement, what="teacher", zh="教师")


async def get_fresh_student(session: AsyncSession, actor: Actor, student_id: UUID) -> Student:
    """Read one student the actor may see as they are now, whatever was read before."""
    statement = register.visible_students(actor).where(Student.id == student_id).execution_options(**_FRESH)
    return await lookups.get_one(session, statement, what="student", zh="学生")


async def get_grade(session: AsyncSession, actor: Actor, grade_id: UUID) -> CourseGrade:
    """Read one revision of a grade the actor may see."""
    return await lookups.get_one(
        session, visible_grades(actor).where(CourseGrade.id == grade_id), what="course grade", zh="课程成绩"
    )
