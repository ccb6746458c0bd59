"""What a college does with its assessment, and how the office answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.supervision.commands import telling
from x_pilot_api.supervision.models import (
    CollegeAdjustment,
    CollegeAssessment,
    CollegeDecision,
    CollegeEntry,
    CollegeFigure,
    CollegeSubmission,
)
from x_pilot_api.supervision.queries import assessments as queries
from x_pilot_api.supervision.queries import scoring
from x_pilot_api.supervision.queries.scoring import Subject
from x_pilot_api.supervision.rules import assessing as rules
from x_pilot_api.supervision.schemas.assessments import CollegeEntriesIn, CollegeReviewIn


async def fill_assessment(
    session: AsyncSession,
    actor: Actor,
    *,
    assessment_id: UUID,
    wish: CollegeEntriesIn,
    now: datetime,
    if_match: str | None,
) -> CollegeAssessment:
    """Write what a college says to its indicators, in place of what was there."""
    assessment = await _lock(session, actor, assessment_id, now=now, if_match=if_match)
    before = telling.standing(assessment)
    assessment.state = rules.ASSESSMENT.target_of("fill", state=assessment.state)
    subject = await queries.get_subject(session, assessment)
    rules.check_entries(subject.indicators, {each.code: each.numerator is not None for each in wish.entries})
    await session.flush()
    await session.execute(
        delete(CollegeEntry).where(
            CollegeEntry.institution_id == assessment.institution_id, CollegeEntry.assessment_id == assessment.id
        )
    )
    written = [
        {"institution_id": assessment.institution_id, "assessment_id": assessment.id} | each.model_dump()
        for each in wish.entries
    ]
    if written:
        await session.execute(insert(CollegeEntry), written)
    await telling.record(session, actor, "fill_college_assessment", assessment, before=before, entries=len(written))
    return assessment


async def submit_assessment(
    session: AsyncSession, actor: Actor, *, assessment_id: UUID, now: datetime, if_match: str | None
) -> CollegeAssessment:
    """Submit a self-assessment as it was read: words and figures as of the closing instant are kept for good."""
    assessment = await _lock(session, actor, assessment_id, now=now, if_match=if_match)
    before = telling.standing(assessment)
    target = rules.ASSESSMENT.target_of("submit", state=assessment.state)
    subject = await queries.get_subject(session, assessment)
    entries = (await queries.list_entries(session, assessment.institution_id, [assessment.id]))[assessment.id]
    rules.check_submittable(subject.year, missing=rules.missing_in(subject.indicators, entries), now=now)
    frozen = await _freeze(session, subject, entries)
    assessment.state, assessment.submissions = target, assessment.submissions + 1
    assessment.self_assessed_by, assessment.reviewed_by = actor.id, None
    await session.flush()
    submission_id = uuid4()
    session.add(
        CollegeSubmission(
            institution_id=assessment.institution_id,
            id=submission_id,
            assessment_id=assessment.id,
            number=assessment.submissions,
            as_of=subject.year.closes_at,
            submitted_by=actor.id,
        )
    )
    await session.flush()
    await session.execute(insert(CollegeFigure), [each | {"submission_id": submission_id} for each in frozen])
    await telling.tell_office(session, assessment)
    await telling.record(session, actor, "submit_college_assessment", assessment, before=before, figures=len(frozen))
    return assessment


async def _freeze(
    session: AsyncSession, subject: Subject, entries: dict[str, CollegeEntry]
) -> Sequence[dict[str, Any]]:
    """Write each indicator down: counted as of the closing instant, or as the college states it."""
    counted = await scoring.count_figures(session, subject, as_of=subject.year.closes_at)
    frozen: list[dict[str, Any]] = []
    for indicator in subject.indicators:
        entry = entries.get(indicator.code)
        if indicator.figure_code is not None:
            version, above, below = counted[indicator.figure_code]
        else:
            version, above, below = None, entry and entry.numerator, entry and entry.denominator
        frozen.append(
            {
                "institution_id": subject.assessment.institution_id,
                "code": indicator.code,
                "version": version,
                "numerator": above,
                "denominator": below,
                "narrative": entry.narrative if entry else None,
            }
        )
    return frozen


async def send_back(session: AsyncSession, actor: Actor, *, assessment_id: UUID, comment: str) -> CollegeAssessment:
    """Send an assessment back with a comment, and tell its college; what was submitted stays as it was."""
    assessment = await _lock_under_ranking(session, actor, assessment_id)
    before = telling.standing(assessment)
    assessment.state = rules.ASSESSMENT.target_of("send_back", state=assessment.state)
    assessment.comment, assessment.reviewed_by = comment, None
    await _decide(session, actor, assessment)
    await telling.tell_colleges(
        session, telling.RETURNED, institution_id=assessment.institution_id, assessment_ids=[assessment.id]
    )
    await telling.record(session, actor, "send_back_college_assessment", assessment, before=before)
    return assessment


async def review_assessment(
    session: AsyncSession,
    actor: Actor,
    *,
    assessment_id: UUID,
    wish: CollegeReviewIn,
    now: datetime,
    if_match: str | None,
) -> CollegeAssessment:
    """Confirm a self-assessment as it was read, with other figures where the college's own do not hold."""
    assessment = await _lock_under_ranking(session, actor, assessment_id)
    etags.check(await queries.tell_detail(session, actor, assessment, now=now), if_match=if_match)
    before = telling.standing(assessment)
    target = rules.ASSESSMENT.target_of("review", state=assessment.state)
    rules.check_reviewer(actor, assessment)
    subject = await queries.get_subject(session, assessment)
    rules.check_adjustable(subject.indicators, (each.code for each in wish.adjustments))
    assessment.state, assessment.reviewed_by, assessment.comment = target, actor.id, wish.comment
    await _decide(session, actor, assessment)
    if wish.adjustments:
        submission_id = await queries.last_submission_id(session, assessment)
        there = {"institution_id": assessment.institution_id, "submission_id": submission_id}
        await session.execute(insert(CollegeAdjustment), [there | each.model_dump() for each in wish.adjustments])
    await telling.tell_colleges(
        session, telling.REVIEWED, institution_id=assessment.institution_id, assessment_ids=[assessment.id]
    )
    await telling.record(
        session,
        actor,
        "review_college_assessment",
        assessment,
        before=before,
        adjusted=[each.code for each in wish.adjustments],
    )
    return assessment


async def _decide(session: AsyncSession, actor: Actor, assessment: CollegeAssessment) -> None:
    await session.flush()
    session.add(
        CollegeDecision(
            institution_id=assessment.institution_id,
            assessment_id=assessment.id,
            submission=assessment.submissions,
            state=assessment.state,
            comment=assessment.comment,
            decided_by=actor.id,
        )
    )
    await session.flush()


async def _lock(
    session: AsyncSession, actor: Actor, assessment_id: UUID, *, now: datetime, if_match: str | None
) -> CollegeAssessment:
    """Lock an assessment that is to be changed, if the copy it was read as is still so."""
    assessment = await queries.get_assessment(session, actor, assessment_id, lock=True)
    etags.check(await queries.tell_detail(session, actor, assessment, now=now), if_match=if_match)
    return assessment


async def _lock_under_ranking(session: AsyncSession, actor: Actor, assessment_id: UUID) -> CollegeAssessment:
    """Lock the year before the assessment, as its ranking does, and refuse once that is published."""
    assessment = await queries.get_assessment(session, actor, assessment_id)
    rules.check_unranked(await queries.get_year_of(session, assessment, lock=True))
    return await queries.get_assessment(session, actor, assessment_id, lock=True)
