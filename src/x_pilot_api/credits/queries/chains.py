"""Reading the chain that conversions go in an institution."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import ConversionPolicy
from x_pilot_api.identity.models import Institution


async def find_chain(session: AsyncSession, *, institution_id: UUID, on: date) -> rules.Chain:
    """Find the chain in force on a day; the full one holds where none was loaded."""
    statement = (
        select(ConversionPolicy)
        .where(ConversionPolicy.institution_id == institution_id, ConversionPolicy.effective_from <= on)
        .order_by(ConversionPolicy.version.desc())
        .limit(1)
    )
    policy = (await session.scalars(statement)).one_or_none()
    return rules.Chain() if policy is None else rules.Chain(policy.version, policy.steps, policy.on_loss)


async def let_nobody_load(session: AsyncSession, institution_id: UUID) -> None:
    """Let one deed at a time load a version of an institution's policies."""
    # Key share of others goes on: whoever refers to the institution is not held up.
    lock = select(Institution.id).where(Institution.id == institution_id).with_for_update(key_share=True)
    await session.execute(lock)


async def find_latest_policy(session: AsyncSession, institution_id: UUID) -> ConversionPolicy | None:
    """Find the version loaded last, whether it holds yet or not, and let nobody load another meanwhile."""
    await let_nobody_load(session, institution_id)
    statement = (
        select(ConversionPolicy)
        .where(ConversionPolicy.institution_id == institution_id)
        .order_by(ConversionPolicy.version.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_policies(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[ConversionPolicy], str | None]:
    """List the versions of the institution's chain, the oldest first."""
    statement = select(ConversionPolicy).where(ConversionPolicy.institution_id == actor.institution_id)
    return await page_of(session, statement, order=(ConversionPolicy.version,), wish=wish)
