"""What a college does: write its report, and submit it with the figures as of the closing instant."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.reports import queries, rules
from x_pilot_api.reports.commands import telling
from x_pilot_api.reports.models import Report, ReportFigure, ReportNarrative, ReportSubmission
from x_pilot_api.reports.rules import WORKFLOW
from x_pilot_api.reports.schemas import ReportNarrativesIn


async def fill_report(
    session: AsyncSession,
    actor: Actor,
    *,
    report_id: UUID,
    wish: ReportNarrativesIn,
    today: date,
    now: datetime,
    if_match: str | None,
) -> Report:
    """Write a report's sections, in place of what was there."""
    report = await _lock(session, actor, report_id, today=today, now=now, if_match=if_match)
    before = telling.standing(report)
    report.state = WORKFLOW.target_of("fill", state=report.state)
    basis = await queries.basis_of(session, report)
    rules.check_sections(basis.sections, (each.section_code for each in wish.narratives))
    await session.flush()
    await session.execute(
        delete(ReportNarrative).where(
            ReportNarrative.institution_id == report.institution_id, ReportNarrative.report_id == report.id
        )
    )
    written = [
        {"institution_id": report.institution_id, "report_id": report.id} | each.model_dump()
        for each in wish.narratives
    ]
    if written:
        await session.execute(insert(ReportNarrative), written)
    await telling.record(session, actor, "fill_report", report, before=before, sections=len(written))
    return report


async def submit_report(
    session: AsyncSession, actor: Actor, *, report_id: UUID, today: date, now: datetime, if_match: str | None
) -> Report:
    """Submit a report as it was read: its words, and its figures as of the closing instant, are kept for good."""
    report = await _lock(session, actor, report_id, today=today, now=now, if_match=if_match)
    before = telling.standing(report)
    target = WORKFLOW.target_of("submit", state=report.state)
    basis = await queries.basis_of(session, report)
    narratives = await queries.list_narratives(session, report)
    rules.check_submittable(report, missing=rules.missing_in(basis.sections, narratives), now=now)
    found = await queries.compute(session, report, basis.codes, as_of=report.closes_at, versions={})
    report.state, report.submissions, report.submitted_by = target, report.submissions + 1, actor.id
    report.is_late = rules.is_late(today=today, due_on=report.due_on)
    await session.flush()
    submission_id = uuid4()
    session.add(
        ReportSubmission(
            institution_id=report.institution_id,
            id=submission_id,
            report_id=report.id,
            number=report.submissions,
            as_of=report.closes_at,
            is_late=report.is_late,
            narratives=narratives,
            submitted_by=actor.id,
        )
    )
    await session.flush()
    frozen = [
        {
            "institution_id": report.institution_id,
            "submission_id": submission_id,
            "code": code,
            "version": each.version,
            "numerator": each.count.numerator,
            "denominator": each.count.denominator,
        }
        for code, each in found.items()
    ]
    if frozen:
        await session.execute(insert(ReportFigure), frozen)
    await telling.record(session, actor, "submit_report", report, before=before, figures=len(frozen))
    return report


async def _lock(
    session: AsyncSession, actor: Actor, report_id: UUID, *, today: date, now: datetime, if_match: str | None
) -> Report:
    """Lock a report that is to be changed, if the copy it was read as is still so."""
    report = await queries.get_report(session, actor, report_id, lock=True)
    etags.check(await queries.tell_detail(session, actor, report, today=today, now=now), if_match=if_match)
    return report
