"""What is recognised beside certificates, and how long credits last, as settings with versions."""

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
from x_pilot_api.credits.schemas import ExpiryPolicyIn, ExpiryPolicyOut, RecognitionPolicyIn, RecognitionPolicyOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.get("/recognition-policies", dependencies=[require(Permission.RECOGNITION_POLICIES_READ)])
async def list_recognition_policies(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[RecognitionPolicyOut]:
    """List the versions of what the institution recognises beside certificates; where none is, nothing is."""
    rows, token = await queries.list_recognition_policies(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.tell_recognition_policies(session, rows)
    return PageOut[RecognitionPolicyOut](items=items, next_page_token=token)


@router.post(
    "/recognition-policies",
    status_code=201,
    response_model=RecognitionPolicyOut,
    dependencies=[require(Permission.RECOGNITION_POLICIES_LOAD)],
)
async def load_recognition_policy(
    body: RecognitionPolicyIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> RecognitionPolicyOut | JSONResponse:
    """Load the next version by a document: kinds, conditions, credits, limits; what was recognised before stays."""
    institution_id = queries.institution_of(actor, None)

    async def load() -> RecognitionPolicyOut:
        policy = await commands.load_recognition_policy(
            session, actor, institution_id=institution_id, wish=body, today=today
        )
        (told,) = await queries.tell_recognition_policies(session, [policy])
        return told

    return await once(RecognitionPolicyOut, load(), institution_id=institution_id)


@router.get("/expiry-policies", dependencies=[require(Permission.EXPIRY_POLICIES_READ)])
async def list_expiry_policies(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ExpiryPolicyOut]:
    """List the versions of how long credits last; where none is, they never expire."""
    rows, token = await queries.list_expiry_policies(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.tell_expiry_policies(session, rows)
    return PageOut[ExpiryPolicyOut](items=items, next_page_token=token)


@router.post(
    "/expiry-policies",
    status_code=201,
    response_model=ExpiryPolicyOut,
    dependencies=[require(Permission.EXPIRY_POLICIES_LOAD)],
)
async def load_expiry_policy(
    body: ExpiryPolicyIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ExpiryPolicyOut | JSONResponse:
    """Load the next version by a document; it holds for credits posted from its day on, never for earlier ones."""
    institution_id = queries.institution_of(actor, None)

    async def load() -> ExpiryPolicyOut:
        policy = await commands.load_expiry_policy(
            session, actor, institution_id=institution_id, wish=body, today=today
        )
        (told,) = await queries.tell_expiry_policies(session, [policy])
        return told

    return await once(ExpiryPolicyOut, load(), institution_id=institution_id)
