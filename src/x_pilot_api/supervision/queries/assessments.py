"""Finding assessments and telling them: an office sees all of its institution, a coordinator their colleges'."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, false, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.supervision.models import (
    AssessmentYear,
    CollegeAssessment,
    CollegeAssessmentState,
    CollegeDecision,
    CollegeEntry,
    CollegeIndicator,
    CollegeSubmission,
    RankingState,
)
from x_pilot_api.supervision.queries import schemes, scoring
from x_pilot_api.supervision.queries.scoring import Subject
from x_pilot_api.supervision.rules import assessing as rules
from x_pilot_api.supervision.rules.scoring import Measured, Total, total_of
from x_pilot_api.supervision.schemas.assessments import (
    CollegeAssessmentDetailOut,
    CollegeAssessmentOut,
    CollegeChapterOut,
    CollegeDecisionOut,
    CollegeHistoryOut,
    CollegeSubmissionOut,
)

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})

_NAMED = text("""
SELECT assessment.id, year.year, year.closes_at, year.ranking, year.scheme_id, scheme.number AS scheme_number,
    college.name AS college_name, assessor.name AS self_assessed_by_name, submission.submitted_at,
    reviewer.name AS reviewed_by_name
FROM college_assessments AS assessment
JOIN assessment_years AS year ON year.institution_id = assessment.institution_id AND year.id = assessment.year_id
JOIN college_schemes AS scheme ON scheme.institution_id = year.institution_id AND scheme.id = year.scheme_id
JOIN colleges AS college ON college.institution_id = assessment.institution_id AND college.id = assessment.college_id
LEFT JOIN college_submissions AS submission ON submission.institution_id = assessment.institution_id
    AND submission.assessment_id = assessment.id AND submission.number = assessment.submissions
LEFT JOIN people AS assessor ON assessor.id = assessment.self_assessed_by
LEFT JOIN people AS reviewer ON reviewer.id = assessment.reviewed_by
WHERE assessment.institution_id = :institution_id AND assessment.id = ANY (:ids)
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


def visible_assessments(actor: Actor) -> Select[CollegeAssessment]:
    """Select the assessments an actor may see."""
    if actor.institution_id is None:
        return select(CollegeAssessment).where(false())
    own = select(CollegeAssessment).where(CollegeAssessment.institution_id == actor.institution_id)
    return own if actor.roles & _SEE_ALL else own.where(CollegeAssessment.college_id.in_(actor.college_ids))


async def get_assessment(
    session: AsyncSession, actor: Actor, assessment_id: UUID, *, lock: bool = False
) -> CollegeAssessment:
    """Read one visible assessment, locked when it is to be changed."""
    statement = visible_assessments(actor).where(CollegeAssessment.id == assessment_id)
    return await lookups.get_one(session, statement, what="college assessment", zh="年度考核", lock=lock)


async def get_year_of(session: AsyncSession, assessment: CollegeAssessment, *, lock: bool = False) -> AssessmentYear:
    """Read the year an assessment is of, locked when the assessment is not to change under its ranking."""
    statement = select(AssessmentYear).where(
        AssessmentYear.institution_id == assessment.institution_id, AssessmentYear.id == assessment.year_id
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return (await session.scalars(statement)).one()


async def get_subject(session: AsyncSession, assessment: CollegeAssessment) -> Subject:
    """Read what an assessment is measured by."""
    year = await get_year_of(session, assessment)
    indicators = await schemes.list_indicators(session, assessment.institution_id, [year.scheme_id])
    return Subject(assessment, year, indicators[year.scheme_id])


async def last_submission_id(session: AsyncSession, assessment: CollegeAssessment) -> UUID:
    """Find the last submission of an assessment that was submitted."""
    statement = select(CollegeSubmission.id).where(
        CollegeSubmission.institution_id == assessment.institution_id,
        CollegeSubmission.assessment_id == assessment.id,
        CollegeSubmission.number == assessment.submissions,
    )
    return (await session.scalars(statement)).one()


async def list_assessments(
    session: AsyncSession,
    actor: Actor,
    *,
    year: int | None,
    college_id: UUID | None,
    state: CollegeAssessmentState | None,
    wish: PageWish,
) -> tuple[Sequence[CollegeAssessment], str | None]:
    """List visible assessments, the oldest first."""
    statement = visible_assessments(actor)
    for column, value in ((CollegeAssessment.college_id, college_id), (CollegeAssessment.state, state)):
        if value is not None:
            statement = statement.where(column == value)
    if year is not None:
        of_year = select(AssessmentYear.id).where(
            AssessmentYear.institution_id == actor.institution_id, AssessmentYear.year == year
        )
        statement = statement.where(CollegeAssessment.year_id.in_(of_year))
    return await page_of(session, statement, order=(CollegeAssessment.id,), wish=wish)


async def list_entries(
    session: AsyncSession, institution_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, dict[str, CollegeEntry]]:
    """List what the colleges say in some assessments, as it is being filled in."""
    statement = (
        select(CollegeEntry)
        .where(CollegeEntry.institution_id == institution_id, CollegeEntry.assessment_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, dict[str, CollegeEntry]] = {key: {} for key in ids}
    for each in (await session.scalars(statement)).all():
        found[each.assessment_id][each.code] = each
    return found


async def describe_assessments(
    session: AsyncSession, actor: Actor, rows: Sequence[CollegeAssessment], *, now: datetime
) -> list[CollegeAssessmentOut]:
    """Tell assessments of one institution in four statements however many they are."""
    return [CollegeAssessmentOut(**told) for told, _, _ in await _tell(session, actor, rows, now=now)]


async def tell_detail(
    session: AsyncSession, actor: Actor, assessment: CollegeAssessment, *, now: datetime
) -> CollegeAssessmentDetailOut:
    """Tell one assessment with its indicators and what is said to them."""
    ((told, indicators, entries),) = await _tell(session, actor, [assessment], now=now)
    return CollegeAssessmentDetailOut(
        **told, indicators=[_chapter(each, entries.get(each.code)) for each in indicators]
    )


def _chapter(indicator: CollegeIndicator, entry: CollegeEntry | None) -> CollegeChapterOut:
    return CollegeChapterOut(
        **schemes.tell_indicator(indicator).model_dump(),
        stated_numerator=entry.numerator if entry else None,
        stated_denominator=entry.denominator if entry else None,
        narrative=entry.narrative if entry else None,
    )


_Told = tuple[dict[str, Any], Sequence[CollegeIndicator], Mapping[str, CollegeEntry]]


async def _tell(
    session: AsyncSession, actor: Actor, rows: Sequence[CollegeAssessment], *, now: datetime
) -> list[_Told]:
    if not rows:
        return []
    institution_id, ids = rows[0].institution_id, [row.id for row in rows]
    named = {
        row.id: row for row in (await session.execute(_NAMED, {"institution_id": institution_id, "ids": ids})).all()
    }
    indicators = await schemes.list_indicators(session, institution_id, list({row.scheme_id for row in named.values()}))
    entries = await list_entries(session, institution_id, ids)
    totals = await scoring.list_totals(session, institution_id, ids)
    return [
        (
            _told(actor, row, named[row.id], indicators[named[row.id].scheme_id], entries[row.id], totals, now=now),
            indicators[named[row.id].scheme_id],
            entries[row.id],
        )
        for row in rows
    ]


def _told(
    actor: Actor,
    row: CollegeAssessment,
    named: Any,  # noqa: ANN401 - a row
    indicators: Sequence[CollegeIndicator],
    entries: Mapping[str, CollegeEntry],
    totals: Mapping[UUID, Total],
    *,
    now: datetime,
) -> dict[str, Any]:
    missing = rules.missing_in(indicators, entries)
    standing = rules.Standing(now >= named.closes_at, named.ranking == RankingState.PUBLISHED, missing)
    return {
        "id": row.id,
        "year": named.year,
        "college_id": row.college_id,
        "college_name": named.college_name,
        "scheme_id": named.scheme_id,
        "scheme_number": named.scheme_number,
        "closes_at": named.closes_at,
        "state": CollegeAssessmentState(row.state),
        "submissions": row.submissions,
        "self_assessed_by_name": named.self_assessed_by_name,
        "self_assessed_at": named.submitted_at,
        "reviewed_by_name": named.reviewed_by_name,
        "comment": row.comment,
        "ranking": RankingState(named.ranking),
        "total": scoring.tell_total(totals[row.id]) if row.id in totals else None,
        "missing_indicators": missing,
        "allowed_deeds": rules.allowed_deeds(actor, row, standing),
    }


async def list_history(session: AsyncSession, assessment: CollegeAssessment) -> CollegeHistoryOut:
    """List everything that was submitted with what it came to, and how the office answered, in order."""
    counted: dict[int, list[Measured]] = {}
    for row in await scoring.list_frozen(session, assessment.institution_id, [assessment.id], with_former=True):
        counted.setdefault(row.number, []).append(scoring.measured(row))
    submissions = await session.execute(
        select(CollegeSubmission, Person.name)
        .join(Person, Person.id == CollegeSubmission.submitted_by)
        .where(
            CollegeSubmission.institution_id == assessment.institution_id,
            CollegeSubmission.assessment_id == assessment.id,
        )
        .order_by(CollegeSubmission.number)
    )
    decisions = await session.execute(
        select(CollegeDecision, Person.name)
        .join(Person, Person.id == CollegeDecision.decided_by)
        .where(
            CollegeDecision.institution_id == assessment.institution_id, CollegeDecision.assessment_id == assessment.id
        )
        .order_by(CollegeDecision.id)
    )
    return CollegeHistoryOut(
        submissions=[
            CollegeSubmissionOut(
                number=each.number,
                as_of=each.as_of,
                submitted_by_name=name,
                submitted_at=each.submitted_at,
                total=scoring.tell_total(total_of(counted.get(each.number, []))),
            )
            for each, name in submissions.all()
        ],
        decisions=[
            CollegeDecisionOut(
                submission=each.submission,
                state=CollegeAssessmentState(each.state),
                comment=each.comment,
                decided_by_name=name,
                decided_at=each.decided_at,
            )
            for each, name in decisions.all()
        ],
    )
