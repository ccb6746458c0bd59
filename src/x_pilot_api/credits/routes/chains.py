"""The chain that conversions go, as a setting with versions."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.schemas import ConversionPolicyIn, ConversionPolicyOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.get("/conversion-policies", dependencies=[require(Permission.CONVERSION_POLICIES_READ)])
async def list_conversion_policies(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ConversionPolicyOut]:
    """List the versions of the institution's chain; where none is, the full chain holds and a loss flags."""
    rows, token = await queries.list_policies(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ConversionPolicyOut](items=[queries.tell_policy(row) for row in rows], next_page_token=token)


@router.post(
    "/conversion-policies",
    status_code=201,
    response_model=ConversionPolicyOut,
    dependencies=[require(Permission.CONVERSION_POLICIES_LOAD)],
)
async def load_conversion_policy(
    body: ConversionPolicyIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionPolicyOut | JSONResponse:
    """Load the next version of the chain by a document; conversions already asked for keep theirs."""
    institution_id = queries.institution_of(actor, None)

    async def load() -> ConversionPolicyOut:
        policy = await commands.load_conversion_policy(
            session, actor, institution_id=institution_id, wish=body, today=today
        )
        return queries.tell_policy(policy)

    return await once(ConversionPolicyOut, load(), institution_id=institution_id)
