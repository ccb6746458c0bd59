"""Comparing an organisation's own list with a settlement."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.tables import laying
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.commands import reconciliations as commands
from x_pilot_api.settlements.commands.exporting import FileFormat
from x_pilot_api.settlements.models import DifferenceKind
from x_pilot_api.settlements.queries import reconciliations as queries
from x_pilot_api.settlements.queries import settlements
from x_pilot_api.settlements.rules.reconciling import COLUMNS
from x_pilot_api.settlements.schemas.reconciliations import DifferenceOut, ReconciliationOut

router = AreaRouter(tags=["settlements"])


@router.post(
    "/settlements/{settlement_id}/reconciliations",
    status_code=201,
    dependencies=[require(Permission.SETTLEMENTS_RECONCILE)],
    openapi_extra=files.taking(*files.TABLES),
)
async def reconcile_settlement(
    settlement_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> ReconciliationOut:
    """Compare an organisation's own list, .xlsx or .csv, with a settlement as it is; every difference is kept.

    A row is matched by its admission number; what stands there and is none of the plan's is not kept. Rows that cannot
    be read are differences of their own.
    """
    limits = laying.limits_of(service.settings, rows=commands.ROWS_MAX)
    made = await commands.reconcile(
        session, actor, settlement_id=settlement_id, data=await request.body(), limits=limits
    )
    response.headers["Location"] = f"/v1/reconciliations/{made.id}"
    return await queries.tell(session, made)


@router.get(
    "/settlements/{settlement_id}/reconciliation-template",
    dependencies=[require(Permission.SETTLEMENTS_RECONCILE)],
    response_class=Response,
    response_model=ReconciliationOut,
    responses=files.answering("xlsx"),
)
async def get_reconciliation_template(settlement_id: UUID, session: Session, actor: CurrentActor) -> Response:
    """Download an empty list to fill in, with a sheet that explains its columns."""
    await settlements.get_settlement(session, actor, settlement_id)
    return files.template("对账清单", COLUMNS, "reconciliation-template.xlsx")


@router.get(
    "/reconciliations/{reconciliation_id}:export",
    dependencies=[require(Permission.RECONCILIATIONS_READ)],
    response_class=Response,
    response_model=DifferenceOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_reconciliation(
    reconciliation_id: UUID,
    session: Session,
    actor: CurrentActor,
    file_format: Annotated[FileFormat, Query(alias="format")] = FileFormat.XLSX,
) -> Response:
    """Export the differences of a comparison as .xlsx or .csv; it is on record."""
    found = await queries.get_reconciliation(session, actor, reconciliation_id)
    content = await commands.export_reconciliation(session, actor, reconciliation=found, file_format=file_format)
    return files.answer(content, f"reconciliation.{file_format}")


@router.get("/reconciliations/{reconciliation_id}", dependencies=[require(Permission.RECONCILIATIONS_READ)])
async def get_reconciliation(reconciliation_id: UUID, session: Session, actor: CurrentActor) -> ReconciliationOut:
    """Read how a list compared with a settlement, in numbers."""
    return await queries.tell(session, await queries.get_reconciliation(session, actor, reconciliation_id))


@router.get("/reconciliations/{reconciliation_id}/differences", dependencies=[require(Permission.RECONCILIATIONS_READ)])
async def list_reconciliation_differences(
    reconciliation_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    kind: Annotated[DifferenceKind | None, Query()] = None,
) -> PageOut[DifferenceOut]:
    """List the differences with the figures on both sides, theirs by row and then what only we have."""
    found = await queries.get_reconciliation(session, actor, reconciliation_id)
    items, token = await queries.list_differences(session, found, kind=kind, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[DifferenceOut](items=items, next_page_token=token)
