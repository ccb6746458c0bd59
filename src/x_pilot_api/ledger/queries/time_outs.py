"""Which pending transfers' time is over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.ledger.models import Transfer, TransferTimeOut


async def list_institutions_with_due_time_outs(session: AsyncSession, *, now: datetime) -> Sequence[UUID]:
    """List the institutions in which a pending transfer is over its time and has not ended yet."""
    ended = aliased(Transfer)
    has_ended = select(ended.id).where(
        ended.institution_id == TransferTimeOut.institution_id, ended.resolves_id == TransferTimeOut.id
    )
    found = select(TransferTimeOut.institution_id).where(TransferTimeOut.times_out_at <= now, ~has_ended.exists())
    return (await session.scalars(found.distinct().order_by(TransferTimeOut.institution_id))).all()
