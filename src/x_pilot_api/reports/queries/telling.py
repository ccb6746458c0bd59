"""Telling report types and reports, each question asked once however many there are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Person
from x_pilot_api.reports import rules
from x_pilot_api.reports.models import (
    Cadence,
    Report,
    ReportDecision,
    ReportFigure,
    ReportState,
    ReportSubmission,
    ReportType,
    ReportTypeVersion,
    TypeState,
)
from x_pilot_api.reports.queries import reports
from x_pilot_api.reports.schemas import (
    FrozenFigureOut,
    ReportChapterOut,
    ReportDecisionOut,
    ReportDetailOut,
    ReportHistoryOut,
    ReportOut,
    ReportSectionOut,
    ReportSubmissionOut,
    ReportTypeOut,
)

_NAMED = (
    text("""
SELECT report.id, type.code AS type_code, type.cadence, version.number AS type_version, version.name AS type_name,
    version.sections, college.name AS college_name, person.name AS submitted_by_name, submission.submitted_at,
    coalesce((SELECT jsonb_object_agg(written.section_code, written.body) FROM report_narratives AS written
        WHERE written.institution_id = report.institution_id AND written.report_id = report.id), '{}') AS narratives
FROM reports AS report
JOIN report_types AS type ON type.institution_id = report.institution_id AND type.id = report.report_type_id
JOIN report_type_versions AS version ON version.institution_id = report.institution_id
    AND version.id = report.type_version_id
JOIN colleges AS college ON college.institution_id = report.institution_id AND college.id = report.college_id
LEFT JOIN report_submissions AS submission ON submission.institution_id = report.institution_id
    AND submission.report_id = report.id AND submission.number = report.submissions
LEFT JOIN people AS person ON person.id = report.submitted_by
WHERE report.institution_id = :institution_id AND report.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(sections=JSONB, narratives=JSONB)
)


async def describe_types(session: AsyncSession, actor: Actor, types: Sequence[ReportType]) -> list[ReportTypeOut]:
    """Tell types as their latest versions have them, in two statements however many they are."""
    if not types:
        return []
    institution_id, ids = types[0].institution_id, [each.id for each in types]
    found = await session.scalars(
        select(ReportTypeVersion)
        .join(
            ReportType,
            (ReportType.institution_id == ReportTypeVersion.institution_id)
            & (ReportType.id == ReportTypeVersion.report_type_id)
            & (ReportType.versions == ReportTypeVersion.number),
        )
        .where(ReportTypeVersion.institution_id == institution_id, ReportTypeVersion.report_type_id.in_(ids))
    )
    latest = {version.report_type_id: version for version in found.all()}
    seen = reports.visible_reports(actor).where(Report.report_type_id.in_(ids)).subquery()
    counts = await session.execute(select(seen.c.report_type_id, func.count()).group_by(seen.c.report_type_id))
    counted: dict[UUID, int] = {row[0]: row[1] for row in counts.all()}
    return [_type(actor, each, latest[each.id], counted.get(each.id, 0)) for each in types]


def _type(actor: Actor, type_: ReportType, version: ReportTypeVersion, counted: int) -> ReportTypeOut:
    return ReportTypeOut(
        id=type_.id,
        code=type_.code,
        cadence=Cadence(type_.cadence),
        state=TypeState(type_.state),
        version=version.number,
        name=version.name,
        basis=version.basis,
        due_days=version.due_days,
        remind_days=version.remind_days,
        sections=[ReportSectionOut.model_validate(section) for section in version.sections],
        reports=counted,
        allowed_deeds=rules.TYPE.allowed_deeds(actor, state=type_.state),
    )


async def _find_named(session: AsyncSession, rows: Sequence[Report]) -> Mapping[UUID, Any]:
    if not rows:
        return {}
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows]}
    return {row.id: row for row in (await session.execute(_NAMED, values)).all()}


async def describe_reports(
    session: AsyncSession, actor: Actor, rows: Sequence[Report], *, today: date, now: datetime
) -> list[ReportOut]:
    """Tell reports of one institution in one statement however many they are."""
    named = await _find_named(session, rows)
    return [ReportOut(**_told(actor, row, named[row.id], today=today, now=now)) for row in rows]


async def tell_detail(
    session: AsyncSession, actor: Actor, report: Report, *, today: date, now: datetime
) -> ReportDetailOut:
    """Tell one report with its sections and what is written in them."""
    named = (await _find_named(session, [report]))[report.id]
    sections = [
        ReportChapterOut(**section, narrative=named.narratives.get(section["code"])) for section in named.sections
    ]
    return ReportDetailOut(**_told(actor, report, named, today=today, now=now), sections=sections)


def _told(
    actor: Actor,
    row: Report,
    named: Any,  # noqa: ANN401 - a row
    *,
    today: date,
    now: datetime,
) -> dict[str, Any]:
    cadence = Cadence(named.cadence)
    missing = rules.missing_in(named.sections, named.narratives)
    return {
        "id": row.id,
        "report_type_id": row.report_type_id,
        "type_code": named.type_code,
        "type_name": named.type_name,
        "type_version": named.type_version,
        "cadence": cadence,
        "college_id": row.college_id,
        "college_name": named.college_name,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "period_label": rules.label_of(cadence, row.period_from, row.period_to),
        "closes_at": row.closes_at,
        "due_on": row.due_on,
        "state": ReportState(row.state),
        "submissions": row.submissions,
        "submitted_by_name": named.submitted_by_name,
        "submitted_at": named.submitted_at,
        "is_late": row.is_late,
        "is_overdue": rules.is_overdue(row.state, today=today, due_on=row.due_on),
        "comment": row.comment,
        "missing_sections": missing,
        "allowed_deeds": rules.allowed_deeds(actor, row, missing=missing, now=now),
    }


async def _frozen(session: AsyncSession, there: ColumnElement[bool]) -> dict[UUID, list[FrozenFigureOut]]:
    """Read the frozen figures of submissions, by submission."""
    figures: dict[UUID, list[FrozenFigureOut]] = {}
    frozen = await session.scalars(
        select(ReportFigure)
        .join(
            ReportSubmission,
            (ReportSubmission.institution_id == ReportFigure.institution_id)
            & (ReportSubmission.id == ReportFigure.submission_id),
        )
        .where(there)
        .order_by(ReportFigure.code)
    )
    for figure in frozen.all():
        told = FrozenFigureOut.model_validate(figure, from_attributes=True)
        figures.setdefault(figure.submission_id, []).append(told)
    return figures


async def list_history(session: AsyncSession, report: Report) -> ReportHistoryOut:
    """List everything that was submitted with its figures, and how the office answered, in order."""
    there = (ReportSubmission.institution_id == report.institution_id) & (ReportSubmission.report_id == report.id)
    submissions = await session.execute(
        select(ReportSubmission, Person.name)
        .join(Person, Person.id == ReportSubmission.submitted_by)
        .where(there)
        .order_by(ReportSubmission.number)
    )
    figures = await _frozen(session, there)
    decisions = await session.execute(
        select(ReportDecision, Person.name)
        .join(Person, Person.id == ReportDecision.decided_by)
        .where(ReportDecision.institution_id == report.institution_id, ReportDecision.report_id == report.id)
        .order_by(ReportDecision.id)
    )
    return ReportHistoryOut(
        submissions=[
            ReportSubmissionOut(
                number=each.number,
                as_of=each.as_of,
                is_late=each.is_late,
                narratives=each.narratives,
                submitted_by_name=name,
                submitted_at=each.submitted_at,
                figures=figures.get(each.id, []),
            )
            for each, name in submissions.all()
        ],
        decisions=[
            ReportDecisionOut(
                submission=each.submission,
                state=ReportState(each.state),
                comment=each.comment,
                decided_by_name=name,
                decided_at=each.decided_at,
            )
            for each, name in decisions.all()
        ],
    )
