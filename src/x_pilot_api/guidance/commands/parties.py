"""Keeping the register of outside parties, recording letters, mails and calls, and wishes for training."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.guidance.errors import PartyExists
from x_pilot_api.guidance.models import Correspondence, OutsideParty, TrainingDemand
from x_pilot_api.guidance.queries import parties as queries
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules import parties as rules
from x_pilot_api.guidance.rules.problems import check_held
from x_pilot_api.guidance.schemas.parties import CorrespondenceIn, OutsidePartyIn, TrainingDemandIn


async def enter_party(session: AsyncSession, actor: Actor, *, wish: OutsidePartyIn) -> OutsideParty:
    """Enter a party in the institution's register."""
    institution_id = actor.own_institution()
    made = await session.scalars(
        insert(OutsideParty)
        .values(**wish.model_dump(), institution_id=institution_id)
        .on_conflict_do_nothing()
        .returning(OutsideParty)
    )
    party = made.one_or_none()
    if party is None:
        raise PartyExists(name=wish.name)
    await _record(session, actor, "enter_outside_party", party, kind=rules.PARTY_KIND, before=None)
    return party


async def change_party(
    session: AsyncSession, actor: Actor, *, party_id: UUID, wish: OutsidePartyIn, today: date, if_match: str | None
) -> OutsideParty:
    """Write what is known of a party anew."""
    party = await queries.get_party(session, actor, party_id, lock=True)
    (now,) = await queries.describe_parties(session, actor, [party], today=today)
    etags.check(now, if_match=if_match)
    before = changes.fields_of(party)
    try:
        async with db.attempt(session):
            for name, value in wish.model_dump().items():
                setattr(party, name, value)
            await session.flush()
    except IntegrityError:
        raise PartyExists(name=wish.name) from None
    await _record(session, actor, "change_outside_party", party, kind=rules.PARTY_KIND, before=before)
    return party


async def record_correspondence(
    session: AsyncSession, actor: Actor, *, wish: CorrespondenceIn, today: date
) -> Correspondence:
    """Record a letter, mail or call; what it answers is answered by it."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    await queries.get_party(session, actor, wish.party_id)
    check_held(wish.sent_on, today=today)
    answered = None
    if wish.answers_id is not None:
        answered = await queries.lock_letter(session, actor, wish.answers_id, party_id=wish.party_id)
        rules.check_answer(answered, direction=wish.direction, sent_on=wish.sent_on)
    letter = Correspondence(
        **wish.model_dump(exclude={"answers_id"}), institution_id=institution_id, recorded_by=actor.id
    )
    session.add(letter)
    await session.flush()
    if answered is not None:
        answered.answered_by_id = letter.id
        await session.flush()
    await _record(
        session,
        actor,
        "record_correspondence",
        letter,
        kind=rules.CORRESPONDENCE_KIND,
        before=None,
        answers_id=str(answered.id) if answered else None,
    )
    return letter


async def record_demand(session: AsyncSession, actor: Actor, *, wish: TrainingDemandIn) -> TrainingDemand:
    """Record whom a party wants to have trained."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    await queries.get_party(session, actor, wish.party_id)
    await certificates.get_level(session, wish.certificate_level_id)
    demand = TrainingDemand(
        **wish.model_dump(), institution_id=institution_id, state=rules.DEMAND.initial, recorded_by=actor.id
    )
    session.add(demand)
    await session.flush()
    await _record(session, actor, "record_training_demand", demand, kind=rules.DEMAND_KIND, before=None)
    return demand


async def meet_demand(session: AsyncSession, actor: Actor, *, demand_id: UUID, met_by: str) -> TrainingDemand:
    """Say which class meets a wish for training."""
    return await _move(session, actor, "meet", demand_id=demand_id, met_by=met_by)


async def reopen_demand(session: AsyncSession, actor: Actor, *, demand_id: UUID) -> TrainingDemand:
    """Say that a wish for training is not met after all."""
    return await _move(session, actor, "reopen", demand_id=demand_id, met_by=None)


async def _move(
    session: AsyncSession, actor: Actor, deed: str, *, demand_id: UUID, met_by: str | None
) -> TrainingDemand:
    demand = await reach.lock_own(session, actor, TrainingDemand, demand_id)
    target = rules.DEMAND.target_of(deed, state=demand.state)
    before = changes.fields_of(demand)
    demand.state, demand.met_by = target, met_by
    await session.flush()
    await _record(session, actor, f"{deed}_training_demand", demand, kind=rules.DEMAND_KIND, before=before)
    return demand


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    row: OutsideParty | Correspondence | TrainingDemand,
    *,
    kind: str,
    before: audit.State | None,
    **detail: Any,  # noqa: ANN401 - figures
) -> None:
    # What was said in a letter stays in the letter.
    hidden = {"summary", "remark"}
    await audit.record(
        session,
        actor,
        deed,
        institution_id=row.institution_id,
        object_kind=kind,
        object_id=row.id,
        detail=detail,
        before={name: value for name, value in before.items() if name not in hidden} if before else None,
        after={name: value for name, value in changes.fields_of(row).items() if name not in hidden},
    )
