"""Credit accounts: opening them, and seeing what is in them and why."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.models import AccountState
from x_pilot_api.credits.queries import AccountSearch
from x_pilot_api.credits.schemas import (
    AccountRowOut,
    AccountsOpenedOut,
    CohortIn,
    CreditAccountOut,
    EntryOut,
    GroupBy,
    OpeningRatesOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.post(
    "/credit-accounts:open",
    status_code=201,
    response_model=AccountsOpenedOut,
    dependencies=[require(Permission.CREDIT_ACCOUNTS_OPEN)],
)
async def open_credit_accounts(
    body: CohortIn, session: Session, actor: CurrentActor, once: RunOnce
) -> AccountsOpenedOut | JSONResponse:
    """Open credit accounts for students or a cohort at once; certificates that waited for an account are recognised."""
    if actor.institution_id is None:
        raise NotFound(what="student", zh="学生")
    deed = commands.open_accounts(session, actor, institution_id=actor.institution_id, cohort=body)
    return await once(AccountsOpenedOut, deed, institution_id=actor.institution_id)


@router.get("/credit-accounts", dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)])
async def list_credit_accounts(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[AccountState | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    programme_id: Annotated[UUID | None, Query()] = None,
    entry_year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    class_name: Annotated[Line | None, Query()] = None,
) -> PageOut[AccountRowOut]:
    """List credit accounts with what they hold, in the order in which they were opened; a college sees its own."""
    search = AccountSearch(state, college_id, programme_id, entry_year, class_name)
    rows, token = await queries.list_accounts(session, actor, search=search, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[AccountRowOut](items=list(rows), next_page_token=token)


@router.get("/credit-account-rates", dependencies=[require(Permission.OPENING_RATES_READ)])
async def get_opening_rates(
    session: Session, actor: CurrentActor, by: Annotated[GroupBy, Query()] = GroupBy.COLLEGE
) -> OpeningRatesOut:
    """Tell how many enrolled students of pilot programmes have an open account, with numerator and denominator."""
    return await queries.count_opened(session, actor, by=by)


@router.get("/students/{student_id}/credit-account", dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)])
async def get_credit_account(student_id: UUID, session: Session, actor: CurrentActor) -> CreditAccountOut:
    """Read a student's credit account with every certificate behind it; 404 when none was opened."""
    return await queries.get_account_of_student(session, actor, student_id)


@router.get("/credit-accounts/{account_id}/entries", dependencies=[require(Permission.CREDIT_ACCOUNTS_READ)])
async def list_credit_entries(
    account_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[EntryOut]:
    """List the movements on an account in their order, each with what was available after it."""
    after = pagination.number_after(page)
    rows = await queries.list_entries(session, actor, account_id=account_id, after=after, size=page.size + 1)
    items = list(rows[: page.size])
    token = pagination.token_after(str(items[-1].seq)) if len(rows) > page.size else None
    pagination.link_next(request, response, token)
    return PageOut[EntryOut](items=items, next_page_token=token)
