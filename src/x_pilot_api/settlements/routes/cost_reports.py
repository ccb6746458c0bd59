"""Reports on costs beside ceilings and fees, and the budget's report as a file."""

from typing import Annotated

from fastapi import Depends, Response

from x_pilot_api.core import files
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.commands import cost_reports as commands
from x_pilot_api.settlements.commands.exporting import FileFormat
from x_pilot_api.settlements.queries import costs as queries
from x_pilot_api.settlements.queries.costs import Measure
from x_pilot_api.settlements.routes.reports import AFormat, AsOf, InYear, instant
from x_pilot_api.settlements.schemas.costs import (
    CostAgainstCeilingOut,
    CostAgainstCeilingRowOut,
    FeeAgainstCostOut,
    FeeAgainstCostRowOut,
)
from x_pilot_api.settlements.schemas.reports import BudgetReportOut

router = AreaRouter(tags=["settlements"])


def get_measure(service: CurrentService, year: InYear, as_of: AsOf = None) -> Measure:
    """Read by what costs are measured."""
    then = instant(as_of)
    return Measure(year, queries.day_within(year, then, timezone=service.settings.timezone), then)


Asked = Annotated[Measure, Depends(get_measure)]


@router.get("/fee-reports/cost-against-ceiling", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def get_cost_against_ceiling(session: Session, actor: CurrentActor, by: Asked) -> CostAgainstCeilingOut:
    """Read what exams cost a candidate beside the ceilings in force; a coordinator by their own colleges."""
    return await queries.tell_cost_against_ceiling(session, actor, by=by)


@router.get(
    "/fee-reports/cost-against-ceiling:export",
    dependencies=[require(Permission.FEE_REPORTS_READ)],
    response_class=Response,
    response_model=CostAgainstCeilingRowOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_cost_against_ceiling(
    session: Session, actor: CurrentActor, by: Asked, file_format: AFormat
) -> Response:
    """Export the costs beside the ceilings with every cost sheet behind them; it is on record."""
    content = await commands.export_cost_against_ceiling(
        session, actor, institution_id=actor.own_institution(), by=by, file_format=file_format
    )
    return files.answer(content, f"cost-against-ceiling-{by.year}.{file_format}")


@router.get("/fee-reports/fee-against-cost", dependencies=[require(Permission.FEE_REPORTS_READ)])
async def get_fee_against_cost(session: Session, actor: CurrentActor, by: Asked) -> FeeAgainstCostOut:
    """Read the fees in force beside what exams cost a candidate; a coordinator by their own colleges' costs."""
    return await queries.tell_fee_against_cost(session, actor, by=by)


@router.get(
    "/fee-reports/fee-against-cost:export",
    dependencies=[require(Permission.FEE_REPORTS_READ)],
    response_class=Response,
    response_model=FeeAgainstCostRowOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_fee_against_cost(session: Session, actor: CurrentActor, by: Asked, file_format: AFormat) -> Response:
    """Export the fees beside the costs with every cost sheet behind them; it is on record."""
    content = await commands.export_fee_against_cost(
        session, actor, institution_id=actor.own_institution(), by=by, file_format=file_format
    )
    return files.answer(content, f"fee-against-cost-{by.year}.{file_format}")


@router.get(
    "/fee-reports/budget:export",
    dependencies=[require(Permission.FEE_REPORTS_READ)],
    response_class=Response,
    response_model=BudgetReportOut,
    responses=files.answering(*FileFormat),
)
@leaves_a_record
async def export_budget_report(
    session: Session, actor: CurrentActor, year: InYear, file_format: AFormat, as_of: AsOf = None
) -> Response:
    """Export what is left of the budget with what it pays for; a coordinator has their own colleges' candidates."""
    content = await commands.export_budget(
        session, actor, institution_id=actor.own_institution(), year=year, as_of=instant(as_of), file_format=file_format
    )
    return files.answer(content, f"fee-budget-{year}.{file_format}")
