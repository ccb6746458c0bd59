"""How certificates are numbered, and where numbers clash."""

from fastapi import Request, Response

from x_pilot_api.awards import commands, queries
from x_pilot_api.awards.schemas import (
    NumberClashOut,
    NumberPatternIn,
    NumberPatternOut,
    PatternPreviewIn,
    PatternPreviewOut,
)
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["awards"])


@router.get("/number-patterns", dependencies=[require(Permission.NUMBER_PATTERNS_READ)])
async def list_number_patterns(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[NumberPatternOut]:
    """List the patterns by which organisations number their certificates, every version, oldest first."""
    rows, token = await queries.list_patterns(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = [NumberPatternOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[NumberPatternOut](items=items, next_page_token=token)


@router.post("/number-patterns", status_code=201, dependencies=[require(Permission.NUMBER_PATTERNS_SET)])
async def set_number_pattern(body: NumberPatternIn, session: Session, actor: CurrentActor) -> NumberPatternOut:
    """Set a new version of how the caller's organisation numbers its certificates, or one of them.

    It counts for certificates of exams from its first day on; numbers given before stay.
    """
    pattern = await commands.set_number_pattern(session, actor, wish=body)
    return NumberPatternOut.model_validate(pattern, from_attributes=True)


@router.post("/number-patterns:preview", dependencies=[require(Permission.NUMBER_PATTERNS_SET)])
async def preview_number_pattern(body: PatternPreviewIn) -> PatternPreviewOut:
    """Look at what a pattern would come to; nothing is set."""
    return commands.preview_pattern(body)


@router.get("/number-clashes", dependencies=[require(Permission.NUMBER_CLASHES_READ)])
async def list_number_clashes(
    request: Request, response: Response, session: Session, page: Page
) -> PageOut[NumberClashOut]:
    """List certificate numbers that one organisation's certificates bear at several institutions, as last found."""
    rows, token = await queries.list_clashes(session, wish=page)
    pagination.link_next(request, response, token)
    items = [NumberClashOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[NumberClashOut](items=items, next_page_token=token)
