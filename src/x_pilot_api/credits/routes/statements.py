"""Statements of credit accounts as of any instant, as pages and as a workbook, and what was certified at closing."""

import base64
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import AwareDatetime

from x_pilot_api.core import files, pagination, workbooks
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page
from x_pilot_api.core.service import CurrentService
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.schemas import ClosingStatementOut, StatementOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])

AsOf = Annotated[AwareDatetime | None, Query(description="RFC 3339 with offset; left out or still to come: now")]


# Before the plain path, whose last parameter would take the deed for a part of the id.
@router.get(
    "/credit-accounts/{account_id}/statement:export",
    dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)],
    response_model=StatementOut,
    response_class=Response,
    responses={200: {"description": "A workbook of one row a movement", "content": {workbooks.MEDIA_TYPE: {}}}},
)
@leaves_a_record
async def export_statement(
    account_id: UUID, session: Session, service: CurrentService, actor: CurrentActor, as_of: AsOf = None
) -> Response:
    """Export a statement as .xlsx, in the language asked for; the export itself is on record."""
    account = await queries.get_visible_account(session, actor, account_id)
    content = await commands.export_statement(session, actor, service=service, account=account, as_of=as_of)
    return files.answer(content, "statement.xlsx")


@router.get("/credit-accounts/{account_id}/statement", dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)])
async def get_statement(
    account_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    as_of: AsOf = None,
) -> StatementOut:
    """State an account as of any instant: what it held then, each movement up to then, and what each rests on.

    It is reckoned from the book alone, so the same instant gives the same statement for ever.
    """
    account = await queries.get_visible_account(session, actor, account_id)
    moment: datetime | None = as_of
    statement = await queries.state_account(session, account, as_of=moment, wish=page)
    pagination.link_next(request, response, statement.next_page_token)
    return statement


@router.get("/credit-accounts/{account_id}/closing-statement", dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)])
async def get_closing_statement(account_id: UUID, session: Session, actor: CurrentActor) -> ClosingStatementOut:
    """Read what was certified when an account was closed; anybody can have its leaf in the log proved."""
    account = await queries.get_visible_account(session, actor, account_id)
    closing, leaf = await queries.get_closing_statement(session, account)
    named = base64.urlsafe_b64encode(leaf).decode().rstrip("=")
    return ClosingStatementOut(
        account_id=account.id,
        reason=closing.reason,
        accumulated=closing.posted_hundredths,
        movements=closing.movements,
        recorded_at=closing.recorded_at,
        content=closing.content,
        content_hash=closing.content_hash,
        leaf=leaf.hex(),
        proof_url=f"/v1/logs/{account.institution_id}/proofs/inclusion?leaf={named}",
    )
