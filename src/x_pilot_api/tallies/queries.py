"""Reading sums, and proving them equal to what their facts come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.identity.models import Institution
from x_pilot_api.tallies import rules
from x_pilot_api.tallies.models import TallyDelta

TOLD_MAX = 100


@dataclass(frozen=True)
class Finding:
    """One place at which a sum is not what its facts come to."""

    institution_id: UUID
    measure: str
    unit_id: UUID | None
    stream_id: UUID | None
    subject_id: UUID | None
    period_on: date | None
    counted: int
    kept: int

    def __str__(self) -> str:
        """Tell the place and both figures in one line."""
        place = ", ".join(
            f"{name} {value}"
            for name in ("unit_id", "stream_id", "subject_id", "period_on")
            if (value := getattr(self, name)) is not None
        )
        return (
            f"institution {self.institution_id}: {self.measure} is kept as {self.kept} and counted as {self.counted}"
            f" at {place or 'no place'}"
        )


@dataclass(frozen=True)
class TallyReport:
    """What verifying one institution's sums found; without findings each is what its facts come to."""

    institution_id: UUID
    sums: int
    unfolded: int
    findings: Sequence[Finding]


_SIZE = text("""
SELECT (SELECT count(*) FROM tallies WHERE institution_id = :institution_id) AS sums,
    (SELECT count(*) FROM tally_deltas WHERE institution_id = :institution_id) AS unfolded
""")


async def verify_tallies(session: AsyncSession, *, institution_id: UUID) -> TallyReport:
    """Count all facts of an institution anew, and compare with what is kept."""
    values = {"institution_id": institution_id}
    size = (await session.execute(_SIZE, values)).one()
    question = f"{rules.differences(rules.known())} ORDER BY {rules.PLACE} LIMIT {TOLD_MAX}"
    rows = (await session.execute(text(question), values)).all()
    findings = [
        Finding(
            institution_id=institution_id,
            measure=row.measure,
            unit_id=row.unit_id,
            stream_id=row.stream_id,
            subject_id=row.subject_id,
            period_on=row.period_on,
            counted=row.counted,
            kept=row.kept,
        )
        for row in rows
    ]
    return TallyReport(institution_id, size.sums, size.unfolded, findings)


async def list_institutions(session: AsyncSession) -> Sequence[UUID]:
    """List all institutions."""
    return (await session.scalars(select(Institution.id).order_by(Institution.id))).all()


async def list_unfolded(session: AsyncSession) -> Sequence[UUID]:
    """List the institutions of which something is not folded yet."""
    statement = select(TallyDelta.institution_id).distinct().order_by(TallyDelta.institution_id)
    return (await session.scalars(statement)).all()
