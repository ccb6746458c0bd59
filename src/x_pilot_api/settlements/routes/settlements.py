"""Settlements of a plan's exams between an institution and an organisation."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.commands import settlements as commands
from x_pilot_api.settlements.commands import statements
from x_pilot_api.settlements.models import SettlementState
from x_pilot_api.settlements.queries import settlements as queries
from x_pilot_api.settlements.schemas.settlements import (
    SettlementAgreementIn,
    SettlementDetailOut,
    SettlementDisputeIn,
    SettlementOut,
    SettlementPaymentIn,
    SettlementRowOut,
)

router = AreaRouter(tags=["settlements"])


@router.get("/settlements", dependencies=[require(Permission.SETTLEMENTS_READ)])
async def list_settlements(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID | None, Query()] = None,
    organisation_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[SettlementState | None, Query()] = None,
) -> PageOut[SettlementOut]:
    """List the institution's settlements, or for an organisation's staff its own once they are proposed."""
    items, token = await queries.list_settlements(
        session, actor, exam_plan_id=exam_plan_id, organisation_id=organisation_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[SettlementOut](items=items, next_page_token=token)


@router.post(
    "/exam-plans/{exam_plan_id}/settlements",
    status_code=201,
    dependencies=[require(Permission.SETTLEMENTS_PREPARE)],
)
async def draw_up_settlement(
    exam_plan_id: UUID, response: Response, session: Session, actor: CurrentActor
) -> SettlementDetailOut:
    """Draw a plan's settlement up as of now; after an agreement it is one that adjusts what was agreed to.

    409 `settlement_open` while the one before is not agreed to, `nothing_locked` without locked candidates, and
    `nothing_to_adjust` when nothing has changed since the agreement.
    """
    made = await commands.draw_up_settlement(session, actor, plan_id=exam_plan_id)
    response.headers["Location"] = f"/v1/settlements/{made.id}"
    return await queries.tell_one(session, actor, made)


# Before the plain path, whose last parameter would take the deed for a part of the id.
@router.get(
    "/settlements/{settlement_id}:export",
    dependencies=[require(Permission.SETTLEMENTS_READ)],
    response_class=Response,
    response_model=SettlementRowOut,
    responses=files.answering("xlsx"),
)
@leaves_a_record
async def export_settlement(settlement_id: UUID, session: Session, actor: CurrentActor) -> Response:
    """Export a settlement as .xlsx; a coordinator is given their own colleges' candidates; it is on record."""
    settlement = await queries.get_settlement(session, actor, settlement_id)
    content = await statements.export_settlement(session, actor, settlement=settlement)
    return files.answer(content, f"settlement-{settlement.number}.xlsx")


@router.get(
    "/settlements/{settlement_id}:print",
    dependencies=[require(Permission.SETTLEMENTS_READ)],
    response_class=Response,
    response_model=SettlementDetailOut,
    responses=files.answering("pdf"),
)
@leaves_a_record
async def print_settlement(
    settlement_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> Response:
    """Download a settlement's statement as PDF; it names no candidate; it is on record."""
    settlement = await queries.get_settlement(session, actor, settlement_id)
    zone = ZoneInfo(service.settings.timezone)
    content = await statements.print_settlement(session, actor, settlement=settlement, zone=zone)
    return files.answer(content, f"settlement-{settlement.number}.pdf")


@router.get(
    "/settlements/{settlement_id}",
    response_model=SettlementDetailOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SETTLEMENTS_READ)],
)
async def get_settlement(
    settlement_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one settlement with what each payer bears for each certificate level."""
    settlement = await queries.get_settlement(session, actor, settlement_id)
    return etags.answer(await queries.tell_one(session, actor, settlement), if_none_match=if_none_match)


@router.get("/settlements/{settlement_id}/rows", dependencies=[require(Permission.SETTLEMENTS_READ)])
async def list_settlement_rows(
    settlement_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[SettlementRowOut]:
    """List a settlement's candidates by admission number, one row for each payer; a coordinator's own colleges'."""
    settlement = await queries.get_settlement(session, actor, settlement_id)
    items, token = await queries.list_rows(session, actor, settlement, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[SettlementRowOut](items=items, next_page_token=token)


@router.post("/settlements/{settlement_id}:recompute", dependencies=[require(Permission.SETTLEMENTS_PREPARE)])
async def recompute_settlement(settlement_id: UUID, session: Session, actor: CurrentActor) -> SettlementDetailOut:
    """Compute a settlement anew as of now, and take back what either side agreed to; not once both have."""
    made = await commands.recompute_settlement(session, actor, settlement_id=settlement_id)
    return await queries.tell_one(session, actor, made)


@router.post("/settlements/{settlement_id}:propose", dependencies=[require(Permission.SETTLEMENTS_PREPARE)])
async def propose_settlement(settlement_id: UUID, session: Session, actor: CurrentActor) -> SettlementDetailOut:
    """Show a settlement to the organisation; from then on both sides can agree to it."""
    made = await commands.propose_settlement(session, actor, settlement_id=settlement_id)
    return await queries.tell_one(session, actor, made)


@router.post("/settlements/{settlement_id}:agree", dependencies=[require(Permission.SETTLEMENTS_AGREE)])
async def agree_settlement(
    settlement_id: UUID, body: SettlementAgreementIn, session: Session, actor: CurrentActor
) -> SettlementDetailOut:
    """Agree to a settlement for the institution or for the organisation, by the hash of what was read.

    409 `settlement_changed` when it says something else now, `same_settler` for who agreed for the other side.
    """
    made = await commands.agree_settlement(session, actor, settlement_id=settlement_id, content_hash=body.content_hash)
    return await queries.tell_one(session, actor, made)


@router.post("/settlements/{settlement_id}:dispute", dependencies=[require(Permission.SETTLEMENTS_AGREE)])
async def dispute_settlement(
    settlement_id: UUID, body: SettlementDisputeIn, session: Session, actor: CurrentActor
) -> SettlementDetailOut:
    """Say why a settlement is not agreed to; it can be recomputed and proposed again."""
    made = await commands.dispute_settlement(session, actor, settlement_id=settlement_id, reason=body.reason)
    return await queries.tell_one(session, actor, made)


@router.post("/settlements/{settlement_id}:settle", dependencies=[require(Permission.SETTLEMENTS_PAY)])
async def settle_settlement(
    settlement_id: UUID, body: SettlementPaymentIn, session: Session, actor: CurrentActor, today: Today
) -> SettlementDetailOut:
    """Record the payment of what both sides agreed to, with the number and date of its document."""
    made = await commands.settle_settlement(session, actor, settlement_id=settlement_id, payment=body, today=today)
    return await queries.tell_one(session, actor, made)
