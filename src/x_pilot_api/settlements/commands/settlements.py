"""The deeds on settlements, from drawing one up to its payment."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import write
from x_pilot_api.exams import queries as exams
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.settlements import rules
from x_pilot_api.settlements.errors import NothingLocked, NothingToAdjust, PaidInFuture, SettlementOpen
from x_pilot_api.settlements.models import Settlement, SettlementState
from x_pilot_api.settlements.queries import settlements as queries
from x_pilot_api.settlements.queries import snapshot
from x_pilot_api.settlements.rules import WORKFLOW, Party
from x_pilot_api.settlements.schemas.settlements import SettlementPaymentIn

TAKE = text(f"""
INSERT INTO settlement_rows (institution_id, organisation_id, settlement_id, edition, registration_id, payer,
    certificate_level_id, college_id, admission_number, presence, guarantee_used, fee_standard_id, fee_fen,
    charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen, due_fen, before_fen)
{snapshot.ROWS}
""")

_UNCOUNTED: dict[str, Any] = dict.fromkeys(
    (
        *("candidates", "attended", "absent", "exempt", "guarantees_used"),
        *("charged_fen", "cancelled_fen", "waived_fen", "reduced_fen", "paid_fen", "refunded_fen"),
        *("before_fen", "due_fen"),
    ),
    0,
)
"""What a settlement says before its rows are there; nobody sees it so."""


async def draw_up_settlement(session: AsyncSession, actor: Actor, *, plan_id: UUID) -> Settlement:
    """Draw a plan's settlement up as of now: the first, or one that adjusts what both sides agreed to before."""
    # The plan is locked first, so that two are drawn up one after the other, and the second is refused.
    plan = await exams.get_plan(session, actor, plan_id, lock=True)
    latest = await queries.find_latest(session, plan)
    if latest is not None and latest.state in rules.OPEN:
        raise SettlementOpen(settlement_id=str(latest.id), number=latest.number, state=latest.state)
    values = _UNCOUNTED | {
        "institution_id": plan.institution_id,
        "organisation_id": plan.organisation_id,
        "exam_plan_id": plan.id,
        "number": latest.number + 1 if latest else 1,
        "adjusts_id": latest.id if latest else None,
        "state": WORKFLOW.initial,
        "as_of": clock.now(),
        "content_hash": "0" * 64,
    }
    made = (await session.scalars(insert(Settlement).values(values).returning(Settlement))).one()
    await _compute(session, made, edition=1)
    if made.candidates == 0:
        raise NothingLocked(plan_code=plan.code)
    if latest is not None and not await snapshot.has_changed(session, made, edition=1):
        raise NothingToAdjust(number=latest.number)
    await _record(session, actor, "draw_up_settlement", made)
    return made


async def _compute(session: AsyncSession, settlement: Settlement, *, edition: int) -> None:
    """Write an edition's rows as of now, and the totals and the hash over them."""
    as_of = clock.now()
    await write(session, TAKE, snapshot.bound_by(settlement, edition) | {"as_of": as_of})
    for name, value in (await snapshot.sum_up(session, settlement, edition=edition, as_of=as_of)).items():
        setattr(settlement, name, value)
    settlement.edition, settlement.as_of = edition, as_of
    await session.flush()


async def recompute_settlement(session: AsyncSession, actor: Actor, *, settlement_id: UUID) -> Settlement:
    """Compute a settlement anew that is not agreed to; what either side agreed to, and a dispute, are taken back."""
    settlement = await queries.lock_office_settlement(session, actor, settlement_id)
    target = WORKFLOW.target_of("recompute", state=settlement.state)
    was_shown = settlement.state != SettlementState.DRAFT
    before = state_of(settlement)
    settlement.state, settlement.dispute_reason = target, None
    settlement.institution_agreed_hash = settlement.institution_agreed_by = None
    settlement.organisation_agreed_hash = settlement.organisation_agreed_by = None
    await session.flush()
    await _compute(session, settlement, edition=settlement.edition + 1)
    if was_shown:
        await _announce(session, actor, settlement, "recompute")
    await _record(session, actor, "recompute_settlement", settlement, before=before)
    return settlement


async def propose_settlement(session: AsyncSession, actor: Actor, *, settlement_id: UUID) -> Settlement:
    """Show a settlement to the organisation, for both sides to agree to."""
    settlement = await queries.lock_office_settlement(session, actor, settlement_id)
    target = WORKFLOW.target_of("propose", state=settlement.state)
    before = state_of(settlement)
    settlement.state = target
    await session.flush()
    await _announce(session, actor, settlement, "propose")
    await _record(session, actor, "propose_settlement", settlement, before=before)
    return settlement


async def agree_settlement(
    session: AsyncSession, actor: Actor, *, settlement_id: UUID, content_hash: str
) -> Settlement:
    """Agree to a settlement for one side; agreeing again changes nothing, and the second side makes it agreed."""
    settlement = await queries.lock_settlement(session, actor, settlement_id)
    party = rules.check_agreement(actor, settlement, content_hash=content_hash)
    if rules.has_agreed(settlement, party):
        return settlement
    target = WORKFLOW.target_of("agree", state=settlement.state)
    before = state_of(settlement)
    if party is Party.INSTITUTION:
        settlement.institution_agreed_hash, settlement.institution_agreed_by = content_hash, actor.id
    else:
        settlement.organisation_agreed_hash, settlement.organisation_agreed_by = content_hash, actor.id
    if all(rules.has_agreed(settlement, each) for each in Party):
        settlement.state = target
    await session.flush()
    await _announce(session, actor, settlement, "agree")
    await _record(session, actor, "agree_settlement", settlement, before=before, party=party.value)
    return settlement


async def dispute_settlement(session: AsyncSession, actor: Actor, *, settlement_id: UUID, reason: str) -> Settlement:
    """Say for one side why a settlement is not agreed to."""
    settlement = await queries.lock_settlement(session, actor, settlement_id)
    target = WORKFLOW.target_of("dispute", state=settlement.state)
    before = state_of(settlement)
    settlement.state, settlement.dispute_reason = target, reason
    await session.flush()
    await _announce(session, actor, settlement, "dispute")
    party = rules.party_of(actor, settlement)
    await _record(session, actor, "dispute_settlement", settlement, before=before, party=party.value if party else "-")
    return settlement


async def settle_settlement(
    session: AsyncSession, actor: Actor, *, settlement_id: UUID, payment: SettlementPaymentIn, today: date
) -> Settlement:
    """Record the payment of what both sides agreed to, with its document."""
    settlement = await queries.lock_office_settlement(session, actor, settlement_id)
    target = WORKFLOW.target_of("settle", state=settlement.state)
    if payment.paid_on > today:
        raise PaidInFuture(paid_on=str(payment.paid_on), today=str(today))
    before = state_of(settlement)
    settlement.payment_document, settlement.paid_on = payment.document_number, payment.paid_on
    settlement.state = target
    await session.flush()
    await _announce(session, actor, settlement, "settle")
    await _record(session, actor, "settle_settlement", settlement, before=before)
    return settlement


_STATE = (
    *("state", "edition", "content_hash", "institution_agreed_hash", "organisation_agreed_hash"),
    *("candidates", "charged_fen", "due_fen", "payment_document", "paid_on"),
)
"""What deeds change in a settlement; of its rows the hash tells."""


def state_of(settlement: Settlement) -> dict[str, object]:
    """Take down how far a settlement is, for the record."""
    return changes.fields_of(settlement, *_STATE)


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    settlement: Settlement,
    *,
    before: dict[str, object] | None = None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=settlement.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=settlement.id,
        detail={"number": settlement.number, **detail},
        before=before,
        after=state_of(settlement),
    )


async def _announce(session: AsyncSession, actor: Actor, settlement: Settlement, deed: str) -> None:
    """Tell the organisation how far a settlement is."""
    await outbox.announce(
        session,
        actor,
        institution_id=settlement.institution_id,
        organisation_id=settlement.organisation_id,
        kind=EventKind.SETTLEMENT_CHANGED,
        object_kind=rules.AUDIT_KIND,
        object_id=settlement.id,
        data={
            "deed": deed,
            "exam_plan_id": settlement.exam_plan_id,
            "number": settlement.number,
            "state": settlement.state,
            "content_hash": settlement.content_hash,
            "due_fen": settlement.due_fen,
        },
    )
