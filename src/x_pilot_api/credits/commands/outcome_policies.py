"""Loading what is recognised beside certificates, and how long credits last, version after version."""

from datetime import date
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.errors import PolicyCoursesUnknown, PolicyInPast
from x_pilot_api.credits.models import (
    ExpiryPolicy,
    ExpiryTerm,
    RecognitionLimit,
    RecognitionLine,
    RecognitionPolicy,
)
from x_pilot_api.credits.schemas import ExpiryPolicyIn, RecognitionPolicyIn


def _next(latest: RecognitionPolicy | ExpiryPolicy | None, *, effective_from: date, today: date) -> int:
    """Count on to the next version, which begins today or later and not before the one it follows."""
    earliest = max(today, latest.effective_from) if latest else today
    if effective_from < earliest:
        raise PolicyInPast(effective_from=str(effective_from), earliest=str(earliest))
    return latest.version + 1 if latest else 1


async def load_recognition_policy(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: RecognitionPolicyIn, today: date
) -> RecognitionPolicy:
    """Load the next version of what is recognised; what was recognised before stays as it was."""
    latest = await queries.find_latest_recognition_policy(session, institution_id)
    named = sorted({line.course_id for line in wish.lines if line.course_id is not None})
    unknown = await queries.list_unknown_courses(session, institution_id=institution_id, course_ids=named)
    if unknown:
        raise PolicyCoursesUnknown(count=len(unknown), courses=", ".join(map(str, unknown)))
    policy = RecognitionPolicy(
        institution_id=institution_id,
        version=_next(latest, effective_from=wish.effective_from, today=today),
        on_loss=wish.on_loss,
        document_number=wish.document_number,
        effective_from=wish.effective_from,
        loaded_by=actor.id,
    )
    session.add(policy)
    await session.flush()
    await session.refresh(policy)
    key = {"institution_id": institution_id, "policy_id": policy.id}
    lines = [
        key | {"number": number, "credit_hundredths": line.credit} | line.model_dump(exclude={"credit"})
        for number, line in enumerate(wish.lines, start=1)
    ]
    await session.execute(insert(RecognitionLine), lines)
    limits = [
        key | {"number": number, "kind": limit.kind, "credit_hundredths": limit.credit}
        for number, limit in enumerate(wish.limits, start=1)
    ]
    if limits:
        await session.execute(insert(RecognitionLimit), limits)
    await audit.record(
        session,
        actor,
        "load_recognition_policy",
        institution_id=institution_id,
        object_kind=rules.RECOGNITION_POLICY_KIND,
        object_id=policy.id,
        detail=wish.model_dump(mode="json") | {"version": policy.version},
    )
    return policy


async def load_expiry_policy(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: ExpiryPolicyIn, today: date
) -> ExpiryPolicy:
    """Load the next version of how long credits last; it holds for what is posted from its day on."""
    latest = await queries.find_latest_expiry_policy(session, institution_id)
    policy = ExpiryPolicy(
        institution_id=institution_id,
        version=_next(latest, effective_from=wish.effective_from, today=today),
        document_number=wish.document_number,
        effective_from=wish.effective_from,
        loaded_by=actor.id,
    )
    session.add(policy)
    await session.flush()
    await session.refresh(policy)
    terms = [{"institution_id": institution_id, "policy_id": policy.id} | term.model_dump() for term in wish.terms]
    if terms:
        await session.execute(insert(ExpiryTerm), terms)
    await audit.record(
        session,
        actor,
        "load_expiry_policy",
        institution_id=institution_id,
        object_kind="expiry_policy",
        object_id=policy.id,
        detail=wish.model_dump(mode="json") | {"version": policy.version},
    )
    return policy
