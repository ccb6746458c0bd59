"""Recognising outcomes: awards in, credits in accounts, with the reason kept for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import rules
from x_pilot_api.credits.commands import expiring, telling, unwinding
from x_pilot_api.credits.models import OutcomeReason
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

RECOGNITION = "recognition"
"""The institution's account that recognised credits come from."""

AWARD_LOST = "award revoked"
HIGHER_LEVEL = "higher level counts"
"""Why conversions lose what they rest on."""

STAGED: Table = staging.staging_table(
    "staged_outcomes",
    Column("outcome_id", Uuid),
    Column("student_id", Uuid),
    Column("award_id", Uuid),
    Column("certificate_level_id", Uuid),
    Column("family", Text),
    Column("level", Text),
    Column("earned_on", Date),
    Column("due_at", DateTime(timezone=True)),
    Column("deposits", Integer),
    Column("ledger_account_id", Uuid),
    Column("mapping_id", Uuid),
    Column("rule_credit", BigInteger),
    Column("limit_code", Text),
    Column("limit_credit", BigInteger),
    Column("credit", BigInteger),
    Column("reason", Text),
    Column("displaces", Boolean),
    Column("entry_id", Uuid),
)


@dataclass(frozen=True)
class Moved:
    """What a deed did: outcomes by reason, deposits made and taken back, and the hundredths of those made."""

    outcomes: dict[str, int] = field(default_factory=dict[str, int])
    posted: int = 0
    pending: int = 0
    reversed: int = 0
    credit_posted: int = 0
    credit_pending: int = 0


_DECIDED = "fact.award_id IN (SELECT award_id FROM staged_outcomes)"
_LOCKED = "fact.id = ANY(CAST(:outcome_ids AS uuid[]))"

_REASONS = text(
    "SELECT reason, count(*) AS outcomes, sum(credit) AS credit, bool_or(displaces) AS displaces"
    " FROM staged_outcomes GROUP BY reason"
)


async def recognise_awards(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    cause: UUID,
    figures: Mapping[str, object] = MappingProxyType({}),
) -> Moved:
    """Recognise outcomes and deposit what the rules give; a lower level's deposit that gives way is taken back.

    `wishes` is a query of outcome_id, student_id, award_id, certificate_level_id, earned_on, due_at and deposits;
    `figures` binds its parameters.
    """
    values = {"institution_id": institution_id}
    await staging.empty(session, STAGED)
    await session.execute(text(rules.stage_decision(wishes)), {**figures, **values, "now": clock.now()})
    found = (await session.execute(_REASONS)).all()
    reasons = {str(row.reason): {"outcomes": int(row.outcomes), "credit": int(row.credit)} for row in found}
    if not reasons:
        return Moved()
    given_way = 0
    if any(reason["credit"] for reason in reasons.values()):
        displaces = any(row.displaces for row in found)
        given_way = await _deposit(session, actor, institution_id=institution_id, displaces=displaces, cause=cause)
    await session.execute(text(rules.WRITE), values)
    if any(reason["credit"] for reason in reasons.values()):
        # What is decided anew brought nothing before, or it would not be decided.
        await tallies.add(session, rules.OUTCOMES, institution_id=institution_id, rows=_DECIDED)
    await telling.tell_of_decided(session, institution_id=institution_id)
    await audit.record(
        session,
        actor,
        "recognise_awards",
        institution_id=institution_id,
        object_kind="learning_outcomes",
        object_id=cause,
        detail=dict(reasons),
    )
    nothing = {"outcomes": 0, "credit": 0}
    posted = reasons.get(OutcomeReason.DEPOSITED, nothing)
    pending = reasons.get(OutcomeReason.DEPOSIT_PENDING, nothing)
    return Moved(
        outcomes={reason: told["outcomes"] for reason, told in sorted(reasons.items())},
        posted=posted["outcomes"],
        pending=pending["outcomes"],
        reversed=given_way,
        credit_posted=posted["credit"],
        credit_pending=pending["credit"],
    )


async def _deposit(session: AsyncSession, actor: Actor, *, institution_id: UUID, displaces: bool, cause: UUID) -> int:
    """Move the decided credits, take back those of lower levels that give way, and tell how many did."""
    values = {"institution_id": institution_id}
    recognition_account_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.CREDIT, kind=RECOGNITION
    )
    if displaces:
        lower = f"SELECT lower.id {rules.GIVING_WAY}"
        await _let_go(session, actor, institution_id=institution_id, wishes=lower, cause=cause, reason=HIGHER_LEVEL)
    await ledger.begin_staging(session)
    if displaces:
        entries = f"SELECT DISTINCT ON (lower.entry_id) lower.entry_id, uuidv7(), 'give_way' {rules.GIVING_WAY}"
        await ledger.stage_reversals(session, values=values, wishes=entries)
    await session.execute(text(rules.DEPOSITS), values | {"recognition_account_id": recognition_account_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    if not displaces:
        return 0
    await tallies.take_away(
        session, rules.OUTCOMES, institution_id=institution_id, rows=f"fact.id IN (SELECT lower.id {rules.GIVING_WAY})"
    )
    return await db.write(session, text(rules.GIVE_WAY), values)


async def _let_go(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, cause: UUID, reason: str
) -> None:
    """Bring back to the account what outcomes that are lost gave away: to conversions, and to their expiry."""
    await unwinding.unwind_conversions(
        session, actor, institution_id=institution_id, wishes=wishes, cause=cause, reason=reason
    )
    await expiring.restore_expired(
        session, actor, institution_id=institution_id, wishes=wishes, of="learning_outcome_id", cause=cause
    )


async def withdraw_awards(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, awards: str, cause: UUID
) -> Moved:
    """Take back what revoked certificates brought, and let lower levels count again; `awards` is a query of ids."""
    values = {"institution_id": institution_id}
    lost = rules.REVOKED.format(awards=awards)
    await _let_go(
        session,
        actor,
        institution_id=institution_id,
        wishes=f"SELECT outcome.id {lost}",
        cause=cause,
        reason=AWARD_LOST,
    )
    await ledger.begin_staging(session)
    await ledger.stage_reversals(
        session,
        values=values,
        wishes=f"SELECT outcome.entry_id, uuidv7(), 'revoke' {lost} AND outcome.credit_hundredths > 0",
    )
    reversed_entries = await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    # Nothing is left of them to be added anew.
    await tallies.take_away(
        session, rules.OUTCOMES, institution_id=institution_id, rows=f"fact.id IN (SELECT outcome.id {lost})"
    )
    revoked = await db.write(
        session,
        text(
            "UPDATE learning_outcomes SET state = 'revoked', reason = 'award_revoked', credit_hundredths = 0"
            f" WHERE institution_id = :institution_id AND id IN (SELECT outcome.id {lost})"
        ),
        values,
    )
    await audit.record(
        session,
        actor,
        "withdraw_awards",
        institution_id=institution_id,
        object_kind="learning_outcomes",
        object_id=cause,
        detail={"outcomes": revoked, "reversed": reversed_entries},
    )
    again = Moved()
    if revoked:
        wishes = rules.AFTER_A_LOSS.format(awards=awards)
        again = await recognise_awards(session, actor, institution_id=institution_id, wishes=wishes, cause=cause)
    return replace(again, reversed=again.reversed + reversed_entries)


async def post_due_deposits(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> int:
    """Post the pending deposits whose objection window has ended."""
    due = {"institution_id": institution_id, "now": clock.now()}
    # A push that takes such a deposit back locks the person first, and so must this.
    await registry.lock_persons(session, documents=rules.PERSONS_OF_DUE, values=due)
    found = (await session.scalars(text(rules.LOCK_DUE), due)).all()
    # What becomes due while this runs is left for the next time: only what is locked is posted.
    values = {"institution_id": institution_id, "outcome_ids": list(found)}
    await ledger.begin_staging(session)
    await ledger.stage_postings(session, wishes=rules.POSTINGS, values=values)
    posted = await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    async with tallies.changing(
        session, rules.OUTCOMES, institution_id=institution_id, rows=_LOCKED, values={"outcome_ids": list(found)}
    ):
        await session.execute(text(rules.POSTED), values)
    await telling.tell_of_due(session, institution_id=institution_id, outcome_ids=found)
    await audit.record(
        session,
        actor,
        "post_due_deposits",
        institution_id=institution_id,
        object_kind="learning_outcomes",
        object_id=cause,
        detail={"posted": posted},
    )
    return posted
