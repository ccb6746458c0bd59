"""Finding programme data: an office sees all of its institution, a coordinator those they act for."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.programme_data.models import (
    CollectionRound,
    ProgrammeReturn,
    ProgrammeReturnLevel,
    ReturnState,
)

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


def visible_returns(actor: Actor) -> Select[ProgrammeReturn]:
    """Select the programme data an actor may see."""
    if actor.institution_id is None:
        return select(ProgrammeReturn).where(false())
    own = select(ProgrammeReturn).where(ProgrammeReturn.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.college_ids:
        bounds.append(ProgrammeReturn.college_id.in_(actor.college_ids))
    if actor.programme_ids:
        bounds.append(ProgrammeReturn.programme_id.in_(actor.programme_ids))
    return own.where(or_(*bounds))


async def get_return(session: AsyncSession, actor: Actor, return_id: UUID, *, lock: bool = False) -> ProgrammeReturn:
    """Read one programme's data, locked when they are to be changed."""
    statement = visible_returns(actor).where(ProgrammeReturn.id == return_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(session, statement, what="programme return", zh="专业数据填报")


async def get_round_of(session: AsyncSession, data: ProgrammeReturn, *, lock: bool = False) -> CollectionRound:
    """Read the collection data belong to; locked, it is not closed while data come in."""
    statement = select(CollectionRound).where(
        CollectionRound.institution_id == data.institution_id, CollectionRound.id == data.collection_round_id
    )
    if lock:
        statement = statement.with_for_update(read=True)
    return (await session.scalars(statement)).one()


async def list_returns(
    session: AsyncSession,
    actor: Actor,
    *,
    collection_round_id: UUID | None,
    college_id: UUID | None,
    state: ReturnState | None,
    is_late: bool | None,
    wish: PageWish,
) -> tuple[Sequence[ProgrammeReturn], str | None]:
    """List visible programme data, the oldest first."""
    statement = visible_returns(actor)
    for column, value in (
        (ProgrammeReturn.collection_round_id, collection_round_id),
        (ProgrammeReturn.college_id, college_id),
        (ProgrammeReturn.state, state),
        (ProgrammeReturn.is_late, is_late),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(ProgrammeReturn.id,), wish=wish)


async def list_levels(session: AsyncSession, data: ProgrammeReturn) -> Sequence[ProgrammeReturnLevel]:
    """List the levels a programme asks for."""
    statement = (
        select(ProgrammeReturnLevel)
        .where(
            ProgrammeReturnLevel.institution_id == data.institution_id,
            ProgrammeReturnLevel.programme_return_id == data.id,
        )
        .order_by(ProgrammeReturnLevel.certificate_level_id)
    )
    return (await session.scalars(statement)).all()


async def list_unknown_levels(session: AsyncSession, level_ids: Collection[UUID]) -> list[UUID]:
    """List which of some ids name no level of the catalogue."""
    found = await session.scalars(select(CertificateLevel.id).where(CertificateLevel.id.in_(level_ids)))
    return sorted(set(level_ids) - set(found.all()))
