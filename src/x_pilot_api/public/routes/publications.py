"""Typical cases and bulletins for the public, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.public.queries import publications as queries
from x_pilot_api.public.schemas import (
    PublicBulletinBriefOut,
    PublicBulletinOut,
    PublicCaseBriefOut,
    PublicCaseOut,
)

router = AreaRouter(tags=["public"])

_KEPT = "public, max-age=60"

OfInstitution = Annotated[UUID | None, Query()]


@router.get("/public/typical-cases", dependencies=[public()])
async def list_public_cases(
    request: Request, response: Response, session: Session, page: Page, institution_id: OfInstitution = None
) -> PageOut[PublicCaseBriefOut]:
    """List the typical cases that colleges published, the newest first."""
    items, token = await queries.list_cases(session, institution_id=institution_id, wish=page)
    pagination.link_next(request, response, token)
    response.headers["Cache-Control"] = _KEPT
    return PageOut[PublicCaseBriefOut](items=items, next_page_token=token)


@router.get("/public/typical-cases/{case_id}", dependencies=[public()])
async def get_public_case(case_id: UUID, response: Response, session: Session) -> PublicCaseOut:
    """Read one published case; 404 once it was taken down."""
    response.headers["Cache-Control"] = _KEPT
    return await queries.get_case(session, case_id)


@router.get("/public/bulletins", dependencies=[public()])
async def list_public_bulletins(
    request: Request,
    response: Response,
    session: Session,
    today: Today,
    page: Page,
    institution_id: OfInstitution = None,
) -> PageOut[PublicBulletinBriefOut]:
    """List the bulletins that are for everybody today, the newest first; each comes down on its day."""
    items, token = await queries.list_bulletins(session, institution_id=institution_id, today=today, wish=page)
    pagination.link_next(request, response, token)
    response.headers["Cache-Control"] = _KEPT
    return PageOut[PublicBulletinBriefOut](items=items, next_page_token=token)


@router.get("/public/bulletins/{bulletin_id}", dependencies=[public()])
async def get_public_bulletin(
    bulletin_id: UUID, response: Response, session: Session, today: Today
) -> PublicBulletinOut:
    """Read one bulletin that is for everybody today; 404 from the day it comes down."""
    response.headers["Cache-Control"] = _KEPT
    return await queries.get_bulletin(session, bulletin_id, today=today)
