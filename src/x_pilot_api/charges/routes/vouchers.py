"""Vouchers for many charges at once: as rows of a form, or as a file."""

from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.charges import commands
from x_pilot_api.charges.rules import vouchers as rules
from x_pilot_api.charges.schemas.vouchers import VouchersIn, VouchersRecordedOut
from x_pilot_api.core import files
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.core.tables import laying, sheets
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["charges"])

FILE_ROWS_MAX = 5_000
"""So many rows a file of vouchers may have."""

ValidateOnly = Annotated[bool, Query(description="Judge every row and keep nothing; then no key is needed")]


@router.get(
    "/voucher-template",
    dependencies=[require(Permission.PAYMENTS_RECORD)],
    response_class=Response,
    response_model=VouchersRecordedOut,
    responses=files.answering("xlsx"),
)
async def get_voucher_template() -> Response:
    """Download an empty list of vouchers, with a sheet that explains its columns."""
    return files.template(rules.TITLE.zh, rules.COLUMNS, "vouchers-template.xlsx")


@router.post(
    "/vouchers",
    status_code=201,
    response_model=VouchersRecordedOut,
    dependencies=[require(Permission.PAYMENTS_RECORD)],
)
async def record_vouchers(
    body: VouchersIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    once: RunOnce,
    validate_only: ValidateOnly = False,
) -> VouchersRecordedOut | JSONResponse:
    """Record what was paid on many charges, all rows or none; somebody else confirms each.

    A document may pay several charges: its rows, with what was recorded of it before, come to its `document_fen`.
    """
    institution_id, given = actor.own_institution(), commands.from_list(body.rows)
    deed = commands.record_vouchers(
        session, actor, institution_id=institution_id, given=given, today=today, validate_only=validate_only
    )
    if validate_only:
        response.status_code = 200
        return await deed
    return await once(VouchersRecordedOut, deed, institution_id=institution_id)


@router.post(
    "/vouchers:file",
    status_code=201,
    dependencies=[require(Permission.PAYMENTS_RECORD)],
    openapi_extra=files.taking(*files.TABLES),
)
async def record_voucher_file(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
    validate_only: ValidateOnly = False,
) -> VouchersRecordedOut:
    """Record the vouchers of a file, .xlsx or .csv, all or none; 409 `vouchers_refused` names row, column and code.

    Sent again, every document is on its charge already and nothing is done, so it takes no key.
    """
    limits = laying.limits_of(service.settings, rows=FILE_ROWS_MAX)
    sheet = await sheets.read_sheet(await request.body(), limits, rules.COLUMNS)
    response.status_code = 200 if validate_only else 201
    return await commands.record_vouchers(
        session,
        actor,
        institution_id=actor.own_institution(),
        given=commands.from_sheet(sheet),
        today=today,
        validate_only=validate_only,
    )
