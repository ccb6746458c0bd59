"""Opening a period: every college gets its report by one statement."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Date, DateTime, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.reports import queries, rules
from x_pilot_api.reports.commands import telling
from x_pilot_api.reports.errors import PeriodOverlaps
from x_pilot_api.reports.models import Cadence, Report, ReportType
from x_pilot_api.reports.rules import Period
from x_pilot_api.reports.schemas import ReportPeriodIn

# A college that has a report of any of these days keeps it; one that came later gets its own when it is opened again.
_OPEN = (
    text("""
INSERT INTO reports (institution_id, report_type_id, type_version_id, college_id, period_from, period_to, closes_at,
    due_on, state)
SELECT :institution_id, :type_id, :version_id, college.id, :period_from, :period_to, :closes_at, :due_on, 'draft'
FROM colleges AS college WHERE college.institution_id = :institution_id ORDER BY college.id
ON CONFLICT DO NOTHING
RETURNING id
""")
    .bindparams(
        *(bindparam(name, type_=Uuid) for name in ("institution_id", "type_id", "version_id")),
        *(bindparam(name, type_=Date) for name in ("period_from", "period_to", "due_on")),
        bindparam("closes_at", type_=DateTime(timezone=True)),
    )
    .columns(id=Uuid)
)


@dataclass(frozen=True)
class Opened:
    """A period that was opened, and for how many colleges."""

    period: Period
    label: str
    reports: int


async def open_period(session: AsyncSession, actor: Actor, *, type_id: UUID, wish: ReportPeriodIn) -> Opened:
    """Open a period of a type for every college; those that have their report of it keep it."""
    type_ = await queries.get_type(session, actor, type_id, lock=True)
    type_.state = rules.TYPE.target_of("open", state=type_.state)
    version = await queries.get_version(session, type_)
    cadence = Cadence(type_.cadence)
    period = rules.period_of(cadence, **wish.model_dump(), due_days=version.due_days, timezone=db.timezone_of(session))
    await _check_free(session, type_, period)
    values = {
        "institution_id": type_.institution_id,
        "type_id": type_.id,
        "version_id": version.id,
        "period_from": period.period_from,
        "period_to": period.period_to,
        "closes_at": period.closes_at,
        "due_on": period.due_on,
    }
    ids = (await session.scalars(_OPEN, values)).all()
    await telling.tell_colleges(session, telling.OPENED, institution_id=type_.institution_id, report_ids=ids)
    await audit.record(
        session,
        actor,
        "open_reports",
        institution_id=type_.institution_id,
        object_kind=rules.TYPE_KIND,
        object_id=type_.id,
        detail={
            "version": version.number,
            "period_from": period.period_from.isoformat(),
            "period_to": period.period_to.isoformat(),
            "reports": len(ids),
        },
    )
    return Opened(period, rules.label_of(cadence, period.period_from, period.period_to), len(ids))


async def _check_free(session: AsyncSession, type_: ReportType, period: Period) -> None:
    """Refuse a period that shares days with another one of the type, which is locked: none comes meanwhile."""
    other = select(Report.period_from, Report.period_to).where(
        Report.institution_id == type_.institution_id,
        Report.report_type_id == type_.id,
        Report.period_from <= period.period_to,
        Report.period_to >= period.period_from,
        (Report.period_from != period.period_from) | (Report.period_to != period.period_to),
    )
    found = (await session.execute(other.order_by(Report.period_from).limit(1))).one_or_none()
    if found is not None:
        raise PeriodOverlaps(period_from=found.period_from.isoformat(), period_to=found.period_to.isoformat())
