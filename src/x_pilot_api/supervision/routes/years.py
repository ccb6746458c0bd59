"""Years colleges are assessed for, and their ranking where the office publishes it."""

from typing import Annotated

from fastapi import Path, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision import commands
from x_pilot_api.supervision.models import AssessmentYear
from x_pilot_api.supervision.models.schemes import YEAR_MAX, YEAR_MIN
from x_pilot_api.supervision.queries import years as queries
from x_pilot_api.supervision.schemas.schemes import (
    AssessmentYearIn,
    AssessmentYearOut,
    CollegeRankingOut,
    RankingWithdrawalIn,
    YearOpenedOut,
)

router = AreaRouter(tags=["supervision"])

YearPath = Annotated[int, Path(ge=YEAR_MIN, le=YEAR_MAX, description="A calendar year", examples=[2026])]


@router.get("/assessment-years", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def list_assessment_years(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[AssessmentYearOut]:
    """List the years colleges are assessed for, each with how far they are."""
    rows, token = await queries.list_years(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_years(session, actor, rows)
    return PageOut[AssessmentYearOut](items=items, next_page_token=token)


@router.post("/assessment-years", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_DECIDE)])
async def open_assessment_year(body: AssessmentYearIn, session: Session, actor: CurrentActor) -> YearOpenedOut:
    """Open a year for all colleges at once by the scheme in force for it; asked again, later colleges get theirs too.

    409 `college_scheme_missing` without a scheme, `ranking_is_published` once the year is ranked.
    """
    year, opened = await commands.open_year(session, actor, wish=body)
    return YearOpenedOut(year=await _told(session, actor, year), opened=opened)


@router.get("/assessment-years/{year}", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def get_assessment_year(year: YearPath, session: Session, actor: CurrentActor) -> AssessmentYearOut:
    """Read one year; 404 `assessment_year_not_opened` for another."""
    return await _told(session, actor, await queries.get_year(session, actor, year))


@router.get("/assessment-years/{year}/ranking", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def get_college_ranking(year: YearPath, session: Session, actor: CurrentActor) -> CollegeRankingOut:
    """Read all colleges of a year in their order; 409 `ranking_not_published` unless the office has published it."""
    return await queries.tell_ranking(session, actor, year)


@router.post("/assessment-years/{year}/ranking:publish", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_DECIDE)])
async def publish_college_ranking(year: YearPath, session: Session, actor: CurrentActor) -> AssessmentYearOut:
    """Publish a year's ranking; 409 `colleges_not_reviewed` names whom it still lacks."""
    return await _told(session, actor, await commands.publish_ranking(session, actor, year=year))


@router.post("/assessment-years/{year}/ranking:withdraw", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_DECIDE)])
async def withdraw_college_ranking(
    year: YearPath, body: RankingWithdrawalIn, session: Session, actor: CurrentActor
) -> AssessmentYearOut:
    """Withdraw a published ranking, with the reason."""
    found = await commands.withdraw_ranking(session, actor, year=year, reason=body.reason)
    return await _told(session, actor, found)


async def _told(session: Session, actor: Actor, year: AssessmentYear) -> AssessmentYearOut:
    (told,) = await queries.describe_years(session, actor, [year])
    return told
