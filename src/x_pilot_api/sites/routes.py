"""Assessment sites and what is wanted of them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import AcademicYear
from x_pilot_api.sites import commands, queries
from x_pilot_api.sites.models import AssessmentSite, SiteLevelState
from x_pilot_api.sites.schemas import (
    ApplicationIn,
    ProlongationIn,
    RegionalDemandOut,
    RoomIn,
    SiteApprovalIn,
    SiteChange,
    SiteDemandOut,
    SiteIn,
    SiteLevelIn,
    SiteOut,
    SiteReasonIn,
)

router = AreaRouter(tags=["sites"])


@router.get("/assessment-sites", dependencies=[require(Permission.SITES_READ)])
async def list_assessment_sites(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[SiteLevelState | None, Query(description="Of a level of the site, or of the named one")] = None,
) -> PageOut[SiteOut]:
    """List the sites the caller may see: the institution's, a college's own and shared ones, or those offered."""
    rows, token = await queries.list_sites(
        session, actor, college_id=college_id, certificate_level_id=certificate_level_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_sites(session, actor, rows, today=today)
    return PageOut[SiteOut](items=items, next_page_token=token)


@router.post("/assessment-sites", status_code=201, dependencies=[require(Permission.SITES_APPLY)])
async def offer_assessment_site(
    body: SiteIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Offer an organisation a college's place with its rooms, and apply for levels; a capacity has its seats."""
    site = await commands.offer_site(session, actor, wish=body)
    response.headers["Location"] = f"/v1/assessment-sites/{site.id}"
    return await _answer(session, actor, site, today=today)


@router.get(
    "/assessment-sites/{site_id}",
    response_model=SiteOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SITES_READ)],
)
async def get_assessment_site(
    site_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one site with its rooms and levels; 304 while the caller's copy is still true."""
    site = await queries.get_site(session, actor, site_id)
    return etags.answer(await _answer(session, actor, site, today=today), if_none_match=if_none_match)


@router.patch(
    "/assessment-sites/{site_id}", responses={**etags.GUARDED}, dependencies=[require(Permission.SITES_APPLY)]
)
async def change_assessment_site(
    site_id: UUID,
    body: SiteChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> SiteOut:
    """Write a site anew; 409 `site_locked` for name and address once a level is approved."""
    site = await queries.get_own_site(session, actor, site_id)
    etags.check(await _answer(session, actor, site, today=today), if_match=if_match)
    await commands.change_site(session, actor, site=site, change=body)
    return await _answer(session, actor, site, today=today)


@router.post("/assessment-sites/{site_id}/rooms", status_code=201, dependencies=[require(Permission.SITES_APPLY)])
async def add_room(site_id: UUID, body: RoomIn, session: Session, actor: CurrentActor, today: Today) -> SiteOut:
    """Add a room to a site."""
    return await _answer(
        session, actor, await commands.add_room(session, actor, site_id=site_id, wish=body), today=today
    )


@router.put(
    "/assessment-sites/{site_id}/rooms/{room_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.SITES_APPLY)],
)
async def change_room(
    site_id: UUID,
    room_id: UUID,
    body: RoomIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> SiteOut:
    """Write a room anew, `If-Match` naming the site as it was read; 409 when a level's capacity loses its seats."""
    site = await queries.get_own_site(session, actor, site_id)
    etags.check(await _answer(session, actor, site, today=today), if_match=if_match)
    await commands.change_room(session, actor, site=site, room_id=room_id, wish=body)
    return await _answer(session, actor, site, today=today)


@router.post("/assessment-sites/{site_id}/levels", status_code=201, dependencies=[require(Permission.SITES_APPLY)])
async def apply_for_site_level(
    site_id: UUID, body: SiteLevelIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Apply for one more level; 409 when it was applied for, is another organisation's, or has too few seats."""
    site = await commands.apply_for_level(session, actor, site_id=site_id, wish=body)
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:apply-again",
    dependencies=[require(Permission.SITES_APPLY)],
)
async def apply_for_site_level_again(
    site_id: UUID, certificate_level_id: UUID, body: ApplicationIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Apply anew after a refusal or withdrawal, or correct what is not decided yet."""
    site = await commands.apply_again(session, actor, site_id=site_id, level_id=certificate_level_id, wish=body)
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:approve",
    dependencies=[require(Permission.SITES_DECIDE)],
)
async def approve_site_level(
    site_id: UUID, certificate_level_id: UUID, body: SiteApprovalIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Let a site examine a level, for the capacity and period applied for or those named here."""
    site = await commands.approve_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, wish=body, today=today
    )
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:refuse",
    dependencies=[require(Permission.SITES_DECIDE)],
)
async def refuse_site_level(
    site_id: UUID, certificate_level_id: UUID, body: SiteReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Refuse an application, with the reason that its college reads."""
    site = await commands.refuse_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, reason=body.reason
    )
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:prolong",
    dependencies=[require(Permission.SITES_DECIDE)],
)
async def prolong_site_level(
    site_id: UUID, certificate_level_id: UUID, body: ProlongationIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Let an approval hold to a later day."""
    site = await commands.prolong_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, valid_to=body.valid_to, today=today
    )
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:suspend",
    dependencies=[require(Permission.SITES_DECIDE)],
)
async def suspend_site_level(
    site_id: UUID, certificate_level_id: UUID, body: SiteReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Take no new sittings at a site for a level; those arranged stay."""
    site = await commands.suspend_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, reason=body.reason
    )
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:resume",
    dependencies=[require(Permission.SITES_DECIDE)],
)
async def resume_site_level(
    site_id: UUID, certificate_level_id: UUID, body: SiteReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Let a suspended site examine the level again."""
    site = await commands.resume_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, reason=body.reason
    )
    return await _answer(session, actor, site, today=today)


@router.post(
    "/assessment-sites/{site_id}/levels/{certificate_level_id}:withdraw",
    dependencies=[require(Permission.SITES_APPLY)],
)
async def withdraw_site_level(
    site_id: UUID, certificate_level_id: UUID, body: SiteReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SiteOut:
    """Take an offer or an approved level back; sittings arranged there stay."""
    site = await commands.withdraw_level(
        session, actor, site_id=site_id, level_id=certificate_level_id, reason=body.reason
    )
    return await _answer(session, actor, site, today=today)


@router.get("/site-demand", dependencies=[require(Permission.SITES_READ)])
async def list_site_demand(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    academic_year: Annotated[AcademicYear | None, Query(description="The present one if not named")] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[SiteDemandOut]:
    """Tell per college and level the seats wanted in a year, by programme, against those at valid sites today."""
    items, token = await queries.list_demand(
        session,
        actor,
        academic_year=academic_year or academic_year_on(today),
        certificate_level_id=certificate_level_id,
        today=today,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[SiteDemandOut](items=items, next_page_token=token)


@router.get("/site-demand/regions", dependencies=[require(Permission.SITES_READ)])
async def list_regional_site_demand(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    academic_year: Annotated[AcademicYear | None, Query(description="The present one if not named")] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[RegionalDemandOut]:
    """Tell per province and level the seats wanted in a year against those at valid sites today."""
    items, token = await queries.list_regional_demand(
        session,
        actor,
        academic_year=academic_year or academic_year_on(today),
        certificate_level_id=certificate_level_id,
        today=today,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[RegionalDemandOut](items=items, next_page_token=token)


async def _answer(session: Session, actor: Actor, site: AssessmentSite, *, today: date) -> SiteOut:
    (described,) = await queries.describe_sites(session, actor, [site], today=today)
    return described
