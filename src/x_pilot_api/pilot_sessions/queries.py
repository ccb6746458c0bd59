"""Finding sessions on the pilot: an office sees all of its institution, a coordinator their own college's."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, false, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.pilot_sessions import rules
from x_pilot_api.pilot_sessions.models import (
    PilotSession,
    PilotSessionAudience,
    PilotSessionMode,
    PilotSessionParticipant,
    PilotSessionState,
)
from x_pilot_api.pilot_sessions.schemas import (
    PilotMaterialOut,
    PilotParticipantOut,
    PilotSessionFiguresOut,
    PilotSessionOut,
)
from x_pilot_api.registry.models import College, Student, Teacher

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})

# Who took part anywhere in the institution counts for the college they belong to.
_FIGURES = text("""
WITH held AS (
    SELECT id, college_id, hours FROM pilot_sessions
    WHERE institution_id = :institution_id AND state = 'held' AND held_on BETWEEN :first_day AND :last_day
), pilot_students AS (
    SELECT student.id, programme.college_id FROM students AS student
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = student.programme_id AND programme.is_pilot
    WHERE student.institution_id = :institution_id AND student.status = 'enrolled'
), staff AS (
    SELECT id, college_id FROM teachers WHERE institution_id = :institution_id AND is_active
), took_part AS (
    SELECT part.session_id, part.student_id, part.teacher_id FROM pilot_session_participants AS part
    JOIN held ON held.id = part.session_id WHERE part.institution_id = :institution_id
)
SELECT college.id, college.name,
    (SELECT count(*) FROM held WHERE held.college_id = college.id) AS sessions,
    (SELECT coalesce(sum(held.hours), 0) FROM held WHERE held.college_id = college.id) AS hours,
    (SELECT count(*) FROM took_part JOIN held ON held.id = took_part.session_id
        WHERE held.college_id = college.id) AS attendances,
    (SELECT count(*) FROM pilot_students AS it WHERE it.college_id = college.id) AS students,
    (SELECT count(DISTINCT it.id) FROM pilot_students AS it JOIN took_part ON took_part.student_id = it.id
        WHERE it.college_id = college.id) AS students_reached,
    (SELECT count(*) FROM staff AS it WHERE it.college_id = college.id) AS teachers,
    (SELECT count(DISTINCT it.id) FROM staff AS it JOIN took_part ON took_part.teacher_id = it.id
        WHERE it.college_id = college.id) AS teachers_reached
FROM colleges AS college
WHERE college.institution_id = :institution_id AND (:every_college OR college.id = ANY (:college_ids))
ORDER BY college.code
""").bindparams(bindparam("college_ids", type_=ARRAY(Uuid)))


def visible_sessions(actor: Actor) -> Select[PilotSession]:
    """Select the sessions an actor may see."""
    if actor.institution_id is None:
        return select(PilotSession).where(false())
    own = select(PilotSession).where(PilotSession.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    return own.where(PilotSession.college_id.in_(actor.college_ids))


async def get_session(session: AsyncSession, actor: Actor, session_id: UUID, *, lock: bool = False) -> PilotSession:
    """Read one visible session, locked when it is to be changed."""
    statement = visible_sessions(actor).where(PilotSession.id == session_id)
    return await lookups.get_one(session, statement, what="pilot session", zh="试点培训", lock=lock)


async def list_sessions(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    state: PilotSessionState | None,
    academic_year: str | None,
    wish: PageWish,
) -> tuple[Sequence[PilotSession], str | None]:
    """List visible sessions by their day."""
    statement = visible_sessions(actor)
    if college_id is not None:
        statement = statement.where(PilotSession.college_id == college_id)
    if state is not None:
        statement = statement.where(PilotSession.state == state)
    if academic_year is not None:
        statement = statement.where(PilotSession.held_on.between(*rules.days_of(academic_year)))
    return await page_of(session, statement, order=(PilotSession.held_on, PilotSession.id), wish=wish)


async def describe_sessions(session: AsyncSession, actor: Actor, rows: Sequence[PilotSession]) -> list[PilotSessionOut]:
    """Tell sessions with their colleges and how many took part, in two statements however many they are."""
    if not rows:
        return []
    institution_id = rows[0].institution_id
    names = await session.execute(
        select(College.id, College.name).where(
            College.institution_id == institution_id, College.id.in_({each.college_id for each in rows})
        )
    )
    named = {row.id: row.name for row in names.all()}
    part = PilotSessionParticipant
    counts = await session.execute(
        select(part.session_id, func.count(part.student_id), func.count(part.teacher_id))
        .where(part.institution_id == institution_id, part.session_id.in_([each.id for each in rows]))
        .group_by(part.session_id)
    )
    counted = {session_id: (students, teachers) for session_id, students, teachers in counts.all()}
    return [
        PilotSessionOut(
            id=each.id,
            college_id=each.college_id,
            college_name=named[each.college_id],
            subject=each.subject,
            held_on=each.held_on,
            mode=PilotSessionMode(each.mode),
            place=each.place,
            audience=PilotSessionAudience(each.audience),
            speaker=each.speaker,
            hours=each.hours,
            materials=[PilotMaterialOut.model_validate(it) for it in each.materials],
            summary=each.summary,
            state=PilotSessionState(each.state),
            cancel_reason=each.cancel_reason,
            students=counted.get(each.id, (0, 0))[0],
            teachers=counted.get(each.id, (0, 0))[1],
            allowed_deeds=rules.WORKFLOW.allowed_deeds(actor, state=each.state),
        )
        for each in rows
    ]


async def list_participants(
    session: AsyncSession, it: PilotSession, *, wish: PageWish
) -> tuple[list[PilotParticipantOut], str | None]:
    """List who took part in a session, in the order they were recorded, with names and numbers."""
    part = PilotSessionParticipant
    mine = select(part).where(part.institution_id == it.institution_id, part.session_id == it.id)
    rows, token = await page_of(session, mine, order=(part.id,), wish=wish)
    within = part.institution_id
    named = (
        select(
            part.id,
            func.coalesce(Student.student_number, Teacher.staff_number).label("number"),
            func.coalesce(Student.name, Teacher.name).label("name"),
            func.coalesce(Student.class_name, College.name).label("unit"),
        )
        .outerjoin(Student, and_(Student.institution_id == within, Student.id == part.student_id))
        .outerjoin(Teacher, and_(Teacher.institution_id == within, Teacher.id == part.teacher_id))
        .outerjoin(College, and_(College.institution_id == within, College.id == Teacher.college_id))
        .where(within == it.institution_id, part.id.in_([row.id for row in rows]))
    )
    told = {row.id: row for row in (await session.execute(named)).all()}
    items = [
        PilotParticipantOut(
            id=row.id,
            student_id=row.student_id,
            teacher_id=row.teacher_id,
            number=told[row.id].number,
            name=told[row.id].name,
            unit=told[row.id].unit,
        )
        for row in rows
    ]
    return items, token


async def list_figures(session: AsyncSession, actor: Actor, *, academic_year: str) -> list[PilotSessionFiguresOut]:
    """Count each visible college's sessions of a year, and whom they reached."""
    first_day, last_day = rules.days_of(academic_year)
    return await count_between(session, actor, academic_year=academic_year, first_day=first_day, last_day=last_day)


async def count_between(
    session: AsyncSession, actor: Actor, *, academic_year: str, first_day: date, last_day: date
) -> list[PilotSessionFiguresOut]:
    """Count each visible college's sessions held within some days, for reports whose period is not a year."""
    if actor.institution_id is None:
        return []
    values = {
        "institution_id": actor.institution_id,
        "first_day": first_day,
        "last_day": last_day,
        "every_college": bool(actor.roles & _SEE_ALL),
        "college_ids": sorted(actor.college_ids),
    }
    return [
        PilotSessionFiguresOut(
            college_id=row.id,
            college_name=row.name,
            academic_year=academic_year,
            sessions=row.sessions,
            hours=row.hours,
            attendances=row.attendances,
            students_reached=row.students_reached,
            students=row.students,
            students_percent=rules.percent(row.students_reached, row.students),
            teachers_reached=row.teachers_reached,
            teachers=row.teachers,
            teachers_percent=rules.percent(row.teachers_reached, row.teachers),
        )
        for row in (await session.execute(_FIGURES, values)).all()
    ]
