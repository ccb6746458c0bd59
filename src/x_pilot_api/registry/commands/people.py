"""The deeds on one teacher and one student."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.registry import queries
from x_pilot_api.registry.commands import entering, rows, single, students
from x_pilot_api.registry.commands.entering import Bounds
from x_pilot_api.registry.commands.students import Desk
from x_pilot_api.registry.errors import PersonIsAnotherTeacher
from x_pilot_api.registry.models import Teacher
from x_pilot_api.registry.rules import STUDENT
from x_pilot_api.registry.schemas import (
    StudentChange,
    StudentIn,
    StudentMoveIn,
    StudentOut,
    TeacherChange,
    TeacherIn,
    TeacherOut,
)
from x_pilot_api.registry.schemas.rows import StudentRow, TeacherRow


async def _teacher(session: AsyncSession, actor: Actor, teacher_id: UUID) -> TeacherOut:
    teacher = await queries.get_teacher(session, actor, teacher_id)
    return TeacherOut.model_validate(teacher, from_attributes=True)


async def _code_of_college(session: AsyncSession, actor: Actor, college_id: UUID | None) -> str | None:
    return None if college_id is None else (await queries.get_own_college(session, actor, college_id)).code


async def create_teacher(session: AsyncSession, actor: Actor, *, wish: TeacherIn) -> TeacherOut:
    """Create a teacher of a college the actor acts for."""
    code = await _code_of_college(session, actor, wish.college_id)
    row = TeacherRow(staff_number=wish.staff_number, name=wish.name, college_code=code)
    made = single.only(await rows.enter_teachers(session, actor, bounds=Bounds.of(actor, creates=True), rows=[row]))
    return await _teacher(session, actor, made)


async def change_teacher(
    session: AsyncSession, actor: Actor, *, teacher_id: UUID, wish: TeacherChange, if_match: str | None
) -> TeacherOut:
    """Change a teacher that the caller has read as they are."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _teacher(session, actor, teacher_id), if_match=if_match)
    code = await _code_of_college(session, actor, wish.college_id)
    row = TeacherRow(id=teacher_id, college_code=code, **wish.model_dump(exclude={"college_id"}))
    single.only(await rows.enter_teachers(session, actor, bounds=bounds, rows=[row]))
    return await _teacher(session, actor, teacher_id)


async def link_teacher(session: AsyncSession, actor: Actor, *, teacher_id: UUID, person_id: UUID | None) -> TeacherOut:
    """Say who signs in as a teacher, or that nobody does."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    teacher = await queries.get_teacher(session, actor, teacher_id)
    if person_id is not None:
        if not await queries.is_teacher(session, institution_id=bounds.institution_id, person_id=person_id):
            raise NotFound(what="person", zh="人员")
        linked = select(Teacher.id).where(
            Teacher.institution_id == bounds.institution_id, Teacher.person_id == person_id, Teacher.id != teacher.id
        )
        other = await session.scalar(linked)
        if other is not None:
            raise PersonIsAnotherTeacher(teacher_id=str(other))
    before, teacher.person_id = teacher.person_id, person_id
    await session.flush()
    await audit.record(
        session,
        actor,
        "link_teacher",
        institution_id=bounds.institution_id,
        object_kind="teacher",
        object_id=teacher.id,
        before={"person_id": before},
        after={"person_id": person_id},
    )
    return await _teacher(session, actor, teacher_id)


async def remove_teacher(session: AsyncSession, actor: Actor, *, teacher_id: UUID, if_match: str | None) -> None:
    """Remove a teacher on whom nothing depends."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _teacher(session, actor, teacher_id), if_match=if_match)
    single.only(await rows.remove_teachers(session, actor, bounds=bounds, ids=[teacher_id]))


async def _student(session: AsyncSession, actor: Actor, student_id: UUID) -> StudentOut:
    student = await queries.get_fresh_student(session, actor, student_id)
    return (await queries.describe_students(session, actor, [student]))[0]


async def _code_of_programme(session: AsyncSession, actor: Actor, programme_id: UUID | None) -> str | None:
    return None if programme_id is None else (await queries.get_own_programme(session, actor, programme_id)).code


async def _enter(session: AsyncSession, actor: Actor, *, bounds: Bounds, row: dict[str, Any], desk: Desk) -> UUID:
    rows_ = [StudentRow.model_validate(row)]
    return single.only(await students.enter_students(session, actor, bounds=bounds, rows=rows_, desk=desk))


async def create_student(session: AsyncSession, actor: Actor, *, wish: StudentIn, desk: Desk) -> StudentOut:
    """Create a student of a programme the actor acts for, who is enrolled from today on."""
    code = await _code_of_programme(session, actor, wish.programme_id)
    row = wish.model_dump(exclude={"programme_id"}) | {"programme_code": code}
    made = await _enter(session, actor, bounds=Bounds.of(actor, creates=True), row=row, desk=desk)
    return await _student(session, actor, made)


async def change_student(
    session: AsyncSession, actor: Actor, *, student_id: UUID, wish: StudentChange, if_match: str | None, desk: Desk
) -> StudentOut:
    """Change a student that the caller has read as they are; another programme or entry year needs its reason."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _student(session, actor, student_id), if_match=if_match)
    code = await _code_of_programme(session, actor, wish.programme_id)
    row = wish.model_dump(exclude={"programme_id"}) | {"programme_code": code, "id": student_id}
    await _enter(session, actor, bounds=bounds, row=row, desk=desk)
    return await _student(session, actor, student_id)


async def move_student(
    session: AsyncSession, actor: Actor, *, student_id: UUID, wish: StudentMoveIn, desk: Desk
) -> StudentOut:
    """Change a student's status by one of the deeds there are."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    student = await _student(session, actor, student_id)
    if wish.deed not in STUDENT.deeds:
        raise NotFound(what="deed", zh="操作")
    target = STUDENT.target_of(wish.deed, state=student.status)
    row = {"id": student_id, "status": target, "reason": wish.reason, "effective_on": wish.effective_on}
    await _enter(session, actor, bounds=bounds, row=row, desk=desk)
    return await _student(session, actor, student_id)


async def remove_student(session: AsyncSession, actor: Actor, *, student_id: UUID, if_match: str | None) -> None:
    """Remove a student on whom nothing depends, with their document."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _student(session, actor, student_id), if_match=if_match)
    single.only(await rows.remove_students(session, actor, bounds=bounds, ids=[student_id]))
