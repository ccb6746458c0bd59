"""Reading machine clients."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.identity.models import MachineClient


async def find_client(session: AsyncSession, client_id: str) -> MachineClient | None:
    """Find a machine client that may still call."""
    statement = select(MachineClient).where(MachineClient.client_id == client_id, MachineClient.revoked_at.is_(None))
    return (await session.scalars(statement)).one_or_none()
