"""Figures of a report: frozen or as they stand, beside the report before and beside what they would be now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.pagination import PageWish
from x_pilot_api.figures import queries as figures
from x_pilot_api.figures import rules as catalogue
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.schemas import FigureRowOut
from x_pilot_api.reports import rules
from x_pilot_api.reports.errors import FigureNotAsked
from x_pilot_api.reports.models import Cadence, Report, ReportFigure, ReportType, ReportTypeVersion
from x_pilot_api.reports.queries import reports
from x_pilot_api.reports.rules import Count, Difference
from x_pilot_api.reports.schemas import FigureCountOut, FigureDifferenceOut, ReportFigureOut, ReportFiguresOut


@dataclass(frozen=True)
class Basis:
    """What a report asks for: its sections and how often it comes."""

    sections: Sequence[Mapping[str, Any]]
    cadence: Cadence

    @property
    def codes(self) -> list[str]:
        """List its figures in their order."""
        return rules.codes_of(self.sections)


@dataclass(frozen=True)
class Frozen:
    """One figure as it was submitted."""

    version: int
    count: Count


async def basis_of(session: AsyncSession, report: Report) -> Basis:
    """Read what a report asks for, by the version of its type that it was opened with."""
    statement = (
        select(ReportTypeVersion.sections, ReportType.cadence)
        .join(
            ReportType,
            (ReportType.institution_id == ReportTypeVersion.institution_id)
            & (ReportType.id == ReportTypeVersion.report_type_id),
        )
        .where(
            ReportTypeVersion.institution_id == report.institution_id, ReportTypeVersion.id == report.type_version_id
        )
    )
    row = (await session.execute(statement)).one()
    return Basis(row.sections, Cadence(row.cadence))


async def list_submitted(session: AsyncSession, report: Report) -> dict[str, Frozen]:
    """List the figures of a report's last submission."""
    submission = await reports.last_submission(session, report)
    if submission is None:
        return {}
    found = await session.scalars(
        select(ReportFigure).where(
            ReportFigure.institution_id == report.institution_id, ReportFigure.submission_id == submission.id
        )
    )
    return {each.code: Frozen(each.version, Count(each.numerator, each.denominator)) for each in found.all()}


async def compute(
    session: AsyncSession, report: Report, codes: Sequence[str], *, as_of: datetime, versions: Mapping[str, int]
) -> dict[str, Frozen]:
    """Compute a report's figures as of an instant."""
    found = await figures.values(
        session,
        report.institution_id,
        codes=codes,
        college_ids=[report.college_id],
        moment=figures.Moment(report.period_from, report.period_to, as_of),
        versions=versions,
    )
    return {each.code: Frozen(each.version, Count(each.numerator, each.denominator)) for each in found}


async def figures_of(session: AsyncSession, report: Report, *, now: datetime) -> ReportFiguresOut:
    """Tell a report's figures: the submitted ones beside what they would be now, or how they stand until then.

    A report that was sent back shows what was submitted last until it is submitted again.
    """
    basis = await basis_of(session, report)
    frozen = await list_submitted(session, report)
    versions = {code: each.version for code, each in frozen.items()}
    standing = await compute(
        session, report, basis.codes, as_of=now if frozen else min(now, report.closes_at), versions=versions
    )
    previous = await reports.find_previous(session, report)
    before = await list_submitted(session, previous) if previous else {}
    told = [
        _told(section["code"], code, frozen.get(code), standing[code], before.get(code))
        for section in basis.sections
        for code in section["indicators"]
    ]
    return ReportFiguresOut(
        as_of=report.closes_at if frozen else min(now, report.closes_at),
        computed_at=now,
        submission=report.submissions or None,
        previous_report_id=previous.id if previous else None,
        previous_label=rules.label_of(basis.cadence, previous.period_from, previous.period_to) if previous else None,
        figures=told,
    )


def _told(section: str, code: str, frozen: Frozen | None, standing: Frozen, before: Frozen | None) -> ReportFigureOut:
    value = frozen or standing
    definition = catalogue.definition_of(code, value.version)
    corrected = rules.difference(frozen.count, standing.count) if frozen else None
    return ReportFigureOut(
        section_code=section,
        code=code,
        version=value.version,
        name_zh=definition.name.zh,
        name_en=definition.name.en,
        unit=definition.unit,
        numerator_zh=definition.numerator.zh,
        numerator_en=definition.numerator.en,
        denominator_zh=definition.denominator.zh if definition.denominator else None,
        denominator_en=definition.denominator.en if definition.denominator else None,
        is_frozen=frozen is not None,
        value=_count(value.count),
        previous=_count(before.count) if before else None,
        since_previous=_difference(rules.difference(before.count, value.count)) if before else None,
        now=_count(standing.count) if frozen else None,
        since_submission=_difference(corrected) if corrected else None,
        is_corrected=corrected is not None and rules.differs(corrected),
    )


def _count(count: Count) -> FigureCountOut:
    return FigureCountOut(numerator=count.numerator, denominator=count.denominator, rate_percent=rules.rate_of(count))


def _difference(change: Difference) -> FigureDifferenceOut:
    return FigureDifferenceOut(numerator=change.numerator, denominator=change.denominator, rate_points=change.rate)


async def list_rows(
    session: AsyncSession, report: Report, *, code: str, side: FigureSide, as_of: datetime, wish: PageWish
) -> tuple[list[FigureRowOut], str | None]:
    """List the rows behind one figure of a report as of an instant, by the version it was computed with."""
    basis = await basis_of(session, report)
    if code not in basis.codes:
        raise FigureNotAsked(figure=code)
    frozen = (await list_submitted(session, report)).get(code)
    return await figures.rows(
        session,
        report.institution_id,
        code=code,
        version=frozen.version if frozen else None,
        side=side,
        college_ids=[report.college_id],
        moment=figures.Moment(report.period_from, report.period_to, as_of),
        wish=wish,
    )
