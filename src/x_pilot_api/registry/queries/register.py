"""Reading the academic register; who may see which programme and which student is decided here."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import College, Course, IdentityDocument, Programme, Student

_SEE_ALL_STUDENTS = frozenset({Role.REGISTRAR, Role.AUDITOR})


def visible_programmes(actor: Actor) -> Select[Programme]:
    """Select the programmes of the actor's institution, or those all their roles are narrowed to; of none, none."""
    if actor.institution_id is None:
        return select(Programme).where(false())
    programmes = select(Programme).where(Programme.institution_id == actor.institution_id)
    if actor.seen_programme_ids is None:
        return programmes
    return programmes.where(Programme.id.in_(actor.seen_programme_ids))


def visible_students(actor: Actor) -> Select[Student]:
    """Select the students an actor may see: an office all, a coordinator those they act for, a student themself.

    Who is neither sees none, so that a role that is added later begins with nothing.
    """
    if actor.institution_id is None:
        return select(Student).where(false())
    students = select(Student).where(Student.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL_STUDENTS:
        return students
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.college_ids:
        of_colleges = select(Programme.id).where(
            Programme.institution_id == actor.institution_id, Programme.college_id.in_(actor.college_ids)
        )
        bounds.append(Student.programme_id.in_(of_colleges))
    if actor.programme_ids:
        bounds.append(Student.programme_id.in_(actor.programme_ids))
    if actor.student_id is not None:
        bounds.append(Student.id == actor.student_id)
    return students.where(or_(*bounds))


async def get_student(session: AsyncSession, actor: Actor, student_id: UUID) -> Student:
    """Read one student the actor may see."""
    return await lookups.get_one(
        session, visible_students(actor).where(Student.id == student_id), what="student", zh="学生"
    )


async def get_document(session: AsyncSession, student: Student) -> IdentityDocument:
    """Read the identity document of a student the actor may see."""
    statement = select(IdentityDocument).where(
        IdentityDocument.institution_id == student.institution_id, IdentityDocument.id == student.identity_document_id
    )
    return (await session.scalars(statement)).one()


async def get_programme(session: AsyncSession, actor: Actor, programme_id: UUID) -> Programme:
    """Read one programme the actor may see."""
    return await lookups.get_one(
        session, visible_programmes(actor).where(Programme.id == programme_id), what="programme", zh="专业"
    )


async def list_programmes(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    is_pilot: bool | None,
    text: str | None,
    wish: PageWish,
) -> tuple[Sequence[Programme], str | None]:
    """List visible programmes by code."""
    statement = visible_programmes(actor)
    if college_id is not None:
        statement = statement.where(Programme.college_id == college_id)
    if is_pilot is not None:
        statement = statement.where(Programme.is_pilot == is_pilot)
    if text:
        statement = statement.where(Programme.name.contains(text, autoescape=True))
    return await page_of(session, statement, order=(Programme.code, Programme.id), wish=wish)


async def find_colleges_of(session: AsyncSession, programmes: Collection[Programme]) -> Mapping[UUID, College]:
    """Read the colleges of programmes of one institution, by their ids."""
    statement = select(College).where(
        College.institution_id.in_({programme.institution_id for programme in programmes}),
        College.id.in_({programme.college_id for programme in programmes}),
    )
    return {college.id: college for college in (await session.scalars(statement)).all()}


async def list_courses_of(session: AsyncSession, programme: Programme) -> Sequence[Course]:
    """List the courses of a programme by code."""
    statement = (
        select(Course)
        .where(Course.institution_id == programme.institution_id, Course.programme_id == programme.id)
        .order_by(Course.code)
    )
    return (await session.scalars(statement)).all()


_LOCK_PERSONS = """
SELECT count(*) FROM (
    SELECT FROM identity_documents
    WHERE institution_id = :institution_id AND id IN ({documents}) ORDER BY id FOR NO KEY UPDATE
) AS locked
"""


async def lock_persons(session: AsyncSession, *, documents: str, values: Mapping[str, object]) -> None:
    """Lock persons in one order, so that deeds on the same people follow one another and never wait in a ring.

    `documents` is a query of identity document ids; `values` binds its parameters, the institution among them.
    """
    await session.execute(text(_LOCK_PERSONS.format(documents=documents)), values)
