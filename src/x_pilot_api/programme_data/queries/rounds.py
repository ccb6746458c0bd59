"""Finding the yearly collections, and how far each college is in them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.programme_data import rules
from x_pilot_api.programme_data.models import CollectionRound, ReturnState, RoundState
from x_pilot_api.programme_data.queries import returns
from x_pilot_api.programme_data.schemas import CollectionRoundOut, CollegeProgressOut
from x_pilot_api.registry.models import College


def visible_rounds(actor: Actor) -> Select[CollectionRound]:
    """Select the collections of the actor's institution."""
    if actor.institution_id is None:
        return select(CollectionRound).where(false())
    return select(CollectionRound).where(CollectionRound.institution_id == actor.institution_id)


async def get_round(session: AsyncSession, actor: Actor, round_id: UUID, *, lock: bool = False) -> CollectionRound:
    """Read one visible collection, locked when it is to be changed."""
    statement = visible_rounds(actor).where(CollectionRound.id == round_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(session, statement, what="collection round", zh="填报批次")


async def list_rounds(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[CollectionRound], str | None]:
    """List visible collections, the oldest first."""
    return await page_of(session, visible_rounds(actor), order=(CollectionRound.id,), wish=wish)


async def describe_rounds(
    session: AsyncSession, actor: Actor, rounds: Sequence[CollectionRound], *, today: date
) -> list[CollectionRoundOut]:
    """Tell collections with how far each college is that the actor acts for, in one statement however many."""
    told: dict[UUID, list[CollegeProgressOut]] = {}
    seen = returns.visible_returns(actor).subquery()
    waiting = seen.c.state.in_([ReturnState.DRAFT, ReturnState.RETURNED])
    statement = (
        select(
            seen.c.collection_round_id,
            seen.c.college_id,
            College.name.label("college_name"),
            *(_count(seen.c.state == state).label(state.value) for state in ReturnState),
            _count(seen.c.is_late.is_(True)).label("late"),
            _count(and_(waiting, CollectionRound.due_on < today)).label("overdue"),
        )
        .join(College, and_(College.institution_id == seen.c.institution_id, College.id == seen.c.college_id))
        .join(
            CollectionRound,
            and_(
                CollectionRound.institution_id == seen.c.institution_id,
                CollectionRound.id == seen.c.collection_round_id,
            ),
        )
        .where(seen.c.collection_round_id.in_([each.id for each in rounds]))
        .group_by(seen.c.collection_round_id, seen.c.college_id, College.name, College.code)
        .order_by(College.code)
    )
    for row in (await session.execute(statement)).all():
        told.setdefault(row.collection_round_id, []).append(
            CollegeProgressOut.model_validate(row, from_attributes=True)
        )
    return [
        CollectionRoundOut(
            id=each.id,
            academic_year=each.academic_year,
            title=each.title,
            due_on=each.due_on,
            state=RoundState(each.state),
            colleges=told.get(each.id, []),
            allowed_deeds=rules.ROUND.allowed_deeds(actor, state=each.state),
        )
        for each in rounds
    ]


def _count(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(holds)
