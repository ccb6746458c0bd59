"""Finding reports: an office sees all of its institution, a coordinator those of their colleges."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.reports import rules
from x_pilot_api.reports.models import Report, ReportNarrative, ReportState, ReportSubmission

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


def visible_reports(actor: Actor) -> Select[Report]:
    """Select the reports an actor may see."""
    if actor.institution_id is None:
        return select(Report).where(false())
    own = select(Report).where(Report.institution_id == actor.institution_id)
    return own if actor.roles & _SEE_ALL else own.where(Report.college_id.in_(actor.college_ids))


async def get_report(session: AsyncSession, actor: Actor, report_id: UUID, *, lock: bool = False) -> Report:
    """Read one visible report, locked when it is to be changed."""
    statement = visible_reports(actor).where(Report.id == report_id)
    return await lookups.get_one(session, statement, what="report", zh="报告", lock=lock)


async def list_reports(
    session: AsyncSession,
    actor: Actor,
    *,
    report_type_id: UUID | None,
    college_id: UUID | None,
    state: ReportState | None,
    is_late: bool | None,
    is_overdue: bool | None,
    period_from: date | None,
    today: date,
    wish: PageWish,
) -> tuple[Sequence[Report], str | None]:
    """List visible reports, the oldest first."""
    statement = visible_reports(actor)
    for column, value in (
        (Report.report_type_id, report_type_id),
        (Report.college_id, college_id),
        (Report.state, state),
        (Report.is_late, is_late),
        (Report.period_from, period_from),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if is_overdue is not None:
        overdue = Report.state.in_(rules.AWAITED) & (Report.due_on < today)
        statement = statement.where(overdue if is_overdue else ~overdue)
    return await page_of(session, statement, order=(Report.id,), wish=wish)


async def list_narratives(session: AsyncSession, report: Report) -> dict[str, str]:
    """List what is written in a report's sections as it is being filled in."""
    found = await session.execute(
        select(ReportNarrative.section_code, ReportNarrative.body).where(
            ReportNarrative.institution_id == report.institution_id, ReportNarrative.report_id == report.id
        )
    )
    return {row.section_code: row.body for row in found.all()}


async def last_submission(session: AsyncSession, report: Report) -> ReportSubmission | None:
    """Find a report's last submission."""
    if not report.submissions:
        return None
    found = await session.scalars(
        select(ReportSubmission).where(
            ReportSubmission.institution_id == report.institution_id,
            ReportSubmission.report_id == report.id,
            ReportSubmission.number == report.submissions,
        )
    )
    return found.one()


async def find_previous(session: AsyncSession, report: Report) -> Report | None:
    """Find the accepted report of the same college and type that came last before this one's period."""
    statement = (
        select(Report)
        .where(
            Report.institution_id == report.institution_id,
            Report.report_type_id == report.report_type_id,
            Report.college_id == report.college_id,
            Report.state == ReportState.ACCEPTED,
            Report.period_to < report.period_from,
        )
        .order_by(Report.period_to.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()
