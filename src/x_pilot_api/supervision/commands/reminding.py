"""Reminding owners of measures the day before they are due and after it, each once a day due."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.supervision.commands import telling
from x_pilot_api.supervision.models import FindingReminderStage
from x_pilot_api.supervision.rules.findings import FINDING_KIND

_MARK = (
    text("""
INSERT INTO supervision_reminders (institution_id, finding_id, owner_id, due_on, stage)
SELECT finding.institution_id, finding.id, finding.owner_id, finding.due_on, CAST(:stage AS text)
FROM supervision_findings AS finding
WHERE finding.institution_id = :institution_id AND finding.state IN ('planned', 'returned')
    AND CASE CAST(:stage AS text) WHEN 'overdue' THEN finding.due_on < :today ELSE finding.due_on = :tomorrow END
ORDER BY finding.id
ON CONFLICT DO NOTHING
RETURNING finding_id
""")
    .bindparams(
        bindparam("institution_id", type_=Uuid), bindparam("today", type_=Date), bindparam("tomorrow", type_=Date)
    )
    .columns(finding_id=Uuid)
)

_OWNERS = """
SELECT finding.owner_id AS person_id, finding.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('title', finding.title, 'due_on', finding.due_on::text) AS figures
FROM supervision_findings AS finding
JOIN people AS person ON person.id = finding.owner_id AND person.disabled_at IS NULL
WHERE finding.institution_id = :institution_id AND finding.id = ANY(CAST(:ids AS uuid[]))
"""

_KINDS = {
    FindingReminderStage.TOMORROW: telling.DUE_TOMORROW,
    FindingReminderStage.OVERDUE: telling.OVERDUE,
}


async def remind(session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date) -> int:
    """Remind the owners of one institution's measures, and tell of how many findings."""
    reminded: dict[str, int] = {}
    for stage, kind in _KINDS.items():
        values = {
            "institution_id": institution_id,
            "stage": stage.value,
            "today": today,
            "tomorrow": today + timedelta(days=1),
        }
        ids = (await session.scalars(_MARK, values)).all()
        if ids:
            reminded[stage.value] = len(ids)
            await inbox.send(
                session,
                kind,
                institution_id=institution_id,
                object_kind=FINDING_KIND,
                wishes=_OWNERS,
                values={"ids": list(ids)},
            )
    if reminded:
        await audit.record(
            session,
            actor,
            "remind_of_findings",
            institution_id=institution_id,
            object_kind="supervision_reminders",
            object_id=uuid4(),
            detail=reminded,
        )
    return sum(reminded.values())
