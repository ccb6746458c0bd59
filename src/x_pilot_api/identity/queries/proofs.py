"""Reading second factors and password links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.identity.models import PasswordLink, RecoveryCode, SecondFactor


async def find_second_factor(session: AsyncSession, person_id: UUID) -> SecondFactor | None:
    """Find a person's second factor, in force or only begun."""
    return await session.get(SecondFactor, person_id)


async def lock_second_factor(session: AsyncSession, person_id: UUID) -> SecondFactor | None:
    """Lock a person's second factor, in force or only begun, so that a code is looked at by one request at a time."""
    statement = select(SecondFactor).where(SecondFactor.person_id == person_id)
    return (await session.scalars(statement.with_for_update().execution_options(populate_existing=True))).one_or_none()


async def count_recovery_codes(session: AsyncSession, person_id: UUID) -> int:
    """Count the recovery codes that are left."""
    left = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return (await session.execute(left)).scalar_one()


async def find_open_link(
    session: AsyncSession, token_hash: bytes, *, at: datetime, lock: bool = False
) -> PasswordLink | None:
    """Find a link that is still good, under a lock for whoever is going to use it."""
    statement = select(PasswordLink).where(
        PasswordLink.token_hash == token_hash, PasswordLink.ended_at.is_(None), PasswordLink.expires_at > at
    )
    return (await session.scalars(statement.with_for_update() if lock else statement)).one_or_none()
