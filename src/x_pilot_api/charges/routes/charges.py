"""Charges: seeing them, letting off, giving back."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import commands, queries
from x_pilot_api.charges.models import ChargeState
from x_pilot_api.charges.queries import ChargeSearch
from x_pilot_api.charges.schemas import ChargeDetailOut, ChargeOut, RefundIn, ReliefIn
from x_pilot_api.core import files, pagination, workbooks
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["charges"])


@router.get("/charges", dependencies=[require(Permission.CHARGES_READ)])
async def list_charges(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID | None, Query()] = None,
    student_id: Annotated[UUID | None, Query()] = None,
    registration_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ChargeState | None, Query()] = None,
    has_waiting_voucher: Annotated[
        bool | None, Query(description="Whether a voucher for it waits for a second person")
    ] = None,
) -> PageOut[ChargeOut]:
    """List charges by plan, student, registration or state, oldest first; a college sees its own, a student theirs."""
    search = ChargeSearch(exam_plan_id, student_id, registration_id, state, has_waiting_voucher)
    rows, token = await queries.list_charges(session, actor, search=search, wish=page)
    pagination.link_next(request, response, token)
    items = [queries.tell_charge(actor, row) for row in rows]
    return PageOut[ChargeOut](items=items, next_page_token=token)


@router.get(
    "/charges:export",
    dependencies=[require(Permission.CHARGES_READ)],
    response_class=Response,
    responses={200: {"description": "A workbook of one row a charge", "content": {workbooks.MEDIA_TYPE: {}}}},
)
@leaves_a_record
async def export_charges(
    session: Session,
    service: CurrentService,
    actor: CurrentActor,
    exam_plan_id: Annotated[UUID | None, Query()] = None,
    student_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ChargeState | None, Query()] = None,
) -> Response:
    """Export charges as .xlsx, in the language asked for; the export itself is on record."""
    institution_id = actor.own_institution()
    search = ChargeSearch(exam_plan_id, student_id, None, state)
    content = await commands.export_charges(
        session, actor, service=service, institution_id=institution_id, search=search
    )
    return files.answer(content, "charges.xlsx")


@router.get("/charges/{charge_id}", dependencies=[require(Permission.CHARGES_READ)])
async def get_charge(charge_id: UUID, session: Session, actor: CurrentActor) -> ChargeDetailOut:
    """Read one charge with what it was let off and what was given back."""
    return await queries.describe_charge(session, actor, await queries.get_charge(session, actor, charge_id))


@router.post(
    "/charges/{charge_id}:relieve",
    status_code=201,
    response_model=ChargeDetailOut,
    dependencies=[require(Permission.CHARGES_RELIEVE)],
)
async def relieve_charge(
    charge_id: UUID, body: ReliefIn, session: Session, actor: CurrentActor, once: RunOnce
) -> ChargeDetailOut | JSONResponse:
    """Let a charge off in part or whole, or have a fund pay of it, by a document; never beyond what is owed."""
    charge = await queries.get_charge(session, actor, charge_id)
    deed = _relieve(session, actor, charge_id, body)
    return await once(ChargeDetailOut, deed, institution_id=charge.institution_id)


@router.post(
    "/charges/{charge_id}:refund",
    status_code=201,
    response_model=ChargeDetailOut,
    dependencies=[require(Permission.CHARGES_REFUND)],
)
async def refund_charge(
    charge_id: UUID, body: RefundIn, session: Session, actor: CurrentActor, once: RunOnce
) -> ChargeDetailOut | JSONResponse:
    """Give back on a charge by cause, never more than was paid; what was given back is not owed again."""
    charge = await queries.get_charge(session, actor, charge_id)
    deed = _refund(session, actor, charge_id, body)
    return await once(ChargeDetailOut, deed, institution_id=charge.institution_id)


async def _relieve(session: AsyncSession, actor: Actor, charge_id: UUID, wish: ReliefIn) -> ChargeDetailOut:
    charge = await commands.relieve_charge(session, actor, charge_id=charge_id, wish=wish)
    return await queries.describe_charge(session, actor, charge)


async def _refund(session: AsyncSession, actor: Actor, charge_id: UUID, wish: RefundIn) -> ChargeDetailOut:
    charge = await commands.refund_charge(session, actor, charge_id=charge_id, wish=wish)
    return await queries.describe_charge(session, actor, charge)
