"""From which change of a cost against last year on one is warned: configuration that an office loads."""

from fastapi import Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.schemas import CostChangeLimitIn, CostChangeLimitOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["fees"])


@router.get("/cost-change-limits", dependencies=[require(Permission.COST_SHEETS_COMPARE)])
async def list_cost_change_limits(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[CostChangeLimitOut]:
    """List the institution's limits of change, oldest first; the one that began last applies."""
    rows, token = await queries.list_change_limits(session, institution_id=actor.institution_id, wish=page)
    pagination.link_next(request, response, token)
    items = [CostChangeLimitOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[CostChangeLimitOut](items=items, next_page_token=token)


@router.post("/cost-change-limits", status_code=201, dependencies=[require(Permission.COST_CHANGE_LIMITS_LOAD)])
async def load_cost_change_limit(body: CostChangeLimitIn, session: Session, actor: CurrentActor) -> CostChangeLimitOut:
    """Load a limit of change with its document; without one, figures are shown beside last year's and none is judged.

    409 `cost_change_limit_known` when one begins on that day already.
    """
    institution_id = await queries.find_institution_for(session, actor, None)
    limit = await commands.load_cost_change_limit(session, actor, institution_id=institution_id, wish=body)
    return CostChangeLimitOut.model_validate(limit, from_attributes=True)
