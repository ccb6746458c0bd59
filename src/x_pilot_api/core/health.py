"""Whether the process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session

router = APIRouter(tags=["health"])


class HealthOut(BaseModel):
    """How the service is."""

    status: str = Field(examples=["ok"])


@router.get("/healthz", dependencies=[public()])
async def check_health() -> HealthOut:
    """Answer while the process lives."""
    return HealthOut(status="ok")


Check = Callable[[AsyncSession], Awaitable[None]]


async def _the_database_answers(session: AsyncSession) -> None:
    await session.execute(text("SELECT 1"))


CHECKS: list[Check] = [_the_database_answers]
"""What must hold for the service to be ready, in this order; one that does not hold refuses with what is wrong."""


@router.get("/readyz", dependencies=[public()])
async def check_readiness(session: Session) -> HealthOut:
    """Answer 200 while the database answers too, else 503."""
    for check in CHECKS:
        await check(session)
    return HealthOut(status="ok")
