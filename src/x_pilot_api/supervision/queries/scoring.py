"""Scoring assessments: by what was submitted and adjusted, or by how figures stand until then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.pagination import PageWish
from x_pilot_api.figures import queries as figures
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.schemas import FigureRowOut
from x_pilot_api.supervision.errors import IndicatorHasNoRows, IndicatorUnknown
from x_pilot_api.supervision.models import AssessmentYear, CollegeAssessment, CollegeEntry, CollegeIndicator
from x_pilot_api.supervision.queries import schemes
from x_pilot_api.supervision.rules import assessing, scoring
from x_pilot_api.supervision.rules.scoring import Measured, Total
from x_pilot_api.supervision.schemas.assessments import (
    AdjustedCountOut,
    CollegeCountOut,
    CollegeScoresOut,
    CollegeTotalOut,
    IndicatorScoreOut,
)

_FROZEN = text("""
SELECT submission.assessment_id, submission.number, indicator.code, indicator.weight,
    indicator.target_hundredths AS target, figure.numerator, figure.denominator, figure.narrative,
    adjusted.numerator AS adjusted_numerator, adjusted.denominator AS adjusted_denominator, adjusted.reason
FROM college_submissions AS submission
JOIN college_assessments AS assessment ON assessment.institution_id = submission.institution_id
    AND assessment.id = submission.assessment_id
JOIN assessment_years AS year ON year.institution_id = assessment.institution_id AND year.id = assessment.year_id
JOIN college_indicators AS indicator ON indicator.institution_id = year.institution_id
    AND indicator.scheme_id = year.scheme_id
JOIN college_figures AS figure ON figure.institution_id = submission.institution_id
    AND figure.submission_id = submission.id AND figure.code = indicator.code
LEFT JOIN college_adjustments AS adjusted ON adjusted.institution_id = submission.institution_id
    AND adjusted.submission_id = submission.id AND adjusted.code = indicator.code
WHERE submission.institution_id = :institution_id AND submission.assessment_id = ANY (:ids)
    AND (:with_former OR submission.number = assessment.submissions)
ORDER BY submission.assessment_id, submission.number, indicator.position
""").bindparams(bindparam("institution_id", type_=Uuid), bindparam("ids", type_=ARRAY(Uuid)))


@dataclass(frozen=True)
class Subject:
    """One assessment with the year it is of and the indicators of that year's scheme."""

    assessment: CollegeAssessment
    year: AssessmentYear
    indicators: Sequence[CollegeIndicator]


async def list_frozen(
    session: AsyncSession, institution_id: UUID, ids: Sequence[UUID], *, with_former: bool = False
) -> list[Any]:
    """List the indicators of the last submissions of some assessments, or of all of them, as they were submitted."""
    values = {"institution_id": institution_id, "ids": list(ids), "with_former": with_former}
    return list((await session.execute(_FROZEN, values)).all())


def measured(row: Any) -> Measured:  # noqa: ANN401 - a row
    """Take an indicator as it counts: what the office adjusted stands in the place of what was submitted."""
    if row.adjusted_numerator is not None:
        return Measured(row.weight, row.target, row.adjusted_numerator, row.adjusted_denominator)
    return Measured(row.weight, row.target, row.numerator, row.denominator)


async def list_totals(session: AsyncSession, institution_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Total]:
    """Add up the last submissions of some assessments in one statement however many they are."""
    counted: dict[UUID, list[Measured]] = {}
    for row in await list_frozen(session, institution_id, ids):
        counted.setdefault(row.assessment_id, []).append(measured(row))
    return {key: scoring.total_of(found) for key, found in counted.items()}


def tell_total(total: Total) -> CollegeTotalOut:
    """Tell a total."""
    return CollegeTotalOut(points=total.points, assessable_weight=total.assessable_weight, score_percent=total.percent)


async def count_figures(
    session: AsyncSession, subject: Subject, *, as_of: datetime
) -> dict[str, tuple[int, int, int | None]]:
    """Count the indicators that the service counts as of an instant: version and both sides, by the figure's code."""
    versions = {
        each.figure_code: each.figure_version
        for each in subject.indicators
        if each.figure_code is not None and each.figure_version is not None
    }
    found = await figures.values(
        session,
        subject.assessment.institution_id,
        codes=list(versions),
        college_ids=[subject.assessment.college_id],
        moment=_moment(subject, as_of),
        versions=versions,
    )
    return {each.code: (each.version, each.numerator, each.denominator) for each in found}


def _moment(subject: Subject, as_of: datetime) -> figures.Moment:
    return figures.Moment(*assessing.period_of(subject.year.year), as_of)


async def score(
    session: AsyncSession, subject: Subject, entries: Mapping[str, CollegeEntry], *, now: datetime
) -> CollegeScoresOut:
    """Score an assessment by its last submission; before there is one, by how it stands."""
    assessment, year = subject.assessment, subject.year
    as_of = year.closes_at if assessment.submissions else min(now, year.closes_at)
    if assessment.submissions:
        rows = await list_frozen(session, assessment.institution_id, [assessment.id])
        kept = {row.code: row for row in rows}
        told = [_kept(each, kept[each.code]) for each in subject.indicators]
    else:
        counted = await count_figures(session, subject, as_of=as_of)
        told = [_standing(each, counted, entries.get(each.code)) for each in subject.indicators]
    total = scoring.total_of(_counts(each) for each in told)
    return CollegeScoresOut(
        as_of=as_of, submission=assessment.submissions or None, total=tell_total(total), indicators=told
    )


def _counts(told: IndicatorScoreOut) -> Measured:
    value = told.adjusted or told.value
    sides = (value.numerator, value.denominator) if value else (None, None)
    return Measured(told.weight, told.target_percent, *sides)


def _count(one: Measured) -> CollegeCountOut | None:
    if one.numerator is None or one.denominator is None:
        return None
    return CollegeCountOut(numerator=one.numerator, denominator=one.denominator, ratio_percent=scoring.ratio_of(one))


def _told(
    indicator: CollegeIndicator, value: Measured, adjusted: AdjustedCountOut | None, counts: Measured, words: str | None
) -> IndicatorScoreOut:
    return IndicatorScoreOut(
        **schemes.tell_indicator(indicator).model_dump(),
        value=_count(value),
        adjusted=adjusted,
        is_assessable=scoring.is_assessable(counts),
        points=scoring.points_of(counts),
        narrative=words,
    )


def _kept(indicator: CollegeIndicator, row: Any) -> IndicatorScoreOut:  # noqa: ANN401 - a row
    counts = measured(row)
    adjusted = None
    if row.reason is not None:
        adjusted = AdjustedCountOut(
            numerator=row.adjusted_numerator,
            denominator=row.adjusted_denominator,
            ratio_percent=scoring.ratio_of(counts),
            reason=row.reason,
        )
    value = Measured(row.weight, row.target, row.numerator, row.denominator)
    return _told(indicator, value, adjusted, counts, row.narrative)


def _standing(
    indicator: CollegeIndicator, counted: Mapping[str, tuple[int, int, int | None]], entry: CollegeEntry | None
) -> IndicatorScoreOut:
    if indicator.figure_code is not None:
        _, above, below = counted[indicator.figure_code]
    else:
        above, below = (entry.numerator, entry.denominator) if entry else (None, None)
    value = Measured(indicator.weight, indicator.target_hundredths, above, below)
    return _told(indicator, value, None, value, entry.narrative if entry else None)


async def list_rows(
    session: AsyncSession, subject: Subject, *, code: str, side: FigureSide, now: datetime, wish: PageWish
) -> tuple[list[FigureRowOut], str | None]:
    """List the rows behind one indicator as of the year's closing instant, or as of now until then."""
    indicator = next((each for each in subject.indicators if each.code == code), None)
    if indicator is None:
        raise IndicatorUnknown(indicators=code)
    if indicator.figure_code is None:
        raise IndicatorHasNoRows(indicator=code)
    return await figures.rows(
        session,
        subject.assessment.institution_id,
        code=indicator.figure_code,
        version=indicator.figure_version,
        side=side,
        college_ids=[subject.assessment.college_id],
        moment=_moment(subject, min(now, subject.year.closes_at)),
        wish=wish,
    )
