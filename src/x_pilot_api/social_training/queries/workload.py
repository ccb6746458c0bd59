"""Finding what teachers logged and the ratios it is converted by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, false, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.social_training import rules
from x_pilot_api.social_training.models import SocialClass, WorkloadRatio, WorkloadRecord, WorkloadState
from x_pilot_api.social_training.queries import reach
from x_pilot_api.social_training.schemas import WorkloadRatioOut, WorkloadRecordOut

_NO_END = date(9999, 12, 31)

_NAMED = text("""
SELECT record.id, class.title, class.college_id, college.name AS college_name, teacher.name AS teacher_name,
    teacher.staff_number, ratio.numerator, ratio.denominator,
    EXISTS (
        SELECT FROM workload_ratios AS standing WHERE standing.institution_id = record.institution_id
            AND daterange(standing.effective_from, standing.effective_to, '[]') @> record.worked_on) AS has_ratio
FROM workload_records AS record
JOIN social_classes AS class ON class.institution_id = record.institution_id AND class.id = record.social_class_id
JOIN colleges AS college ON college.institution_id = class.institution_id AND college.id = class.college_id
JOIN teachers AS teacher ON teacher.institution_id = record.institution_id AND teacher.id = record.teacher_id
LEFT JOIN workload_ratios AS ratio ON ratio.institution_id = record.institution_id AND ratio.id = record.ratio_id
WHERE record.institution_id = :institution_id AND record.id = ANY (:ids)
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


@dataclass(frozen=True)
class RecordFilters:
    """Which records a list shows."""

    social_class_id: UUID | None = None
    teacher_id: UUID | None = None
    college_id: UUID | None = None
    state: WorkloadState | None = None
    worked_from: date | None = None
    worked_to: date | None = None
    is_mine: bool | None = None


def _classes_of(actor: Actor) -> ColumnElement[bool]:
    """Say which records are of classes of the colleges an actor acts for."""
    own = select(SocialClass.id).where(
        SocialClass.institution_id == actor.institution_id, SocialClass.college_id.in_(reach.own_colleges(actor))
    )
    return WorkloadRecord.social_class_id.in_(own)


def visible_records(actor: Actor) -> Select[WorkloadRecord]:
    """Select the records an actor may see: an office all, a coordinator their classes', a teacher what they logged."""
    if actor.institution_id is None:
        return select(WorkloadRecord).where(false())
    own = select(WorkloadRecord).where(WorkloadRecord.institution_id == actor.institution_id)
    if actor.roles & reach.SEE_ALL:
        return own
    return own.where(or_(_classes_of(actor), WorkloadRecord.logged_by == actor.id))


async def get_record(
    session: AsyncSession,
    actor: Actor,
    record_id: UUID,
    *,
    lock: bool = False,
    to_decide: bool = False,
    of_own: bool = False,
) -> WorkloadRecord:
    """Read one visible record as it is now, or one the actor decides on or logged; locked when it is to be changed."""
    statement = visible_records(actor).where(WorkloadRecord.id == record_id)
    if to_decide and Role.REGISTRAR not in actor.roles:
        statement = statement.where(_classes_of(actor))
    if of_own:
        statement = statement.where(WorkloadRecord.logged_by == actor.id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="workload record", zh="工作量记录"
    )


async def lock_records(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> Sequence[WorkloadRecord]:
    """Lock those of some records that the actor decides on, in the order of their ids."""
    statement = visible_records(actor).where(WorkloadRecord.id.in_(ids))
    if Role.REGISTRAR not in actor.roles:
        statement = statement.where(_classes_of(actor))
    locked = statement.order_by(WorkloadRecord.id).with_for_update(key_share=True)
    return (await session.scalars(locked.execution_options(populate_existing=True))).all()


async def list_records(
    session: AsyncSession, actor: Actor, *, filters: RecordFilters, wish: PageWish
) -> tuple[Sequence[WorkloadRecord], str | None]:
    """List visible records, the oldest first."""
    statement = visible_records(actor)
    for column, value in (
        (WorkloadRecord.social_class_id, filters.social_class_id),
        (WorkloadRecord.teacher_id, filters.teacher_id),
        (WorkloadRecord.state, filters.state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if filters.college_id is not None:
        given = select(SocialClass.id).where(
            SocialClass.institution_id == actor.institution_id, SocialClass.college_id == filters.college_id
        )
        statement = statement.where(WorkloadRecord.social_class_id.in_(given))
    if filters.worked_from is not None:
        statement = statement.where(WorkloadRecord.worked_on >= filters.worked_from)
    if filters.worked_to is not None:
        statement = statement.where(WorkloadRecord.worked_on <= filters.worked_to)
    if filters.is_mine is not None:
        is_own = WorkloadRecord.logged_by == actor.id
        statement = statement.where(is_own if filters.is_mine else ~is_own)
    return await page_of(session, statement, order=(WorkloadRecord.id,), wish=wish)


async def describe_records(
    session: AsyncSession, actor: Actor, rows: Sequence[WorkloadRecord]
) -> list[WorkloadRecordOut]:
    """Tell records of one institution in one statement however many they are."""
    if not rows:
        return []
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows]}
    named = {row.id: row for row in (await session.execute(_NAMED, values)).all()}
    return [
        WorkloadRecordOut(
            id=row.id,
            social_class_id=row.social_class_id,
            class_title=named[row.id].title,
            college_id=named[row.id].college_id,
            college_name=named[row.id].college_name,
            teacher_id=row.teacher_id,
            teacher_name=named[row.id].teacher_name,
            staff_number=named[row.id].staff_number,
            worked_on=row.worked_on,
            hours_tenths=row.hours_tenths,
            what=row.what,
            state=WorkloadState(row.state),
            reason=row.reason,
            ratio=rules.ratio_written(named[row.id].numerator, named[row.id].denominator) if row.ratio_id else None,
            workload=row.workload_hundredths,
            verified_at=row.verified_at,
            reversal_reason=row.reversal_reason,
            reversed_at=row.reversed_at,
            has_ratio=named[row.id].has_ratio,
            allowed_deeds=rules.allowed_record_deeds(
                actor,
                row,
                decides=reach.acts_for(actor, named[row.id].college_id),
                has_ratio=named[row.id].has_ratio,
            ),
        )
        for row in rows
    ]


def _ratios_of(institution_id: UUID) -> Select[WorkloadRatio]:
    return select(WorkloadRatio).where(WorkloadRatio.institution_id == institution_id)


async def list_ratios(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[WorkloadRatio], str | None]:
    """List the ratios of the actor's institution by their first days."""
    if actor.institution_id is None:
        return [], None
    order = (WorkloadRatio.effective_from, WorkloadRatio.id)
    return await page_of(session, _ratios_of(actor.institution_id), order=order, wish=wish)


def describe_ratios(rows: Sequence[WorkloadRatio], *, today: date) -> list[WorkloadRatioOut]:
    """Tell ratios and whether they are in force."""
    return [
        WorkloadRatioOut(
            id=row.id,
            ratio=rules.ratio_written(row.numerator, row.denominator),
            numerator=row.numerator,
            denominator=row.denominator,
            document_number=row.document_number,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
            is_in_force=rules.ratio_on([row], today) is not None,
        )
        for row in rows
    ]


async def lock_ratios(
    session: AsyncSession, *, institution_id: UUID, first: date, last: date, share: bool
) -> Sequence[WorkloadRatio]:
    """Keep the ratios in force between two days as they are; not shared, nobody converts by them meanwhile."""
    statement = (
        _ratios_of(institution_id)
        .where(WorkloadRatio.effective_from <= last, func.coalesce(WorkloadRatio.effective_to, _NO_END) >= first)
        .order_by(WorkloadRatio.effective_from)
        .with_for_update(read=share, key_share=not share)
        .execution_options(populate_existing=True)
    )
    # Whoever waited here for a new ratio sees the one it ended no more, and the new one only in the next statement.
    await session.execute(statement)
    return (await session.scalars(statement)).all()


async def find_overlapping(
    session: AsyncSession, *, institution_id: UUID, first: date, last: date | None
) -> WorkloadRatio | None:
    """Find a ratio in force on one of some days."""
    statement = _ratios_of(institution_id).where(
        WorkloadRatio.effective_from <= (last or _NO_END),
        func.coalesce(WorkloadRatio.effective_to, _NO_END) >= first,
    )
    return (await session.scalars(statement.order_by(WorkloadRatio.effective_from).limit(1))).one_or_none()


async def count_used_after(session: AsyncSession, ratio: WorkloadRatio, day: date) -> tuple[int, date | None]:
    """Count what stands in the book by a ratio for work from a day on, and find the last such day."""
    statement = select(func.count(), func.max(WorkloadRecord.worked_on)).where(
        WorkloadRecord.institution_id == ratio.institution_id,
        WorkloadRecord.ratio_id == ratio.id,
        WorkloadRecord.state == WorkloadState.VERIFIED,
        WorkloadRecord.worked_on >= day,
    )
    count, last = (await session.execute(statement)).one()
    return count, last
