"""Planning a session on the pilot, holding or cancelling it, and recording who took part."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, cast, delete, func, literal, null, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.pilot_sessions import queries, rules
from x_pilot_api.pilot_sessions.models import PilotSession, PilotSessionParticipant
from x_pilot_api.pilot_sessions.schemas import (
    PilotParticipantsIn,
    PilotSessionChange,
    PilotSessionIn,
)
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student, StudentStatus, Teacher


async def plan_session(session: AsyncSession, actor: Actor, *, wish: PilotSessionIn) -> PilotSession:
    """Plan a session for a college that the actor acts for."""
    college = await registry.get_own_college(session, actor, wish.college_id)
    planned = PilotSession(
        **wish.model_dump(),
        institution_id=college.institution_id,
        state=rules.WORKFLOW.initial,
        planned_by=actor.id,
    )
    session.add(planned)
    await session.flush()
    await _record(session, actor, "plan", planned, before=None)
    return planned


async def change_session(
    session: AsyncSession, actor: Actor, *, session_id: UUID, change: PilotSessionChange, if_match: str | None
) -> PilotSession:
    """Write a planned session anew, as it was read."""
    planned = await queries.get_session(session, actor, session_id, lock=True)
    (told,) = await queries.describe_sessions(session, actor, [planned])
    etags.check(told, if_match=if_match)
    rules.WORKFLOW.target_of("change", state=planned.state)
    rules.check_audience_of(planned, change.audience, students=told.students, teachers=told.teachers)
    before = _standing(planned)
    for name, value in change.model_dump().items():
        setattr(planned, name, value)
    await session.flush()
    await _record(session, actor, "change", planned, before=before)
    return planned


async def hold_session(session: AsyncSession, actor: Actor, *, session_id: UUID, today: date) -> PilotSession:
    """Say that a session took place; from then on it counts."""
    planned = await queries.get_session(session, actor, session_id, lock=True)
    target = rules.WORKFLOW.target_of("hold", state=planned.state)
    rules.check_held(planned, today=today)
    before = _standing(planned)
    planned.state = target
    await session.flush()
    await _record(session, actor, "hold", planned, before=before)
    return planned


async def cancel_session(session: AsyncSession, actor: Actor, *, session_id: UUID, reason: str) -> PilotSession:
    """Say that a session does not take place, and why."""
    planned = await queries.get_session(session, actor, session_id, lock=True)
    target = rules.WORKFLOW.target_of("cancel", state=planned.state)
    before = _standing(planned)
    planned.state, planned.cancel_reason = target, reason
    await session.flush()
    await _record(session, actor, "cancel", planned, before=before)
    return planned


async def record_participants(
    session: AsyncSession, actor: Actor, *, session_id: UUID, wish: PilotParticipantsIn
) -> tuple[PilotSession, int, int]:
    """Record who took part, however many in one statement; tell how many are new, and how many were there."""
    it = await queries.get_session(session, actor, session_id, lock=True)
    rules.check_records(it)
    students, teachers = _students(actor, wish), _teachers(actor, it, wish)
    named = set(wish.student_ids) | set(wish.teacher_ids)
    fit = select(func.count()).select_from(students.subquery()), select(func.count()).select_from(teachers.subquery())
    counts = (await session.scalar(fit[0]) or 0, await session.scalar(fit[1]) or 0)
    known = await _known(session, actor, wish)
    rules.check_audience(it, students=counts[0], teachers=counts[1], unknown=len(named) - known)
    everybody = students.union_all(teachers).subquery()
    rows = select(
        literal(it.institution_id, Uuid),
        literal(it.id, Uuid),
        everybody.c.student_id,
        everybody.c.teacher_id,
        literal(actor.id, Uuid),
    )
    into = ["institution_id", "session_id", "student_id", "teacher_id", "recorded_by"]
    added = await db.write(
        session,
        insert(PilotSessionParticipant)
        .from_select(into, rows)
        .on_conflict_do_nothing(constraint="pilot_session_participants_once_key"),
    )
    await _record(session, actor, "record_participants_of", it, before=None, added=added)
    return it, added, sum(counts) - added


def _students(actor: Actor, wish: PilotParticipantsIn) -> Select[Any, Any]:
    """Select the students named by id, class or programme, of those the actor may see."""
    named: list[ColumnElement[bool]] = [Student.id.in_(wish.student_ids)]
    enrolled = Student.status == StudentStatus.ENROLLED
    named.append(and_(Student.programme_id.in_(wish.programme_ids), enrolled))
    named += [
        and_(
            Student.programme_id == each.programme_id,
            Student.entry_year == each.entry_year,
            Student.class_name == each.class_name,
            enrolled,
        )
        for each in wish.classes
    ]
    return (
        registry.visible_students(actor)
        .where(or_(*named))
        .with_only_columns(Student.id.label("student_id"), cast(null(), Uuid).label("teacher_id"))
    )


def _teachers(actor: Actor, it: PilotSession, wish: PilotParticipantsIn) -> Select[Any, Any]:
    """Select the teachers named, and all of the session's college where they all took part."""
    named: list[ColumnElement[bool]] = [Teacher.id.in_(wish.teacher_ids)]
    if wish.all_teachers:
        named.append(and_(Teacher.college_id == it.college_id, Teacher.is_active.is_(True)))
    return (
        registry.visible_teachers(actor)
        .where(or_(*named))
        .with_only_columns(cast(null(), Uuid).label("student_id"), Teacher.id.label("teacher_id"))
    )


async def _known(session: AsyncSession, actor: Actor, wish: PilotParticipantsIn) -> int:
    """Count who is in the register of those named by id."""
    students = registry.visible_students(actor).where(Student.id.in_(wish.student_ids)).with_only_columns(Student.id)
    teachers = registry.visible_teachers(actor).where(Teacher.id.in_(wish.teacher_ids)).with_only_columns(Teacher.id)
    return len((await session.scalars(students)).all()) + len((await session.scalars(teachers)).all())


async def remove_participants(
    session: AsyncSession, actor: Actor, *, session_id: UUID, participant_ids: list[UUID]
) -> tuple[PilotSession, int]:
    """Take out who was recorded by mistake."""
    it = await queries.get_session(session, actor, session_id, lock=True)
    rules.check_records(it)
    removed = await db.write(
        session,
        delete(PilotSessionParticipant).where(
            PilotSessionParticipant.institution_id == it.institution_id,
            PilotSessionParticipant.session_id == it.id,
            PilotSessionParticipant.id.in_(participant_ids),
        ),
    )
    await _record(session, actor, "remove_participants_of", it, before=None, removed=removed)
    return it, removed


def _standing(it: PilotSession) -> audit.State:
    return changes.fields_of(it, "state", "held_on", "subject", "audience", "hours")


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    it: PilotSession,
    *,
    before: audit.State | None,
    **detail: int,
) -> None:
    await audit.record(
        session,
        actor,
        f"{deed}_pilot_session",
        institution_id=it.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=it.id,
        detail=dict(detail),
        before=before,
        after=None if detail else _standing(it),
    )
