"""Reports on fees: the guarantee's coverage, what exams come to, what is left of the budget."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query, Request, Response
from pydantic import AwareDatetime

from x_pilot_api.core import clock, files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.commands import reports as commands
from x_pilot_api.settlements.commands.exporting import FileFormat
from x_pilot_api.settlements.queries import reports as queries
from x_pilot_api.settlements.schemas.reports import (
    BudgetReportOut,
    CoverageOut,
    CoverageRowOut,
    FeeBudgetIn,
    FeeBudgetOut,
    SpendingOut,
    SpendingRowOut,
)

router = AreaRouter(tags=["settlements"])

AsOf = Annotated[AwareDatetime | None, Query(description="Count what was so at this instant; null: now")]
InYear = Annotated[int, Query(ge=2000, le=2100, description="Of the exams")]


def get_format(
    file_format: Annotated[
        FileFormat, Query(alias="format", description="A .csv holds the rows alone")
    ] = FileFormat.XLSX,
) -> FileFormat:
    """Read as what a report is written."""
    return file_format


AFormat = Annotated[FileFormat, Depends(get_format)]


def instant(as_of: datetime | None) -> datetime:
    """Tell as of when a report counts: never later than now."""
    return min(as_of, clock.now()) if as_of else clock.now()


@router.get("/fee-reports/guarantee-coverage", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def get_guarantee_coverage(session: Session, actor: CurrentActor, as_of: AsOf = None) -> CoverageOut:
    """Read how many students of the pilot have had their guaranteed attempt, by college; a coordinator their own."""
    return await queries.tell_coverage(session, actor, as_of=instant(as_of))


@router.get(
    "/fee-reports/guarantee-coverage:export",
    dependencies=[require(Permission.FEE_REPORTS_READ)],
    response_class=Response,
    response_model=CoverageRowOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_guarantee_coverage(
    session: Session, actor: CurrentActor, file_format: AFormat, as_of: AsOf = None
) -> Response:
    """Export the coverage with every student behind it; it is on record."""
    content = await commands.export_coverage(
        session, actor, institution_id=actor.own_institution(), as_of=instant(as_of), file_format=file_format
    )
    return files.answer(content, f"guarantee-coverage.{file_format}")


@router.get("/fee-reports/spending", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def get_spending(session: Session, actor: CurrentActor, year: InYear, as_of: AsOf = None) -> SpendingOut:
    """Read what a year's exams come to by college, certificate level and payer; a coordinator their own colleges'."""
    return await queries.tell_spending(session, actor, year=year, as_of=instant(as_of))


@router.get(
    "/fee-reports/spending:export",
    dependencies=[require(Permission.FEE_REPORTS_READ)],
    response_class=Response,
    response_model=SpendingRowOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_spending(
    session: Session, actor: CurrentActor, year: InYear, file_format: AFormat, as_of: AsOf = None
) -> Response:
    """Export the spending with every candidate behind it; it is on record."""
    content = await commands.export_spending(
        session, actor, institution_id=actor.own_institution(), year=year, as_of=instant(as_of), file_format=file_format
    )
    return files.answer(content, f"spending-{year}.{file_format}")


@router.get("/fee-reports/budget", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def get_budget_report(session: Session, actor: CurrentActor, year: InYear, as_of: AsOf = None) -> BudgetReportOut:
    """Read what is left of the institution's budget for a year's exams; without a loaded budget that is said."""
    return await queries.tell_budget(session, actor, year=year, as_of=instant(as_of))


@router.get("/fee-budgets", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def list_fee_budgets(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[FeeBudgetOut]:
    """List the institution's budgets as they were loaded, oldest first."""
    items, token = await queries.list_budgets(session, actor.institution_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[FeeBudgetOut](items=items, next_page_token=token)


@router.post("/fee-budgets", status_code=201, dependencies=[require(Permission.FEE_BUDGETS_LOAD)])
async def load_fee_budget(body: FeeBudgetIn, session: Session, actor: CurrentActor) -> FeeBudgetOut:
    """Load the institution's budget for exam fees in a year, with its document; a later one goes before it."""
    made = await commands.load_budget(session, actor, institution_id=actor.own_institution(), wish=body)
    return FeeBudgetOut.model_validate(made, from_attributes=True)
