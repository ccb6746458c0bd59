"""Reading what is recognised beside certificates, and how long credits last."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.credits.models import (
    EvidenceKind,
    ExpiryPolicy,
    ExpiryTerm,
    OnLoss,
    RecognitionLimit,
    RecognitionLine,
    RecognitionPolicy,
)
from x_pilot_api.credits.queries import chains
from x_pilot_api.credits.schemas import (
    ExpiryPolicyOut,
    ExpiryTermOut,
    RecognitionLimitOut,
    RecognitionLineOut,
    RecognitionPolicyOut,
)
from x_pilot_api.registry.models import Course

Policy = TypeVar("Policy", RecognitionPolicy, ExpiryPolicy)


async def find_recognition_policy(session: AsyncSession, *, institution_id: UUID, on: date) -> RecognitionPolicy | None:
    """Find the recognition policy in force on a day; None where none was loaded or has begun."""
    statement = (
        select(RecognitionPolicy)
        .where(RecognitionPolicy.institution_id == institution_id, RecognitionPolicy.effective_from <= on)
        .order_by(RecognitionPolicy.version.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def _find_latest(session: AsyncSession, table: type[Policy], institution_id: UUID) -> Policy | None:
    await chains.let_nobody_load(session, institution_id)
    statement = select(table).where(table.institution_id == institution_id).order_by(table.version.desc()).limit(1)
    return (await session.scalars(statement)).one_or_none()


async def find_latest_recognition_policy(session: AsyncSession, institution_id: UUID) -> RecognitionPolicy | None:
    """Find the version loaded last, and let nobody load another meanwhile."""
    return await _find_latest(session, RecognitionPolicy, institution_id)


async def find_latest_expiry_policy(session: AsyncSession, institution_id: UUID) -> ExpiryPolicy | None:
    """Find the version loaded last, and let nobody load another meanwhile."""
    return await _find_latest(session, ExpiryPolicy, institution_id)


async def list_unknown_courses(
    session: AsyncSession, *, institution_id: UUID, course_ids: Sequence[UUID]
) -> list[UUID]:
    """List those of the courses named that the institution does not have."""
    statement = select(Course.id).where(Course.institution_id == institution_id, Course.id.in_(course_ids))
    return sorted(set(course_ids) - set((await session.scalars(statement)).all()))


async def list_recognition_policies(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[RecognitionPolicy], str | None]:
    """List the versions of the institution's recognition policy, the oldest first."""
    statement = select(RecognitionPolicy).where(RecognitionPolicy.institution_id == actor.institution_id)
    return await page_of(session, statement, order=(RecognitionPolicy.version,), wish=wish)


async def list_expiry_policies(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[ExpiryPolicy], str | None]:
    """List the versions of the institution's expiry policy, the oldest first."""
    statement = select(ExpiryPolicy).where(ExpiryPolicy.institution_id == actor.institution_id)
    return await page_of(session, statement, order=(ExpiryPolicy.version,), wish=wish)


async def tell_recognition_policies(
    session: AsyncSession, policies: Sequence[RecognitionPolicy]
) -> list[RecognitionPolicyOut]:
    """Tell of versions of the recognition policy, each with its lines and limits."""
    ids = [policy.id for policy in policies]
    lines: defaultdict[UUID, list[RecognitionLine]] = defaultdict(list)
    for line in await session.scalars(
        select(RecognitionLine).where(RecognitionLine.policy_id.in_(ids)).order_by(RecognitionLine.number)
    ):
        lines[line.policy_id].append(line)
    limits: defaultdict[UUID, list[RecognitionLimit]] = defaultdict(list)
    for limit in await session.scalars(
        select(RecognitionLimit).where(RecognitionLimit.policy_id.in_(ids)).order_by(RecognitionLimit.number)
    ):
        limits[limit.policy_id].append(limit)
    return [_policy(policy, lines[policy.id], limits[policy.id]) for policy in policies]


def _policy(
    policy: RecognitionPolicy, lines: Sequence[RecognitionLine], limits: Sequence[RecognitionLimit]
) -> RecognitionPolicyOut:
    return RecognitionPolicyOut(
        id=policy.id,
        version=policy.version,
        lines=[
            RecognitionLineOut(
                number=line.number,
                kind=line.kind,
                evidence=EvidenceKind(line.evidence),
                course_id=line.course_id,
                least_grade=line.least_grade,
                issuer=line.issuer,
                least_hours=line.least_hours,
                credit=line.credit_hundredths,
            )
            for line in lines
        ],
        limits=[RecognitionLimitOut(kind=limit.kind, credit=limit.credit_hundredths) for limit in limits],
        on_loss=OnLoss(policy.on_loss),
        document_number=policy.document_number,
        effective_from=policy.effective_from,
        loaded_by=policy.loaded_by,
        recorded_at=policy.recorded_at,
    )


async def tell_expiry_policies(session: AsyncSession, policies: Sequence[ExpiryPolicy]) -> list[ExpiryPolicyOut]:
    """Tell of versions of the expiry policy, each with its terms."""
    found: defaultdict[UUID, list[ExpiryTerm]] = defaultdict(list)
    ids = [policy.id for policy in policies]
    for term in await session.scalars(
        select(ExpiryTerm).where(ExpiryTerm.policy_id.in_(ids)).order_by(ExpiryTerm.kind)
    ):
        found[term.policy_id].append(term)
    return [
        ExpiryPolicyOut(
            id=policy.id,
            version=policy.version,
            terms=[
                ExpiryTermOut(kind=term.kind, validity_months=term.validity_months, notice_days=term.notice_days)
                for term in found[policy.id]
            ],
            document_number=policy.document_number,
            effective_from=policy.effective_from,
            loaded_by=policy.loaded_by,
            recorded_at=policy.recorded_at,
        )
        for policy in policies
    ]
