"""Whether the process lives, whether it can serve, and what somebody should look at although it can."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Base, Reach, Session, about

router = APIRouter(tags=["health"])


class HealthWarning(Base):
    """Something that keeps nobody from being served and that somebody should look at, by the code it is told under."""

    __tablename__ = "health_warnings"
    __table_args__ = (about(Reach.LOCAL, server_set=("since",)),)

    code: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=text("now()"))


async def warn(session: AsyncSession, code: str) -> None:
    """Let readiness tell a warning, from the first time it is told until it is cleared."""
    await session.execute(insert(HealthWarning).values(code=code).on_conflict_do_nothing())


async def clear(session: AsyncSession, code: str) -> None:
    """Let readiness tell a warning no longer."""
    await session.execute(delete(HealthWarning).where(HealthWarning.code == code))


class HealthOut(BaseModel):
    """How the service is."""

    status: str = Field(examples=["ok"])


class ReadinessOut(HealthOut):
    """How the service is, and what somebody should look at."""

    warnings: list[str] = Field(
        description="Codes of what keeps nobody from being served: `log_verification_failed`",
        examples=[["log_verification_failed"]],
    )


@router.get("/healthz", dependencies=[public()])
async def check_health() -> HealthOut:
    """Answer while the process lives."""
    return HealthOut(status="ok")


@router.get("/readyz", dependencies=[public()])
async def check_readiness(session: Session) -> ReadinessOut:
    """Answer 200 while the database answers too, else 503; a warning does not turn it red."""
    warnings = (await session.scalars(select(HealthWarning.code).order_by(HealthWarning.code))).all()
    return ReadinessOut(status="ok", warnings=list(warnings))
