"""Suspending the fee standards that new ceilings put in the wrong, in every institution."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.fees.commands import telling
from x_pilot_api.fees.rules import STANDARD_KIND
from x_pilot_api.fees.schemas import SuspendedStandardOut
from x_pilot_api.identity import queries as identity
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.commands import Announcement
from x_pilot_api.outbox.schemas import EventKind

# A day on which a more specific ceiling applies is none of the new ceiling's business; what is left after taking those
# days out of the days both periods share are the days it rules. A published fee stays in force until the first of them.
_SUSPEND = text("""
WITH wrong AS (
    SELECT standard.id, min(lower(ruled.days)) AS from_day,
        (array_agg(issued.id ORDER BY lower(ruled.days), issued.id))[1] AS ceiling_id,
        (array_agg(issued.amount_fen ORDER BY lower(ruled.days), issued.id))[1] AS ceiling_fen
    FROM fee_standards AS standard
    JOIN certificate_levels AS priced ON priced.id = standard.certificate_level_id
    JOIN fee_ceilings AS issued ON issued.exam_form = standard.exam_form
        AND (issued.level IS NULL OR issued.level = priced.level)
        AND (issued.category IS NULL OR issued.category = standard.category)
        AND standard.fee_fen > issued.amount_fen
    CROSS JOIN LATERAL (
        SELECT datemultirange(
                daterange(standard.effective_from, least(standard.effective_to, standard.ended_on))
                * daterange(issued.effective_from, issued.effective_to))
            - (SELECT coalesce(range_agg(daterange(other.effective_from, other.effective_to)), '{}')
                FROM fee_ceilings AS other
                WHERE other.exam_form = issued.exam_form
                    AND (other.level IS NULL OR other.level = priced.level)
                    AND (other.category IS NULL OR other.category = standard.category)
                    AND num_nonnulls(other.level, other.category) > num_nonnulls(issued.level, issued.category))
            AS days) AS ruled
    WHERE standard.institution_id = :institution_id AND issued.id = ANY(CAST(:ceiling_ids AS uuid[]))
        AND (standard.state IN ('proposed', 'agreed', 'approved') OR standard.published_at IS NOT NULL)
        AND NOT isempty(ruled.days)
    GROUP BY standard.id
)
UPDATE fee_standards AS standard
SET state = 'suspended', ended_on = CASE WHEN standard.published_at IS NOT NULL THEN wrong.from_day END
FROM wrong WHERE standard.institution_id = :institution_id AND standard.id = wrong.id
RETURNING standard.id, standard.institution_id, standard.organisation_id, standard.fee_fen, old.state AS was,
    new.state, standard.ended_on, wrong.ceiling_id, wrong.ceiling_fen
""")


async def suspend_standards(
    session: AsyncSession, actor: Actor, *, ceiling_ids: Sequence[UUID]
) -> list[SuspendedStandardOut]:
    """Suspend what new ceilings put in the wrong, institution by institution, each told in its own log."""
    suspended: list[SuspendedStandardOut] = []
    for institution_id in await identity.list_institution_ids(session):
        await act_for(session, actor, institution_id=institution_id)
        bound = {"ceiling_ids": list(ceiling_ids), "institution_id": institution_id}
        standards = sorted((await session.execute(_SUSPEND, bound)).all(), key=lambda row: row.id)
        if standards:
            await _tell(session, actor, institution_id, standards)
            suspended.extend(SuspendedStandardOut.model_validate(row, from_attributes=True) for row in standards)
    return suspended


async def _tell(session: AsyncSession, actor: Actor, institution_id: UUID, standards: Sequence[Row[Any]]) -> None:
    """Write each suspension down, announce them to the organisations, and tell the institution's people."""
    told = {
        row.id: audit.Told(
            {"ceiling_id": str(row.ceiling_id), "ceiling_fen": row.ceiling_fen, "fee_fen": row.fee_fen},
            before={"state": row.was},
            after={"state": row.state, "ended_on": row.ended_on},
        )
        for row in standards
    }
    await audit.record_each(
        session,
        actor,
        "suspend_fee_standard",
        institution_id=institution_id,
        object_kind=STANDARD_KIND,
        objects=told,
    )
    by_ceiling = Counter((row.organisation_id, row.ceiling_id, row.ceiling_fen) for row in standards)
    announcements = [
        Announcement(
            organisation_id,
            EventKind.FEE_STANDARDS_SUSPENDED,
            "fee_ceiling",
            ceiling_id,
            {"ceiling_fen": ceiling_fen, "standards": count},
        )
        for (organisation_id, ceiling_id, ceiling_fen), count in sorted(by_ceiling.items())
    ]
    await outbox.announce_each(session, actor, institution_id=institution_id, told=announcements)
    await telling.tell_of_suspension(
        session, institution_id=institution_id, ceiling_id=standards[0].ceiling_id, standards=len(standards)
    )
