"""Opening a year's collection for every pilot programme, and moving its end."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.programme_data import queries, rules
from x_pilot_api.programme_data.errors import RoundExists
from x_pilot_api.programme_data.models import CollectionRound
from x_pilot_api.programme_data.schemas import CollectionRoundIn

# A programme that joins the pilot later gets its form when the collection is extended or opened again.
_ASK_EACH = text("""
INSERT INTO programme_returns (institution_id, collection_round_id, programme_id, college_id, state)
SELECT :institution_id, :round_id, programme.id, programme.college_id, 'draft'
FROM programmes AS programme WHERE programme.institution_id = :institution_id AND programme.is_pilot
ON CONFLICT (institution_id, collection_round_id, programme_id) DO NOTHING
""")


async def open_round(session: AsyncSession, actor: Actor, *, wish: CollectionRoundIn) -> CollectionRound:
    """Open a year's collection; every pilot programme gets a form to fill in."""
    institution_id = actor.own_institution()
    made = await session.scalars(
        insert(CollectionRound)
        .values(**wish.model_dump(), institution_id=institution_id, state=rules.ROUND.initial)
        .on_conflict_do_nothing(index_elements=["institution_id", "academic_year"])
        .returning(CollectionRound)
    )
    round_ = made.one_or_none()
    if round_ is None:
        existing = await session.scalars(
            select(CollectionRound).where(
                CollectionRound.institution_id == institution_id,
                CollectionRound.academic_year == wish.academic_year,
            )
        )
        raise RoundExists(academic_year=wish.academic_year, round_id=str(existing.one().id))
    await _record(session, actor, "open_collection_round", round_, before=None, asked=await _ask(session, round_))
    return round_


async def extend_round(session: AsyncSession, actor: Actor, *, round_id: UUID, due_on: date) -> CollectionRound:
    """Move the day on which data are due; what was late by the old day stays late."""
    round_ = await queries.get_round(session, actor, round_id, lock=True)
    target = rules.ROUND.target_of("extend", state=round_.state)
    before = _standing(round_)
    round_.state, round_.due_on = target, due_on
    await session.flush()
    await _record(session, actor, "extend_collection_round", round_, before=before, asked=await _ask(session, round_))
    return round_


async def close_round(session: AsyncSession, actor: Actor, *, round_id: UUID) -> CollectionRound:
    """Take nothing more from the colleges."""
    return await _move(session, actor, "close", round_id=round_id)


async def reopen_round(session: AsyncSession, actor: Actor, *, round_id: UUID) -> CollectionRound:
    """Take data again."""
    return await _move(session, actor, "reopen", round_id=round_id)


async def _move(session: AsyncSession, actor: Actor, deed: str, *, round_id: UUID) -> CollectionRound:
    round_ = await queries.get_round(session, actor, round_id, lock=True)
    target = rules.ROUND.target_of(deed, state=round_.state)
    before = _standing(round_)
    round_.state = target
    await session.flush()
    asked = await _ask(session, round_) if deed == "reopen" else 0
    await _record(session, actor, f"{deed}_collection_round", round_, before=before, asked=asked)
    return round_


async def _ask(session: AsyncSession, round_: CollectionRound) -> int:
    return await db.write(session, _ASK_EACH, {"institution_id": round_.institution_id, "round_id": round_.id})


def _standing(round_: CollectionRound) -> audit.State:
    return changes.fields_of(round_, "state", "due_on", "title")


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    round_: CollectionRound,
    *,
    before: audit.State | None,
    asked: int,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=round_.institution_id,
        object_kind=rules.ROUND_KIND,
        object_id=round_.id,
        detail={"academic_year": round_.academic_year, "programmes_asked": asked},
        before=before,
        after=_standing(round_),
    )
