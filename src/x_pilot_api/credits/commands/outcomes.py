"""Submitting outcomes, verifying them, and ending them before they count: one or ten thousand at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import outcome_staging
from x_pilot_api.credits.errors import NoRecognitionPolicy
from x_pilot_api.credits.models import RecognitionPolicy, SubmissionState
from x_pilot_api.credits.schemas import OutcomesDecidedOut, OutcomesIn, OutcomesSubmittedOut
from x_pilot_api.registry import queries as registry


async def policy_on(session: AsyncSession, *, institution_id: UUID, on: date) -> RecognitionPolicy:
    """Find the recognition policy in force on a day; without one nothing is recognised, nor guessed."""
    policy = await queries.find_recognition_policy(session, institution_id=institution_id, on=on)
    if policy is None:
        raise NoRecognitionPolicy(on=str(on))
    return policy


async def submit_outcomes(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: OutcomesIn, today: date
) -> OutcomesSubmittedOut:
    """Submit outcomes with their evidence: a student their own, a college its students'; all or none."""
    policy = await policy_on(session, institution_id=institution_id, on=today)
    student_ids = sorted({each.student_id for each in asked.outcomes})
    own = await queries.list_own_students(session, actor, student_ids=student_ids)
    values: dict[str, Any] = {"institution_id": institution_id}
    locked = values | {"own_student_ids": own}
    await registry.lock_persons(session, documents=rules.PERSONS_OF_STUDENTS, values=locked)
    await staging.empty(session, outcome_staging.STAGED)
    await session.execute(text(rules.SUBMITTED), locked | _columns(asked) | _said(policy))
    await staging.weigh(session, outcome_staging.STAGED, rows=len(asked.outcomes))
    await session.execute(text(rules.OUTCOME_GUARD), values | {"today": today})
    await outcome_staging.refuse_all_if_any(session, asked=len(asked.outcomes), pointer="outcomes")
    await session.execute(text(rules.STORE_SUBMISSIONS), values | {"actor_id": actor.id})
    ids = await outcome_staging.tell(session, actor, "submit", institution_id=institution_id)
    return OutcomesSubmittedOut(submitted=len(ids), outcome_ids=ids)


def _said(policy: RecognitionPolicy) -> dict[str, Any]:
    return {"policy_id": policy.id, "version": policy.version}


def _columns(asked: OutcomesIn) -> dict[str, Any]:
    documents = [each.document for each in asked.outcomes]
    return {
        "places": list(range(1, len(documents) + 1)),
        "student_ids": [each.student_id for each in asked.outcomes],
        "kinds": [each.kind for each in asked.outcomes],
        "grade_ids": [each.grade_id for each in asked.outcomes],
        "document_numbers": [each.number if each else None for each in documents],
        "issuers": [each.issuer if each else None for each in documents],
        "issued": [each.issued_on if each else None for each in documents],
        "digests": [each.digest if each else None for each in documents],
        "hours": [each.hours if each else None for each in documents],
        "reasons": [each.reason for each in asked.outcomes],
    }


async def verify_outcomes(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, outcome_ids: Sequence[UUID]
) -> OutcomesDecidedOut:
    """Verify outcomes for the students' college: the evidence was looked at and is what it says."""
    ids = list(dict.fromkeys(outcome_ids))
    own = await queries.list_verifiable(session, actor, institution_id=institution_id, ids=ids)
    await stage_due(session, institution_id=institution_id, ids=ids, own=own, deed="verify")
    values = {"institution_id": institution_id, "actor_id": actor.id}
    await session.execute(text(rules.VERIFY_SUBMISSIONS), values)
    await outcome_staging.tell(session, actor, "verify", institution_id=institution_id)
    return OutcomesDecidedOut(decided=len(ids), credit=0)


async def end_outcomes(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    outcome_ids: Sequence[UUID],
    deed: str,
    reason: str,
    document_number: str | None,
) -> OutcomesDecidedOut:
    """Refuse or withdraw outcomes that do not count yet."""
    ids = list(dict.fromkeys(outcome_ids))
    find = queries.list_withdrawable if deed == "withdraw" else queries.list_refusable
    own = await find(session, actor, institution_id=institution_id, ids=ids)
    await stage_due(session, institution_id=institution_id, ids=ids, own=own, deed=deed)
    await end_staged(session, institution_id=institution_id, state=rules.SUBMISSION.deeds[deed].target, reason=reason)
    await outcome_staging.tell(
        session, actor, deed, institution_id=institution_id, document_number=document_number, reason=reason
    )
    return OutcomesDecidedOut(decided=len(ids), credit=0)


async def lock(session: AsyncSession, *, institution_id: UUID, ids: Sequence[UUID]) -> None:
    """Lock the persons, as whoever converts or corrects does, and then the outcomes themselves."""
    values = {"institution_id": institution_id, "outcome_ids": list(ids)}
    await registry.lock_persons(session, documents=rules.PERSONS_OF_SUBMISSIONS, values=values)
    await session.execute(text(rules.LOCK_SUBMISSIONS), values)
    await staging.empty(session, outcome_staging.STAGED)


async def stage_due(
    session: AsyncSession, *, institution_id: UUID, ids: Sequence[UUID], own: Sequence[UUID], deed: str
) -> None:
    """Lock and stage the outcomes a deed is about, and refuse the list if one is not at that step."""
    await lock(session, institution_id=institution_id, ids=ids)
    values = {
        "institution_id": institution_id,
        "outcome_ids": list(ids),
        "credits": [None] * len(ids),
        "own_ids": list(own),
        "deed": deed,
        "version": 0,
        "sources": sorted(rules.SUBMISSION.deeds[deed].sources),
    }
    await session.execute(text(rules.SUBMISSIONS_DUE), values)
    await outcome_staging.refuse_all_if_any(session, asked=len(ids), pointer="outcome_ids")
    await session.execute(text(rules.SUBMISSIONS_BECOME), {"state": rules.SUBMISSION.deeds[deed].target})


async def end_staged(session: AsyncSession, *, institution_id: UUID, state: str, reason: str) -> None:
    """End the staged outcomes that become so."""
    values = {"institution_id": institution_id, "state": SubmissionState(state), "now": clock.now(), "reason": reason}
    await session.execute(text(rules.END_SUBMISSIONS), values)
