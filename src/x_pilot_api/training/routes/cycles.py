"""What a cycle takes, teachers' cycles, and how far each college is."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training import commands, queries
from x_pilot_api.training.schemas import (
    CollegeCoverageOut,
    TrainingCycleOut,
    TrainingCyclesIn,
    TrainingCyclesOpenedOut,
    TrainingRequirementIn,
    TrainingRequirementOut,
    TrainingStanding,
)

router = AreaRouter(tags=["training"])


@router.get("/training-requirements", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_requirements(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[TrainingRequirementOut]:
    """List every version of what a five-year cycle takes, with its document."""
    rows, token = await queries.list_requirements(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = [TrainingRequirementOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[TrainingRequirementOut](items=items, next_page_token=token)


@router.post("/training-requirements", status_code=201, dependencies=[require(Permission.TRAINING_RUN)])
async def load_training_requirement(
    body: TrainingRequirementIn, session: Session, actor: CurrentActor
) -> TrainingRequirementOut:
    """Load the next version of what a cycle takes; it judges the cycles that begin while it is in force."""
    requirement = await commands.load_requirement(session, actor, wish=body)
    return TrainingRequirementOut.model_validate(requirement, from_attributes=True)


@router.get("/training-cycles", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_cycles(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    teacher_id: Annotated[UUID | None, Query()] = None,
    standing: Annotated[
        TrainingStanding | None, Query(description="`short` is the forecast of who will miss it")
    ] = None,
    ends_until: Annotated[Day | None, Query(description="Cycles that end on this day or before")] = None,
) -> PageOut[TrainingCycleOut]:
    """List cycles with progress and forecast, those that end first first: a coordinator's college, a teacher's own."""
    asked = queries.CycleFilter(college_id, teacher_id, standing, ends_until)
    items, token = await queries.list_cycles(session, actor, asked=asked, today=today, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[TrainingCycleOut](items=items, next_page_token=token)


@router.get("/training-cycles/{cycle_id}", dependencies=[require(Permission.TRAINING_READ)])
async def get_training_cycle(cycle_id: UUID, session: Session, actor: CurrentActor, today: Today) -> TrainingCycleOut:
    """Read one teacher's five years: what they take, what is done, and what the places held will bring."""
    return await queries.get_cycle(session, actor, cycle_id, today=today)


@router.post("/training-cycles:open", status_code=201, dependencies=[require(Permission.TRAINING_RECORD)])
async def open_training_cycles(
    body: TrainingCyclesIn, session: Session, actor: CurrentActor
) -> TrainingCyclesOpenedOut:
    """Open cycles for a college's active teachers; 409 `training_requirement_missing` where no figure is loaded."""
    return await commands.open_cycles(session, actor, wish=body)


@router.get("/training-coverage", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_coverage(session: Session, actor: CurrentActor, today: Today) -> list[CollegeCoverageOut]:
    """Count how far each college's teachers are today, of those the caller sees; a rate of nobody is null."""
    return await queries.list_coverage(session, actor, today=today)
