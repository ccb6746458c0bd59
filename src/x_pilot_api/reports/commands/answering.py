"""What the office does with a submitted report: send it back with a comment, or accept it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.reports import queries
from x_pilot_api.reports.commands import telling
from x_pilot_api.reports.models import Report, ReportDecision
from x_pilot_api.reports.rules import WORKFLOW


async def send_back(session: AsyncSession, actor: Actor, *, report_id: UUID, comment: str) -> Report:
    """Send a report back with a comment, and tell its college; what was submitted stays as it was."""
    report = await _decide(session, actor, "send_back", report_id=report_id, comment=comment)
    await telling.tell_colleges(session, telling.RETURNED, institution_id=report.institution_id, report_ids=[report.id])
    return report


async def accept_report(session: AsyncSession, actor: Actor, *, report_id: UUID, comment: str | None) -> Report:
    """Accept a report; the next period is compared with it."""
    return await _decide(session, actor, "accept", report_id=report_id, comment=comment)


async def _decide(session: AsyncSession, actor: Actor, deed: str, *, report_id: UUID, comment: str | None) -> Report:
    report = await queries.get_report(session, actor, report_id, lock=True)
    before = telling.standing(report)
    report.state, report.comment = WORKFLOW.target_of(deed, state=report.state), comment
    await session.flush()
    session.add(
        ReportDecision(
            institution_id=report.institution_id,
            report_id=report.id,
            submission=report.submissions,
            state=report.state,
            comment=comment,
            decided_by=actor.id,
        )
    )
    await session.flush()
    await telling.record(session, actor, f"{deed}_report", report, before=before, submission=report.submissions)
    return report
