"""What teachers log, change and withdraw, and what a college sends back to them."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries as registry
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import NotTheirClass, WorkloadDayLogged
from x_pilot_api.social_training.models import SocialClass, WorkloadRecord
from x_pilot_api.social_training.rules import WORKLOAD
from x_pilot_api.social_training.schemas import WorkloadRecordChange, WorkloadRecordIn


async def log_work(session: AsyncSession, actor: Actor, *, wish: WorkloadRecordIn, today: date) -> WorkloadRecord:
    """Log what the teacher that the actor is did for a class of theirs on a day."""
    teacher = await registry.get_own_teacher(session, actor)
    class_ = await queries.get_class(session, actor, wish.social_class_id, share=True)
    if not await queries.teaches(session, class_, teacher.id):
        raise NotTheirClass
    _check(class_, wish, today=today)
    made = await session.scalars(
        insert(WorkloadRecord)
        .values(
            institution_id=class_.institution_id,
            teacher_id=teacher.id,
            logged_by=actor.id,
            state=WORKLOAD.initial,
            **wish.model_dump(),
        )
        .on_conflict_do_nothing()
        .returning(WorkloadRecord)
    )
    record = made.one_or_none()
    if record is None:
        raise WorkloadDayLogged(worked_on=wish.worked_on.isoformat())
    await _record(session, actor, "log_work", record, before=None)
    return record


async def change_work(
    session: AsyncSession,
    actor: Actor,
    *,
    record_id: UUID,
    wish: WorkloadRecordChange,
    today: date,
    if_match: str | None,
) -> WorkloadRecord:
    """Write what was logged anew, as it was read; what was refused waits to be verified again."""
    record = await _own(session, actor, record_id)
    class_ = await queries.get_class(session, actor, record.social_class_id, share=True)
    (told,) = await queries.describe_records(session, actor, [record])
    etags.check(told, if_match=if_match)
    target, before = WORKLOAD.target_of("change", state=record.state), _standing(record)
    _check(class_, wish, today=today)
    record.worked_on, record.hours_tenths, record.what = wish.worked_on, wish.hours_tenths, wish.what
    record.state = target
    try:
        async with db.attempt(session):
            await session.flush()
    except IntegrityError:
        raise WorkloadDayLogged(worked_on=wish.worked_on.isoformat()) from None
    await _record(session, actor, "change_work", record, before=before)
    return record


async def withdraw_work(session: AsyncSession, actor: Actor, *, record_id: UUID) -> WorkloadRecord:
    """Take back what was logged and not verified."""
    record = await _own(session, actor, record_id)
    target, before = WORKLOAD.target_of("withdraw", state=record.state), _standing(record)
    record.state = target
    await session.flush()
    await _record(session, actor, "withdraw_work", record, before=before)
    return record


async def refuse_work(session: AsyncSession, actor: Actor, *, record_id: UUID, reason: str) -> WorkloadRecord:
    """Send what a teacher logged back to them with a reason."""
    record = await queries.get_record(session, actor, record_id, lock=True, to_decide=True)
    target, before = WORKLOAD.target_of("refuse", state=record.state), _standing(record)
    rules.check_second_person(actor, record)
    record.state, record.reason = target, reason
    await session.flush()
    await _record(session, actor, "refuse_work", record, before=before)
    return record


async def _own(session: AsyncSession, actor: Actor, record_id: UUID) -> WorkloadRecord:
    return await queries.get_record(session, actor, record_id, lock=True, of_own=True)


def _check(class_: SocialClass, wish: WorkloadRecordChange, *, today: date) -> None:
    rules.check_beside("log_workload", class_)
    rules.check_day(class_, wish.worked_on, today=today)


def _standing(record: WorkloadRecord) -> audit.State:
    return changes.fields_of(record, "state", "worked_on", "hours_tenths", "what", "reason")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, record: WorkloadRecord, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=record.institution_id,
        object_kind=rules.RECORD_KIND,
        object_id=record.id,
        detail={"social_class_id": str(record.social_class_id), "teacher_id": str(record.teacher_id)},
        before=before,
        after=_standing(record),
    )
