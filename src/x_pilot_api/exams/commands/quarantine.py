"""Settling quarantined results: one person proposes, another decides, and neither is who pushed."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import placing, single
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.errors import QuarantineOver, ResultReviewOpen
from x_pilot_api.exams.models import Decision, Result, ResultReview, RowOutcome, Standing
from x_pilot_api.exams.schemas import ProposalIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.registry import queries as registry

# The person is locked as a push locks them, so that a newer revision comes before or after, never between.
_PERSON = """
SELECT candidate.identity_document_id FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
WHERE registration.institution_id = :institution_id AND registration.id = :registration_id
"""

_REJECT = text("""
UPDATE results SET standing = 'rejected'
WHERE institution_id = :institution_id AND id = :result_id AND standing = 'quarantined'
""")


async def propose_review(session: AsyncSession, actor: Actor, *, result_id: UUID, proposal: ProposalIn) -> ResultReview:
    """Propose what becomes of a quarantined result; asking the organisation needs nobody else."""
    result = await _lock_quarantined(session, actor, result_id)
    rules.check_other_person("propose", actor_id=actor.id, done=await queries.pushers_of(session, result))
    waiting = await queries.find_open_review(session, result)
    if waiting is not None:
        raise ResultReviewOpen(review_id=str(waiting.id))
    review = ResultReview(
        institution_id=result.institution_id,
        organisation_id=result.organisation_id,
        result_id=result.id,
        decision=proposal.decision,
        reason=proposal.reason,
        state=rules.FIRST_STATE[proposal.decision],
        proposed_by=actor.id,
    )
    session.add(review)
    await session.flush()
    await session.refresh(review)
    await _record(session, actor, "propose_result_review", review)
    if proposal.decision == Decision.ASK_ORGANISATION:
        code = {"code": result.quarantine_code}
        await _tell(session, actor, EventKind.RESULT_QUESTIONED, result, **code)
    return review


async def confirm_review(
    session: AsyncSession, actor: Actor, *, result_id: UUID, reason: str, bounds: Bounds
) -> ResultReview:
    """Confirm a proposal: our figures take effect as a push of the row would, or the revision is rejected."""
    # What a release pushes into is locked before the person, as every push does.
    await placing.lock_place(session, await queries.plan_of(session, await queries.get_sent(session, actor, result_id)))
    result, review = await _lock_review(session, actor, result_id, deed="confirm")
    if review.decision == Decision.CONFIRM_OURS:
        review.batch_id = await _release(session, actor, result=result, review=review, bounds=bounds)
        kind = EventKind.RESULT_RELEASED
    else:
        values = {"institution_id": result.institution_id, "result_id": result.id}
        if not await db.write(session, _REJECT, values):
            raise QuarantineOver(standing=Standing.SUPERSEDED.value)
        kind = EventKind.RESULT_REJECTED
    await _decide(session, actor, review, deed="confirm", reason=reason)
    await _tell(session, actor, kind, result)
    return review


async def decline_review(session: AsyncSession, actor: Actor, *, result_id: UUID, reason: str) -> ResultReview:
    """Decline a proposal; the result stays quarantined, and something else can be proposed."""
    _, review = await _lock_review(session, actor, result_id, deed="decline")
    await _decide(session, actor, review, deed="decline", reason=reason)
    return review


async def _lock_quarantined(session: AsyncSession, actor: Actor, result_id: UUID) -> Result:
    result = await queries.get_sent(session, actor, result_id)
    values = {"institution_id": result.institution_id, "registration_id": result.registration_id}
    await registry.lock_persons(session, documents=_PERSON, values=values)
    await session.refresh(result)
    if result.standing != Standing.QUARANTINED:
        raise QuarantineOver(standing=result.standing)
    return result


async def _lock_review(
    session: AsyncSession, actor: Actor, result_id: UUID, *, deed: str
) -> tuple[Result, ResultReview]:
    result = await _lock_quarantined(session, actor, result_id)
    review = await queries.find_open_review(session, result, lock=True)
    if review is None:
        raise DeedNotAllowed(workflow=rules.REVIEWS.name, state="-", deed=deed, sources=rules.REVIEWS.initial)
    done = {"propose": review.proposed_by, **await queries.pushers_of(session, result)}
    rules.check_other_person(deed, actor_id=actor.id, done=done)
    return result, review


async def _release(
    session: AsyncSession, actor: Actor, *, result: Result, review: ResultReview, bounds: Bounds
) -> UUID:
    plan = await queries.plan_of(session, result)
    body = {"released": [str(result.id)], "review_id": str(review.id)}
    push = Push(
        plan=plan,
        rows=[],
        body=json.dumps(body).encode(),
        atomic=False,
        validate_only=False,
        asked_by=review.proposed_by,
        released=[result.id],
    )
    await pushing.push_results(session, actor, push=push, bounds=bounds)
    (row,) = await pushing.row_outcomes(session, push, everything=True)
    if row.outcome not in {RowOutcome.ACCEPTED, RowOutcome.CORRECTED}:
        raise single.refusal_of(row)
    return push.batch_id


async def _decide(session: AsyncSession, actor: Actor, review: ResultReview, *, deed: str, reason: str) -> None:
    review.state = rules.REVIEWS.target_of(deed, state=review.state)
    review.decided_by, review.decided_at, review.decided_reason = actor.id, clock.now(), reason
    await session.flush()
    await _record(session, actor, f"{deed}_result_review", review)


async def _record(session: AsyncSession, actor: Actor, deed: str, review: ResultReview) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=review.institution_id,
        object_kind="result_review",
        object_id=review.id,
        detail={"result_id": str(review.result_id), "decision": review.decision, "state": review.state},
    )


async def _tell(session: AsyncSession, actor: Actor, kind: EventKind, result: Result, **more: Any) -> None:  # noqa: ANN401
    plan = await queries.plan_of(session, result)
    await outbox.announce(
        session,
        actor,
        institution_id=result.institution_id,
        organisation_id=result.organisation_id,
        kind=kind,
        object_kind="result",
        object_id=result.id,
        data={"exam_plan_id": plan.id, "org_result_id": result.org_result_id, "revision": result.revision} | more,
    )
