"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import text

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


@router.get("/readyz", dependencies=[public()])
async def check_readiness(session: Session) -> HealthOut:
    """Answer 200 while the database answers too, else 503."""
    await session.execute(text("SELECT 1"))
    return HealthOut(status="ok")
