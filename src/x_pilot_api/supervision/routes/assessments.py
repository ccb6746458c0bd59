"""The colleges' yearly assessments: filled in, submitted, reviewed, scored, looked into."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import clock, etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.schemas import FigureRowOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision import commands
from x_pilot_api.supervision.models import CollegeAssessment, CollegeAssessmentState
from x_pilot_api.supervision.models.schemes import YEAR_MAX, YEAR_MIN
from x_pilot_api.supervision.queries import assessments as queries
from x_pilot_api.supervision.queries import scoring
from x_pilot_api.supervision.schemas.assessments import (
    CollegeAssessmentDetailOut,
    CollegeAssessmentOut,
    CollegeEntriesIn,
    CollegeHistoryOut,
    CollegeReturnIn,
    CollegeReviewIn,
    CollegeScoresOut,
)

router = AreaRouter(tags=["supervision"])


@router.get("/college-assessments", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def list_college_assessments(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    year: Annotated[int | None, Query(ge=YEAR_MIN, le=YEAR_MAX)] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[CollegeAssessmentState | None, Query()] = None,
) -> PageOut[CollegeAssessmentOut]:
    """List assessments: the institution's, or those of a coordinator's colleges; in no order of merit."""
    rows, token = await queries.list_assessments(
        session, actor, year=year, college_id=college_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_assessments(session, actor, rows, now=clock.now())
    return PageOut[CollegeAssessmentOut](items=items, next_page_token=token)


@router.get(
    "/college-assessments/{assessment_id}",
    response_model=CollegeAssessmentDetailOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)],
)
async def get_college_assessment(
    assessment_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one assessment with what the college says; the ETag is what filling, submitting and reviewing ask for."""
    assessment = await queries.get_assessment(session, actor, assessment_id)
    return etags.answer(await _detail(session, actor, assessment), if_none_match=if_none_match)


@router.get("/college-assessments/{assessment_id}/scores", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def get_college_scores(assessment_id: UUID, session: Session, actor: CurrentActor) -> CollegeScoresOut:
    """Read an assessment's indicators with their points: as submitted last, or as they stand until then."""
    assessment = await queries.get_assessment(session, actor, assessment_id)
    subject = await queries.get_subject(session, assessment)
    entries = (await queries.list_entries(session, assessment.institution_id, [assessment.id]))[assessment.id]
    return await scoring.score(session, subject, entries, now=clock.now())


@router.get("/college-assessments/{assessment_id}/history", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def get_college_assessment_history(
    assessment_id: UUID, session: Session, actor: CurrentActor
) -> CollegeHistoryOut:
    """Read everything that was submitted with what it came to, and how the office answered."""
    return await queries.list_history(session, await queries.get_assessment(session, actor, assessment_id))


@router.get(
    "/college-assessments/{assessment_id}/indicators/{code}/rows",
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)],
)
async def list_college_indicator_rows(
    assessment_id: UUID,
    code: str,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    side: Annotated[FigureSide, Query()] = FigureSide.NUMERATOR,
) -> PageOut[FigureRowOut]:
    """List the rows behind one indicator as of the year's closing instant, or as of now until then.

    404 `college_indicator_has_no_rows` for what colleges state themselves.
    """
    assessment = await queries.get_assessment(session, actor, assessment_id)
    subject = await queries.get_subject(session, assessment)
    items, token = await scoring.list_rows(session, subject, code=code, side=side, now=clock.now(), wish=page)
    pagination.link_next(request, response, token)
    return PageOut[FigureRowOut](items=items, next_page_token=token)


@router.put(
    "/college-assessments/{assessment_id}/entries",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_FILL)],
)
async def fill_college_assessment(
    assessment_id: UUID, body: CollegeEntriesIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CollegeAssessmentDetailOut:
    """Write what the college says to its indicators in place of what was there; nothing is submitted by it."""
    assessment = await commands.fill_assessment(
        session, actor, assessment_id=assessment_id, wish=body, now=clock.now(), if_match=if_match
    )
    return await _detail(session, actor, assessment)


@router.post(
    "/college-assessments/{assessment_id}:submit",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_FILL)],
)
async def submit_college_assessment(
    assessment_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CollegeAssessmentDetailOut:
    """Submit a self-assessment as it was read: words and figures are kept for good.

    409 `college_assessment_not_closed` before the closing instant, `college_statement_missing` without evidence.
    """
    assessment = await commands.submit_assessment(
        session, actor, assessment_id=assessment_id, now=clock.now(), if_match=if_match
    )
    return await _detail(session, actor, assessment)


@router.post(
    "/college-assessments/{assessment_id}:send-back", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_DECIDE)]
)
async def send_back_college_assessment(
    assessment_id: UUID, body: CollegeReturnIn, session: Session, actor: CurrentActor
) -> CollegeAssessmentDetailOut:
    """Send an assessment back with a comment, also a reviewed one unless its year is ranked; its college is told."""
    assessment = await commands.send_back(session, actor, assessment_id=assessment_id, comment=body.comment)
    return await _detail(session, actor, assessment)


@router.post(
    "/college-assessments/{assessment_id}:review",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_DECIDE)],
)
async def review_college_assessment(
    assessment_id: UUID, body: CollegeReviewIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CollegeAssessmentDetailOut:
    """Confirm a self-assessment as it was read, adjusting what the college stated itself, each with a reason.

    403 `own_college_assessment` for who submitted it; 409 `college_adjustment_unfit` for what the service counted.
    """
    assessment = await commands.review_assessment(
        session, actor, assessment_id=assessment_id, wish=body, now=clock.now(), if_match=if_match
    )
    return await _detail(session, actor, assessment)


async def _detail(session: Session, actor: Actor, assessment: CollegeAssessment) -> CollegeAssessmentDetailOut:
    return await queries.tell_detail(session, actor, assessment, now=clock.now())
