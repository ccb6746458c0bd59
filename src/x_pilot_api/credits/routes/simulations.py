"""Simulating conversion rules, and reading what came of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import accepted, files, pagination, workbooks
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.errors import SimulationNotFinished
from x_pilot_api.credits.models import Simulation
from x_pilot_api.credits.schemas import Effect, SimulationIn, SimulationOut, SimulationRowOut, SimulationSummaryOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.post(
    "/mappings/{mapping_id}:simulate",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.MAPPINGS_SIMULATE)],
)
async def simulate_mapping(
    mapping_id: UUID, body: SimulationIn, response: Response, session: Session, actor: CurrentActor
) -> SimulationSummaryOut:
    """Run a rule in any state over a cohort of its programme, as if it had been in force on the days of its exams.

    A job does it, by the decision that posts for real; nothing is posted. A coordinator does it for their own college.
    """
    simulation = await commands.simulate_mapping(session, actor, mapping_id=mapping_id, wish=body)
    accepted.point_to(response, simulation.job_id)
    return await queries.describe_simulation(session, simulation)


@router.get("/simulations", dependencies=[require(Permission.SIMULATIONS_READ)])
async def list_simulations(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    mapping_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[SimulationSummaryOut]:
    """List the simulations of the institution, for a coordinator those of their own programmes; oldest first."""
    rows, token = await queries.list_simulations(session, actor, mapping_id=mapping_id, wish=page)
    pagination.link_next(request, response, token)
    items = [await queries.describe_simulation(session, row) for row in rows]
    return PageOut[SimulationSummaryOut](items=items, next_page_token=token)


# Before the plain path, whose last parameter would take the deed for a part of the id.
@router.get(
    "/simulations/{simulation_id}:export",
    dependencies=[require(Permission.SIMULATIONS_READ)],
    response_model=SimulationRowOut,
    response_class=Response,
    responses={
        200: {"description": "A workbook of a summary and one row a certificate", "content": {workbooks.MEDIA_TYPE: {}}}
    },
)
@leaves_a_record
async def export_simulation(
    simulation_id: UUID, session: Session, service: CurrentService, actor: CurrentActor
) -> Response:
    """Export a finished simulation as .xlsx, in the language asked for; the export itself is on record."""
    simulation = await _finished(session, actor, simulation_id)
    content = await commands.export_simulation(session, actor, service=service, simulation=simulation)
    return files.answer(content, "simulation.xlsx")


@router.get("/simulations/{simulation_id}", dependencies=[require(Permission.SIMULATIONS_READ)])
async def get_simulation(simulation_id: UUID, session: Session, actor: CurrentActor) -> SimulationOut:
    """Read one simulation with its figures: who gains and loses, which limits cut, which courses would be replaced."""
    simulation = await queries.get_simulation(session, actor, simulation_id)
    summary = await queries.describe_simulation(session, simulation)
    return SimulationOut(**summary.model_dump(), figures=await queries.find_figures(session, simulation))


@router.get("/simulations/{simulation_id}/rows", dependencies=[require(Permission.SIMULATIONS_READ)])
async def list_simulation_rows(
    simulation_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    effect: Annotated[Effect | None, Query()] = None,
    is_refused: Annotated[bool | None, Query(description="A limit cuts it, or a course would not be replaced")] = None,
) -> PageOut[SimulationRowOut]:
    """List what a finished simulation found for each certificate, by student number and level."""
    simulation = await _finished(session, actor, simulation_id)
    rows = await queries.list_rows(
        session,
        actor,
        simulation,
        effect=effect,
        is_refused=is_refused,
        after=pagination.number_after(page),
        size=page.size + 1,
    )
    items = list(rows[: page.size])
    token = pagination.token_after(str(items[-1].number)) if len(rows) > page.size else None
    pagination.link_next(request, response, token)
    return PageOut[SimulationRowOut](items=items, next_page_token=token)


async def _finished(session: Session, actor: CurrentActor, simulation_id: UUID) -> Simulation:
    simulation = await queries.get_simulation(session, actor, simulation_id)
    if simulation.finished_at is None:
        raise SimulationNotFinished(students=simulation.students, job_id=str(simulation.job_id))
    return simulation
