"""Reminding colleges of reports that are waited for, before the day they are due and after it, each once."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.reports.commands import telling
from x_pilot_api.reports.models import ReminderKind

_MARK = (
    text("""
INSERT INTO report_reminders (institution_id, report_id, kind)
SELECT report.institution_id, report.id, CAST(:kind AS text)
FROM reports AS report
JOIN report_type_versions AS version ON version.institution_id = report.institution_id
    AND version.id = report.type_version_id
WHERE report.institution_id = :institution_id AND report.state IN ('draft', 'returned') AND CASE CAST(:kind AS text)
    WHEN 'overdue' THEN report.due_on < :today
    ELSE report.due_on >= :today AND report.due_on - CAST(version.remind_days AS int) <= :today END
ORDER BY report.id
ON CONFLICT DO NOTHING
RETURNING report_id
""")
    .bindparams(bindparam("institution_id", type_=Uuid), bindparam("today", type_=Date))
    .columns(report_id=Uuid)
)


async def remind(session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date) -> int:
    """Remind the colleges of one institution, and tell of how many reports."""
    reminded: dict[str, int] = {}
    for kind in ReminderKind:
        values = {"institution_id": institution_id, "kind": kind.value, "today": today}
        ids = (await session.scalars(_MARK, values)).all()
        if ids:
            reminded[kind.value] = len(ids)
            await telling.tell_colleges(session, telling.REMINDERS[kind], institution_id=institution_id, report_ids=ids)
    if reminded:
        await audit.record(
            session,
            actor,
            "remind_of_reports",
            institution_id=institution_id,
            object_kind="report_reminders",
            object_id=uuid4(),
            detail=reminded,
        )
    return sum(reminded.values())
