"""Finding public notices of rules and the objections raised during them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import (
    Mapping,
    MappingNotice,
    MappingObjection,
    MappingState,
    ObjectionState,
    PolicyLimit,
)
from x_pilot_api.mappings.queries import limits
from x_pilot_api.mappings.schemas import NoticeOut, ObjectionOut

_READERS = frozenset({Role.REGISTRAR, Role.COORDINATOR, Role.AUDITOR})
"""Who reads every objection of their institution; anybody else reads their own."""

_KNOW_WHO = frozenset({Role.REGISTRAR, Role.AUDITOR})
"""To whom it is told who objected: colleges judge the objection alone."""

ON_SHOW = (MappingState.FILED,)
"""A notice comes down with its last day, or when its rule is published or withdrawn."""


@dataclass(frozen=True)
class Raised:
    """How many objections a notice has, and how many wait for an answer."""

    all: int
    waiting: int


def visible_notices(actor: Actor) -> Select[MappingNotice]:
    """Select the notices of the actor's institution."""
    if actor.institution_id is None:
        return select(MappingNotice).where(false())
    return select(MappingNotice).where(MappingNotice.institution_id == actor.institution_id)


async def get_notice(session: AsyncSession, actor: Actor, notice_id: UUID) -> MappingNotice:
    """Read one notice of the actor's institution."""
    return await lookups.get_one(
        session, visible_notices(actor).where(MappingNotice.id == notice_id), what="notice", zh="公示"
    )


async def find_notice(session: AsyncSession, mapping: Mapping) -> MappingNotice | None:
    """Find the notice of a rule, if it has one."""
    statement = select(MappingNotice).where(
        MappingNotice.institution_id == mapping.institution_id, MappingNotice.mapping_id == mapping.id
    )
    return (await session.scalars(statement)).one_or_none()


def visible_objections(actor: Actor) -> Select[MappingObjection]:
    """Select the objections an actor may read: all of the institution for its office, else their own."""
    if actor.institution_id is None:
        return select(MappingObjection).where(false())
    own = select(MappingObjection).where(MappingObjection.institution_id == actor.institution_id)
    return own if actor.roles & _READERS else own.where(MappingObjection.raised_by == actor.id)


async def list_objections(
    session: AsyncSession, actor: Actor, notice: MappingNotice, *, wish: PageWish
) -> tuple[Sequence[MappingObjection], str | None]:
    """List the objections of a notice that the actor may read, the oldest first."""
    statement = visible_objections(actor).where(MappingObjection.notice_id == notice.id)
    return await page_of(session, statement, order=(MappingObjection.id,), wish=wish)


async def lock_objection(session: AsyncSession, actor: Actor, objection_id: UUID) -> MappingObjection:
    """Lock one objection the actor may read, as it is now."""
    statement = visible_objections(actor).where(MappingObjection.id == objection_id)
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return await lookups.get_one(session, locked, what="objection", zh="异议")


async def list_objection_states(session: AsyncSession, notice: MappingNotice) -> Sequence[str]:
    """List the states of a notice's objections."""
    statement = select(MappingObjection.state).where(
        MappingObjection.institution_id == notice.institution_id, MappingObjection.notice_id == notice.id
    )
    return (await session.scalars(statement)).all()


async def list_mappings_on_notice(
    session: AsyncSession, *, today: date, institution_id: UUID | None, wish: PageWish
) -> tuple[Sequence[Mapping], str | None]:
    """List the rules that are shown for objections today, in every institution."""
    statement = (
        select(Mapping)
        .join(
            MappingNotice,
            and_(MappingNotice.institution_id == Mapping.institution_id, MappingNotice.mapping_id == Mapping.id),
        )
        .where(Mapping.state.in_(ON_SHOW), MappingNotice.starts_on <= today, MappingNotice.ends_on >= today)
    )
    if institution_id is not None:
        statement = statement.where(Mapping.institution_id == institution_id)
    return await page_of(session, statement, order=(Mapping.institution_id, Mapping.id), wish=wish)


async def find_notices(session: AsyncSession, mappings: Sequence[Mapping]) -> dict[UUID, MappingNotice]:
    """Find the notices of rules, by the rule's id."""
    statement = select(MappingNotice).where(
        MappingNotice.institution_id.in_({mapping.institution_id for mapping in mappings}),
        MappingNotice.mapping_id.in_([mapping.id for mapping in mappings]),
    )
    return {notice.mapping_id: notice for notice in await session.scalars(statement)}


async def find_shown(
    session: AsyncSession, mappings: Sequence[Mapping], *, today: date
) -> dict[tuple[UUID, UUID], rules.Shown]:
    """Find what is known of the notices of rules, in three statements however many they are."""
    if not mappings:
        return {}
    notices = await find_notices(session, mappings)
    of_notices = select(MappingObjection.notice_id, MappingObjection.state).where(
        MappingObjection.institution_id.in_({notice.institution_id for notice in notices.values()}),
        MappingObjection.notice_id.in_([notice.id for notice in notices.values()]),
    )
    states: dict[UUID, list[str]] = {}
    for row in await session.execute(of_notices):
        states.setdefault(row.notice_id, []).append(row.state)
    in_force = await limits.find_limits(session, {mapping.institution_id for mapping in mappings}, on=today)
    return {
        (it.institution_id, it.id): rules.Shown(
            notice,
            states.get(notice.id, []) if notice else [],
            [limit for limit in in_force if limit.institution_id == it.institution_id and _concerns(limit, it)],
        )
        for it in mappings
        for notice in (notices.get(it.id),)
    }


def _concerns(limit: PolicyLimit, mapping: Mapping) -> bool:
    return limit.certificate_level_id in {None, mapping.certificate_level_id}


async def tell_notice(session: AsyncSession, notice: MappingNotice, state: str, *, today: date) -> NoticeOut:
    """Tell of a notice with its count of objections."""
    statement = select(func.count(), func.count().filter(MappingObjection.state == ObjectionState.RAISED)).where(
        MappingObjection.institution_id == notice.institution_id, MappingObjection.notice_id == notice.id
    )
    raised = Raised(*(await session.execute(statement)).one())
    return NoticeOut(
        id=notice.id,
        mapping_id=notice.mapping_id,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        is_on_show=state in ON_SHOW and rules.is_on_show(notice, today=today),
        objections=raised.all,
        objections_open=raised.waiting,
    )


def tell_objection(actor: Actor, objection: MappingObjection) -> ObjectionOut:
    """Tell of an objection and what the actor may do with it."""
    is_named = objection.raised_by == actor.id or bool(actor.roles & _KNOW_WHO)
    return ObjectionOut(
        id=objection.id,
        notice_id=objection.notice_id,
        raised_by=objection.raised_by if is_named else None,
        raised_at=objection.raised_at,
        text=objection.text,
        state=ObjectionState(objection.state),
        answer=objection.answer,
        answered_at=objection.answered_at,
        allowed_deeds=rules.OBJECTIONS.allowed_deeds(actor, state=objection.state),
    )
