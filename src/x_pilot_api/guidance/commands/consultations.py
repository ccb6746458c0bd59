"""The deeds on a consultation: written, signed off for good, added to."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.guidance.models import Consultation, ConsultationParty, MinuteEntry
from x_pilot_api.guidance.queries import consultations as queries
from x_pilot_api.guidance.queries import parties, reach
from x_pilot_api.guidance.rules import consultations as rules
from x_pilot_api.guidance.rules.problems import check_held
from x_pilot_api.guidance.schemas.consultations import ConsultationIn


async def record_consultation(session: AsyncSession, actor: Actor, *, wish: ConsultationIn) -> Consultation:
    """Write a consultation down, held or planned; its minutes may follow."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    await parties.check_parties(session, actor, wish.party_ids)
    consultation = Consultation(
        **wish.model_dump(exclude={"party_ids"}),
        institution_id=institution_id,
        state=rules.CONSULTATION.initial,
        recorded_by=actor.id,
    )
    session.add(consultation)
    await session.flush()
    await _write_parties(session, consultation, wish)
    await _record(session, actor, "record_consultation", consultation, before=None)
    return consultation


async def change_consultation(
    session: AsyncSession,
    actor: Actor,
    *,
    consultation_id: UUID,
    wish: ConsultationIn,
    today: date,
    if_match: str | None,
) -> Consultation:
    """Write a consultation anew whose minutes are not signed off."""
    consultation = await reach.lock_own(session, actor, Consultation, consultation_id)
    (now,) = await queries.describe_consultations(session, actor, [consultation], today=today)
    etags.check(now, if_match=if_match)
    target = rules.CONSULTATION.target_of("change", state=consultation.state)
    await reach.check_college(session, actor, wish.college_id)
    await parties.check_parties(session, actor, wish.party_ids)
    before = _standing(consultation)
    for name, value in wish.model_dump(exclude={"party_ids"}).items():
        setattr(consultation, name, value)
    consultation.state = target
    await session.flush()
    await session.execute(
        delete(ConsultationParty).where(
            ConsultationParty.institution_id == consultation.institution_id,
            ConsultationParty.consultation_id == consultation.id,
        )
    )
    await _write_parties(session, consultation, wish)
    await _record(session, actor, "change_consultation", consultation, before=before)
    return consultation


async def sign_off(
    session: AsyncSession, actor: Actor, *, consultation_id: UUID, today: date, if_match: str | None
) -> Consultation:
    """Sign the minutes off as they were read, with all that is known of the meeting; from now on they only grow."""
    consultation = await reach.lock_own(session, actor, Consultation, consultation_id)
    (now,) = await queries.describe_consultations(session, actor, [consultation], today=today)
    etags.check(now, if_match=if_match)
    target = rules.CONSULTATION.target_of("sign_off", state=consultation.state)
    minutes = rules.check_minutes(consultation)
    check_held(consultation.held_on, today=today)
    before = _standing(consultation)
    consultation.state = target
    await session.flush()
    record = now.model_dump(mode="json", include={"subject", "held_on", "parties", "participants"})
    await _enter(session, actor, consultation, number=1, body=minutes, record=record)
    await _record(session, actor, "sign_off_consultation", consultation, before=before)
    return consultation


async def add_to_minutes(session: AsyncSession, actor: Actor, *, consultation_id: UUID, body: str) -> Consultation:
    """Add a further entry to minutes that were signed off."""
    consultation = await reach.lock_own(session, actor, Consultation, consultation_id)
    consultation.state = rules.CONSULTATION.target_of("add", state=consultation.state)
    entries = await queries.list_entries(session, actor, [consultation.id])
    number = len(entries) + 1
    await _enter(session, actor, consultation, number=number, body=body, record=None)
    await _record(session, actor, "add_to_consultation", consultation, before=_standing(consultation), number=number)
    return consultation


async def _enter(
    session: AsyncSession,
    actor: Actor,
    consultation: Consultation,
    *,
    number: int,
    body: str,
    record: JsonObject | None,
) -> None:
    session.add(
        MinuteEntry(
            institution_id=consultation.institution_id,
            consultation_id=consultation.id,
            number=number,
            body=body,
            record=record,
            written_by=actor.id,
        )
    )
    await session.flush()


async def _write_parties(session: AsyncSession, consultation: Consultation, wish: ConsultationIn) -> None:
    rows = [
        {"institution_id": consultation.institution_id, "consultation_id": consultation.id, "party_id": party_id}
        for party_id in wish.party_ids
    ]
    await session.execute(insert(ConsultationParty), rows)


def _standing(consultation: Consultation) -> audit.State:
    return changes.fields_of(consultation, "state", "subject", "held_on", "college_id")


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    consultation: Consultation,
    *,
    before: audit.State | None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=consultation.institution_id,
        object_kind=rules.CONSULTATION_KIND,
        object_id=consultation.id,
        detail=detail,
        before=before,
        after=_standing(consultation),
    )
