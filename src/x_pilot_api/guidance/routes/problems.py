"""Problems of the pilot, from the day they are raised to the day they are confirmed to be solved."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.guidance.commands import problems as commands
from x_pilot_api.guidance.models import PilotProblem, ProblemSeverity, ProblemState
from x_pilot_api.guidance.queries import problems as queries
from x_pilot_api.guidance.schemas.problems import (
    PilotProblemIn,
    PilotProblemOut,
    ProblemAgeingOut,
    ProblemAssignmentIn,
    ProblemConfirmationIn,
    ProblemReopeningIn,
    ProblemResolutionIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["guidance"])

_READ = require(Permission.PILOT_PROBLEMS_READ)
_RAISE = require(Permission.PILOT_PROBLEMS_RAISE)


@router.get("/pilot-problems", dependencies=[_READ])
async def list_pilot_problems(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ProblemState | None, Query()] = None,
    severity: Annotated[ProblemSeverity | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    mine: Annotated[bool, Query(description="Only what the caller raised or owns")] = False,
    overdue: Annotated[bool, Query(description="Only what its owner is waited for past its day")] = False,
) -> PageOut[PilotProblemOut]:
    """List problems, the oldest first: the institution's, a coordinator's colleges', or a teacher's own."""
    rows, token = await queries.list_problems(
        session,
        actor,
        college_id=college_id,
        state=state,
        severity=severity,
        certificate_id=certificate_id,
        mine=mine,
        overdue_on=today if overdue else None,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_problems(session, actor, rows, today=today)
    return PageOut[PilotProblemOut](items=items, next_page_token=token)


@router.get("/pilot-problem-ageing", dependencies=[_READ])
async def get_pilot_problem_ageing(session: Session, actor: CurrentActor, today: Today) -> ProblemAgeingOut:
    """Count the open problems the caller sees by college and age, in buckets of days."""
    return await queries.tell_ageing(session, actor, today=today)


@router.post("/pilot-problems", status_code=201, dependencies=[_RAISE])
async def raise_pilot_problem(
    body: PilotProblemIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> PilotProblemOut:
    """Raise a problem of the pilot (N(12))."""
    problem = await commands.raise_problem(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/pilot-problems/{problem.id}"
    return await _told(session, actor, problem, today)


@router.get(
    "/pilot-problems/{problem_id}",
    response_model=PilotProblemOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_pilot_problem(
    problem_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one problem and everything that was done about it."""
    problem = await queries.get_problem(session, actor, problem_id)
    return etags.answer(await _told(session, actor, problem, today), if_none_match=if_none_match)


@router.post("/pilot-problems/{problem_id}:assign", dependencies=[require(Permission.PILOT_PROBLEMS_ASSIGN)])
async def assign_pilot_problem(
    problem_id: UUID, body: ProblemAssignmentIn, session: Session, actor: CurrentActor, today: Today
) -> PilotProblemOut:
    """Give a problem to an owner until a day, or to another; 409 `owner_unfit` when they cannot see it."""
    problem = await commands.assign_problem(session, actor, problem_id=problem_id, wish=body, today=today)
    return await _told(session, actor, problem, today)


@router.post("/pilot-problems/{problem_id}:resolve", dependencies=[require(Permission.PILOT_PROBLEMS_RESOLVE)])
async def resolve_pilot_problem(
    problem_id: UUID, body: ProblemResolutionIn, session: Session, actor: CurrentActor, today: Today
) -> PilotProblemOut:
    """Say what was done about a problem, as its owner."""
    problem = await commands.resolve_problem(session, actor, problem_id=problem_id, resolution=body.resolution)
    return await _told(session, actor, problem, today)


@router.post("/pilot-problems/{problem_id}:confirm", dependencies=[_RAISE])
async def confirm_pilot_problem(
    problem_id: UUID, body: ProblemConfirmationIn, session: Session, actor: CurrentActor, today: Today
) -> PilotProblemOut:
    """Confirm that a problem is solved, as whoever raised it."""
    problem = await commands.confirm_problem(session, actor, problem_id=problem_id, remark=body.remark, today=today)
    return await _told(session, actor, problem, today)


@router.post("/pilot-problems/{problem_id}:reopen", dependencies=[_RAISE])
async def reopen_pilot_problem(
    problem_id: UUID, body: ProblemReopeningIn, session: Session, actor: CurrentActor, today: Today
) -> PilotProblemOut:
    """Say that a problem is not solved and until when it is to be, as whoever raised it."""
    problem = await commands.reopen_problem(session, actor, problem_id=problem_id, wish=body, today=today)
    return await _told(session, actor, problem, today)


async def _told(session: Session, actor: Actor, problem: PilotProblem, today: date) -> PilotProblemOut:
    (told,) = await queries.describe_problems(session, actor, [problem], today=today)
    return told
