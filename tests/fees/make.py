"""Ceilings and fee standards for tests."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core.row_security import act_within
from x_pilot_api.fees.models import FeeCeiling, FeeStandard
from x_pilot_api.fees.schemas import FeeCeilingIn, FeeStandardIn

DOCUMENT_NUMBER = "苏发改收费〔2025〕1号"


def ceiling_body(**changes: object) -> dict[str, Any]:
    """Write a ceiling of 500 yuan for computer exams, from 2026 on without an end."""
    body: dict[str, Any] = {
        "exam_form": "computer",
        "amount_fen": 50_000,
        "document_number": DOCUMENT_NUMBER,
        "issuing_body": "江苏省发展和改革委员会",
        "effective_from": "2026-01-01",
    }
    return body | changes


def standard_body(world: World, **changes: object) -> dict[str, Any]:
    """Write a fee of 415 yuan for the first organisation's intermediate level, through 2026."""
    body: dict[str, Any] = {
        "certificate_level_id": str(world.organisations[0].levels["2"]),
        "exam_form": "computer",
        "fee_fen": 41_500,
        "basis": "测算表第3版",
        "effective_from": "2026-01-01",
        "effective_to": "2027-01-01",
    }
    return body | changes


def ceiling_in(**changes: object) -> FeeCeilingIn:
    """Make the wish for a ceiling."""
    return FeeCeilingIn.model_validate(ceiling_body(**changes))


def standard_in(world: World, **changes: object) -> FeeStandardIn:
    """Make the wish for a fee standard."""
    return FeeStandardIn.model_validate(standard_body(world, **changes))


def ceiling_row(**changes: object) -> FeeCeiling:
    """Make a ceiling as the rules read it, without a database."""
    values = {"id": uuid4(), "level": None, "category": None, "effective_to": None}
    return FeeCeiling(**(values | ceiling_body(effective_from=date(2026, 1, 1)) | changes))


async def store_ceiling(session: AsyncSession, **changes: object) -> UUID:
    """Store a ceiling as one issued earlier."""
    values = ceiling_body(effective_from=date(2026, 1, 1)) | changes
    return (await session.execute(insert(FeeCeiling).values(**values).returning(FeeCeiling.id))).scalar_one()


def _publication(values: dict[str, Any]) -> dict[str, object]:
    """Say what a standard that was published has beside its fee; a superseded one was never in force unless said."""
    if values.get("state") not in {"published", "superseded"}:
        return {}
    ended_on = values["effective_from"] if values["state"] == "superseded" else None
    return {"published_by": uuid4(), "published_at": datetime(2025, 12, 1, tzinfo=UTC), "ended_on": ended_on}


async def store_standard(
    session: AsyncSession, world: World, *, ceiling_id: UUID, school: int = 0, **changes: object
) -> UUID:
    """Store a fee standard as one proposed earlier, under the ceiling of 500 yuan unless said otherwise."""
    days = {"effective_from": date(2026, 1, 1), "effective_to": date(2027, 1, 1)}
    await act_within(session, institution_id=world.schools[school].id)
    under = {"institution_id": world.schools[school].id, "ceiling_id": ceiling_id, "ceiling_fen": 50_000}
    values = standard_body(world) | days | under | changes
    values |= _publication(values) | changes
    organisation = (
        select(Certificate.organisation_id)
        .join(CertificateLevel, CertificateLevel.certificate_id == Certificate.id)
        .where(CertificateLevel.id == UUID(str(values["certificate_level_id"])))
    )
    values |= {"organisation_id": organisation.scalar_subquery()}
    return (await session.execute(insert(FeeStandard).values(**values).returning(FeeStandard.id))).scalar_one()
