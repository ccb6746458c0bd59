"""Recognising outcomes: credits by the policy's lines, taken back by reversal, and what follows a revised grade."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import expiring, outcome_staging, outcomes
from x_pilot_api.credits.commands.recognition import RECOGNITION
from x_pilot_api.credits.models import OnLoss, SubmissionState
from x_pilot_api.credits.schemas import OutcomesDecidedOut, OutcomeSettlementIn, RecognitionIn
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import queries as registry

GRADE_REVISED = "grade revised"
"""Why an outcome lost what it rests on."""

_CREDIT = text("SELECT coalesce(sum(credit), 0)::bigint FROM staged_submissions")
_REVERSED = "SELECT outcome_id FROM staged_submissions WHERE became = 'reversed'"
_ANY = text("SELECT EXISTS (SELECT FROM staged_submissions)")


async def recognise_outcomes(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: RecognitionIn, today: date
) -> OutcomesDecidedOut:
    """Recognise verified outcomes by the policy in force today: each is weighed by the facts of now, all or none."""
    policy = await outcomes.policy_on(session, institution_id=institution_id, on=today)
    chosen = {each.outcome_id: each.credit for each in asked.outcomes}
    ids = list(chosen)
    own = await queries.list_decided_by_office(session, actor, institution_id=institution_id, ids=ids)
    await outcomes.lock(session, institution_id=institution_id, ids=ids)
    values: dict[str, Any] = {"institution_id": institution_id, "policy_id": policy.id, "version": policy.version}
    weighed = {
        "outcome_ids": ids,
        "credits": list(chosen.values()),
        "own_ids": own,
        "deed": "recognise",
        "sources": sorted(rules.SUBMISSION.deeds["recognise"].sources),
        "actor_id": actor.id,
    }
    await session.execute(text(rules.RECOGNISED), values | weighed)
    await staging.weigh(session, outcome_staging.STAGED, rows=len(ids))
    await session.execute(text(rules.OUTCOME_GUARD), {"institution_id": institution_id, "today": today})
    await session.execute(text(rules.OUTCOME_LIMITS), values | {"document_number": policy.document_number})
    await outcome_staging.refuse_all_if_any(session, asked=len(ids), pointer="outcomes")
    credit = await _deposit(session, actor, institution_id=institution_id)
    counted = {"institution_id": institution_id, "policy_id": policy.id, "actor_id": actor.id, "today": today}
    await session.execute(text(rules.COUNT_RECOGNISED), counted)
    await outcome_staging.tell(
        session,
        actor,
        "recognise",
        institution_id=institution_id,
        document_number=asked.document_number,
        reason=asked.reason,
    )
    return OutcomesDecidedOut(decided=len(ids), credit=credit)


async def _deposit(session: AsyncSession, actor: Actor, *, institution_id: UUID) -> int:
    recognition_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.CREDIT, kind=RECOGNITION
    )
    await ledger.begin_staging(session)
    await session.execute(text(rules.RECOGNITIONS), {"recognition_account_id": recognition_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=uuid4())
    return int((await session.execute(_CREDIT)).scalar_one())


async def settle_outcomes(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: OutcomeSettlementIn
) -> OutcomesDecidedOut:
    """Keep flagged outcomes by a document, or take recognised ones back by reversing what they brought."""
    deed = "keep" if asked.is_kept else "reverse"
    ids = list(dict.fromkeys(asked.outcome_ids))
    own = await queries.list_decided_by_office(session, actor, institution_id=institution_id, ids=ids)
    await outcomes.stage_due(session, institution_id=institution_id, ids=ids, own=own, deed=deed)
    credit = 0
    if deed == "keep":
        await session.execute(text(rules.KEEP_SUBMISSIONS), {"institution_id": institution_id})
    else:
        credit = int((await session.execute(_CREDIT)).scalar_one())
        await _reverse(session, actor, institution_id=institution_id, reason=asked.reason, cause=uuid4())
    await outcome_staging.tell(
        session,
        actor,
        deed,
        institution_id=institution_id,
        document_number=asked.document_number,
        reason=asked.reason,
    )
    return OutcomesDecidedOut(decided=len(ids), credit=credit)


async def _reverse(session: AsyncSession, actor: Actor, *, institution_id: UUID, reason: str, cause: UUID) -> None:
    """Take back what the staged outcomes that are lost brought; what ran out of it comes back first."""
    await expiring.restore_expired(
        session, actor, institution_id=institution_id, wishes=_REVERSED, of="submitted_outcome_id", cause=cause
    )
    await ledger.begin_staging(session)
    await ledger.stage_reversals(session, wishes=rules.OUTCOME_REVERSALS, values={"institution_id": institution_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    await outcomes.end_staged(session, institution_id=institution_id, state=SubmissionState.REVERSED, reason=reason)


async def follow_grades(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date, cause: UUID
) -> Sequence[UUID]:
    """Let recognised outcomes follow their grades: one revised below its line is flagged or taken back, as policy says.

    Asking again finds nothing. Named are those that were flagged or taken back.
    """
    policy = await queries.find_recognition_policy(session, institution_id=institution_id, on=today)
    values: dict[str, Any] = {"institution_id": institution_id}
    await registry.lock_persons(session, documents=rules.PERSONS_OF_REVISED, values=values)
    await staging.empty(session, outcome_staging.STAGED)
    on_loss = policy.on_loss if policy else OnLoss.FLAG
    await session.execute(text(rules.STAGE_REVISED), values | {"on_loss": on_loss})
    if not await session.scalar(_ANY):
        return []
    await session.execute(text(rules.SEE_REVISED), values | {"now": clock.now(), "reason": GRADE_REVISED})
    await session.execute(text(rules.FORGET_STANDING))
    if not await session.scalar(_ANY):
        return []
    await _reverse(session, actor, institution_id=institution_id, reason=GRADE_REVISED, cause=cause)
    return await outcome_staging.tell(session, actor, "lose", institution_id=institution_id, reason=GRADE_REVISED)
