"""Raising charges: once a plan's registrations are locked, all of them by the same few statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Table, Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.commands import booking
from x_pilot_api.charges.rules import raising as rules
from x_pilot_api.charges.schemas import ChargesRaisedOut, UnchargedOut
from x_pilot_api.core import audit, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.ledger import commands as ledger

STAGED: Table = staging.staging_table(
    "staged_charges",
    Column("charge_id", Uuid),
    Column("entry_id", Uuid),
    Column("registration_id", Uuid),
    Column("student_id", Uuid),
    Column("is_social", Boolean),
    Column("college_id", Uuid),
    Column("exam_plan_id", Uuid),
    Column("certificate_level_id", Uuid),
    Column("organisation_id", Uuid),
    Column("exam_form", Text),
    Column("fee_standard_id", Uuid),
    Column("amount_fen", BigInteger),
    Column("payer_rule_id", Uuid),
    Column("payer", Text),
    Column("is_guaranteed", Boolean),
    Column("relief_rule_id", Uuid),
    Column("relief_kind", Text),
    Column("relief_fen", BigInteger),
    Column("relief_document", Text),
    Column("relief_id", Uuid),
    Column("relief_entry_id", Uuid),
)

_SUMS = text("""
SELECT count(*) AS charges, coalesce(sum(amount_fen), 0) AS amount_fen, coalesce(sum(relief_fen), 0) AS relief_fen,
    count(*) FILTER (WHERE is_guaranteed) AS guaranteed
FROM staged_charges WHERE fee_standard_id IS NOT NULL
""")


@dataclass(frozen=True)
class Raise:
    """Whose charges are raised: a query of registrations with what they cost by, and what the deed is about."""

    wishes: str
    values: Mapping[str, object]
    object_kind: str
    object_id: UUID


async def raise_charges(session: AsyncSession, actor: Actor, *, institution_id: UUID, of: Raise) -> ChargesRaisedOut:
    """Raise what is not charged yet; a level without a published fee is told, and its registrations stay uncharged."""
    values = {**of.values, "institution_id": institution_id}
    # What others did to the attempts while this one waited for them is seen by the next statement.
    await session.execute(text(rules.LOCK.format(wishes=of.wishes)), values)
    await staging.empty(session, STAGED)
    await session.execute(text(rules.stage().format(wishes=of.wishes)), values)
    return await write_staged(session, actor, institution_id=institution_id, of=of, deed="raise_charges")


async def write_staged(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, of: Raise, deed: str
) -> ChargesRaisedOut:
    """Write the staged charges with their reliefs, and what they move in the book."""
    sums = (await session.execute(_SUMS)).one()
    uncharged = [
        UnchargedOut(
            certificate_level_id=row.certificate_level_id, exam_form=row.exam_form, registrations=row.registrations
        )
        for row in (await session.execute(text(rules.UNCHARGED))).all()
    ]
    if sums.charges:
        bound = {"institution_id": institution_id}
        accounts = await booking.find_accounts(session, actor, institution_id=institution_id)
        await db.write(session, text(rules.WRITE), bound)
        await session.execute(text(rules.WRITE_RELIEFS), bound | {"actor_id": actor.id})
        await ledger.begin_staging(session)
        named = {"kinds": list(accounts), "account_ids": list(accounts.values())}
        await session.execute(text(rules.TRANSFERS), named)
        await ledger.post_staged(session, actor, institution_id=institution_id, cause=of.object_id)
    told = ChargesRaisedOut(
        charges=sums.charges,
        amount_fen=int(sums.amount_fen),
        relief_fen=int(sums.relief_fen),
        guaranteed=sums.guaranteed,
        uncharged=uncharged,
    )
    await audit.record(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind=of.object_kind,
        object_id=of.object_id,
        detail=told.model_dump(mode="json"),
    )
    return told
