"""Finding consultations, their minutes and what follows from them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.guidance.models import (
    Consultation,
    ConsultationParty,
    ConsultationState,
    FollowUp,
    FollowUpState,
    MinuteEntry,
    OutsideParty,
)
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules import consultations as rules
from x_pilot_api.guidance.schemas.consultations import (
    ConsultationOut,
    ConsultationPartyOut,
    FollowUpOut,
    MinuteEntryOut,
)


async def list_consultations(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    party_id: UUID | None,
    state: ConsultationState | None,
    wish: PageWish,
) -> tuple[Sequence[Consultation], str | None]:
    """List visible consultations by their day."""
    statement = reach.visible_to(actor, Consultation)
    if college_id is not None:
        statement = statement.where(Consultation.college_id == college_id)
    if state is not None:
        statement = statement.where(Consultation.state == state)
    if party_id is not None:
        there = select(ConsultationParty.consultation_id).where(
            ConsultationParty.institution_id == actor.institution_id, ConsultationParty.party_id == party_id
        )
        statement = statement.where(Consultation.id.in_(there))
    return await page_of(session, statement, order=(Consultation.held_on, Consultation.id), wish=wish)


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(FollowUp.state.in_(rules.WAITING), FollowUp.due_on < today)


async def describe_consultations(
    session: AsyncSession, actor: Actor, rows: Sequence[Consultation], *, today: date
) -> list[ConsultationOut]:
    """Tell consultations of one institution, in a handful of statements however many they are."""
    ids = reach.ids_of(rows)
    parties = await _list_parties(session, actor, ids)
    entries = await list_entries(session, actor, ids)
    writers = await reach.name_people(session, {entry.written_by for entry in entries})
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    counted = await session.execute(
        select(
            FollowUp.consultation_id,
            func.count().label("all"),
            func.count().filter(FollowUp.state.in_(rules.WAITING)).label("open"),
            func.count().filter(_overdue(today)).label("overdue"),
        )
        .where(FollowUp.institution_id == actor.institution_id, FollowUp.consultation_id.in_(ids))
        .group_by(FollowUp.consultation_id)
    )
    numbers = {row[0]: (row[1], row[2], row[3]) for row in counted}
    told: list[ConsultationOut] = []
    for row in rows:
        every, still_open, overdue = numbers.get(row.id, (0, 0, 0))
        told.append(
            ConsultationOut(
                id=row.id,
                college_id=row.college_id,
                college_name=colleges.get(row.college_id),
                subject=row.subject,
                held_on=row.held_on,
                parties=parties.get(row.id, []),
                participants=row.participants,
                minutes=row.minutes,
                state=ConsultationState(row.state),
                entries=[_entry(it, writers) for it in entries if it.consultation_id == row.id],
                follow_ups=every,
                open_follow_ups=still_open,
                overdue_follow_ups=overdue,
                allowed_deeds=rules.consultation_deeds(actor, row),
            )
        )
    return told


async def _list_parties(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID]
) -> dict[UUID, list[ConsultationPartyOut]]:
    statement = (
        select(ConsultationParty.consultation_id, OutsideParty.id, OutsideParty.name, OutsideParty.kind)
        .join(
            OutsideParty,
            and_(
                OutsideParty.institution_id == ConsultationParty.institution_id,
                OutsideParty.id == ConsultationParty.party_id,
            ),
        )
        .where(ConsultationParty.institution_id == actor.institution_id, ConsultationParty.consultation_id.in_(ids))
        .order_by(OutsideParty.name)
    )
    found: dict[UUID, list[ConsultationPartyOut]] = {}
    for row in await session.execute(statement):
        one = ConsultationPartyOut(party_id=row.id, name=row.name, kind=row.kind)
        found.setdefault(row.consultation_id, []).append(one)
    return found


async def list_entries(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> Sequence[MinuteEntry]:
    """List what was signed off of some consultations, and what was added."""
    statement = (
        select(MinuteEntry)
        .where(MinuteEntry.institution_id == actor.institution_id, MinuteEntry.consultation_id.in_(ids))
        .order_by(MinuteEntry.consultation_id, MinuteEntry.number)
    )
    return (await session.scalars(statement)).all()


def _entry(entry: MinuteEntry, writers: dict[UUID | None, str]) -> MinuteEntryOut:
    return MinuteEntryOut(
        number=entry.number, body=entry.body, writer_name=writers[entry.written_by], written_at=entry.written_at
    )


async def get_follow_up(session: AsyncSession, actor: Actor, follow_up_id: UUID, *, lock: bool = False) -> FollowUp:
    """Read something visible that is to be done, locked when it is to be changed."""
    statement = reach.follow_ups_visible_to(actor).where(FollowUp.id == follow_up_id)
    return await lookups.get_one(session, statement, what="follow-up", zh="后续事项", lock=lock)


async def list_follow_ups(
    session: AsyncSession,
    actor: Actor,
    *,
    consultation_id: UUID | None,
    state: FollowUpState | None,
    mine: bool,
    overdue_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[FollowUp], str | None]:
    """List what is to be done, what is due first first."""
    statement = reach.follow_ups_visible_to(actor)
    if consultation_id is not None:
        statement = statement.where(FollowUp.consultation_id == consultation_id)
    if state is not None:
        statement = statement.where(FollowUp.state == state)
    if mine:
        statement = statement.where(FollowUp.owner_id == actor.id)
    if overdue_on is not None:
        statement = statement.where(_overdue(overdue_on))
    return await page_of(session, statement, order=(FollowUp.due_on, FollowUp.id), wish=wish)


async def describe_follow_ups(
    session: AsyncSession, actor: Actor, rows: Sequence[FollowUp], *, today: date
) -> list[FollowUpOut]:
    """Tell what is to be done after which consultation, and by whom."""
    statement = reach.visible_to(actor, Consultation).where(Consultation.id.in_({row.consultation_id for row in rows}))
    consultations = {row.id: row for row in (await session.scalars(statement)).all()}
    colleges = await reach.name_colleges(
        session, actor.institution_id, {each.college_id for each in consultations.values()}
    )
    people = await reach.name_people(session, {person for row in rows for person in (row.owner_id, row.checked_by)})
    return [
        FollowUpOut(
            id=row.id,
            consultation_id=row.consultation_id,
            consultation_subject=consultations[row.consultation_id].subject,
            college_id=consultations[row.consultation_id].college_id,
            college_name=colleges.get(consultations[row.consultation_id].college_id),
            task=row.task,
            owner_id=row.owner_id,
            owner_name=people[row.owner_id],
            due_on=row.due_on,
            is_overdue=rules.is_overdue(row, today=today),
            state=FollowUpState(row.state),
            result=row.result,
            comment=row.comment,
            checker_name=people.get(row.checked_by),
            allowed_deeds=rules.follow_up_deeds(actor, row, consultations[row.consultation_id]),
        )
        for row in rows
    ]
