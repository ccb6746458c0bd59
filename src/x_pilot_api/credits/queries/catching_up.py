"""What certificates without a rule would bring by the rules of now."""

import hashlib
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import OutcomeReason
from x_pilot_api.credits.schemas import CatchUpIn, CatchUpOut, GainOut

_TOLD_MAX = 100
_GAINS = text(rules.GAINS.format(decision=rules.decision(rules.CATCHING_UP)))


def values_of(institution_id: UUID, wish: CatchUpIn) -> dict[str, Any]:
    """Bind what a catch-up run is about."""
    return {
        "institution_id": institution_id,
        "programme_id": wish.programme_id,
        "certificate_level_id": wish.certificate_level_id,
        "now": clock.now(),
    }


async def preview_catch_up(session: AsyncSession, *, institution_id: UUID, wish: CatchUpIn) -> CatchUpOut:
    """Tell who would gain what, and what stands for exactly that."""
    rows = (await session.execute(_GAINS, values_of(institution_id, wish))).all()
    lines = [f"{row.outcome_id} {row.mapping_id} {row.credit}" for row in rows]
    return CatchUpOut(
        certificates=len(rows),
        students=len({row.student_id for row in rows}),
        credit=sum(row.credit for row in rows),
        gains=[
            GainOut(
                outcome_id=row.outcome_id,
                student_id=row.student_id,
                award_id=row.award_id,
                certificate_level_id=row.certificate_level_id,
                mapping_id=row.mapping_id,
                credit=row.credit,
                is_pending=row.reason == OutcomeReason.DEPOSIT_PENDING,
            )
            for row in rows[:_TOLD_MAX]
        ],
        digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )
