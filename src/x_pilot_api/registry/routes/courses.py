"""The courses of programmes, and the training plans they make up."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import commands, queries
from x_pilot_api.registry.models import CourseCategory, TrainingPlanState
from x_pilot_api.registry.schemas import (
    CourseChange,
    CourseIn,
    CourseOfProgrammeOut,
    TrainingPlanChange,
    TrainingPlanIn,
    TrainingPlanOut,
    TrainingPlanWithCoursesOut,
)

router = AreaRouter(tags=["registry"])


@router.get("/courses", dependencies=[require(Permission.COURSES_READ)])
async def list_courses(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    programme_id: Annotated[UUID | None, Query()] = None,
    category: Annotated[CourseCategory | None, Query()] = None,
    text: Annotated[Line | None, Query(description="Beginning of the code, or part of the name")] = None,
) -> PageOut[CourseOfProgrammeOut]:
    """List the courses of the caller's institution by code."""
    rows, token = await queries.list_courses(
        session, actor, programme_id=programme_id, category=category, text=text, wish=page
    )
    pagination.link_next(request, response, token)
    items = [queries.describe_course(row) for row in rows]
    return PageOut[CourseOfProgrammeOut](items=items, next_page_token=token)


@router.post(
    "/courses",
    status_code=201,
    response_model=CourseOfProgrammeOut,
    dependencies=[require(Permission.COURSES_WRITE)],
)
async def create_course(
    body: CourseIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> CourseOfProgrammeOut | JSONResponse:
    """Create a course of a programme the caller acts for; 409 `register_row_refused` when its code is another's."""
    return await once(
        CourseOfProgrammeOut,
        commands.create_course(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/courses/{course_id}",
    response_model=CourseOfProgrammeOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.COURSES_READ)],
)
async def get_course(
    course_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one course."""
    course = await queries.get_course(session, actor, course_id)
    return etags.answer(queries.describe_course(course), if_none_match=if_none_match)


@router.patch(
    "/courses/{course_id}",
    response_model=CourseOfProgrammeOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COURSES_WRITE)],
)
async def change_course(
    course_id: UUID, body: CourseChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Change a course; 409 `course_credit_held` in the errors while a conversion rule rests on its credits.

    A training plan in force keeps the figures it was enacted with, whatever becomes of the course.
    """
    return etags.answer(await commands.change_course(session, actor, course_id=course_id, wish=body, if_match=if_match))


@router.delete(
    "/courses/{course_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COURSES_WRITE)],
)
async def remove_course(course_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a course; 409 with what depends on it, and how much of it, while anything does."""
    await commands.remove_course(session, actor, course_id=course_id, if_match=if_match)


@router.get("/training-plans", dependencies=[require(Permission.TRAINING_PLANS_READ)])
async def list_training_plans(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    programme_id: Annotated[UUID | None, Query()] = None,
    entry_year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    state: Annotated[TrainingPlanState | None, Query()] = None,
) -> PageOut[TrainingPlanOut]:
    """List the training plans of the caller's institution, all versions, the oldest first."""
    rows, token = await queries.list_plans(
        session, actor, programme_id=programme_id, entry_year=entry_year, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = [queries.describe_plan(actor, row) for row in rows]
    return PageOut[TrainingPlanOut](items=items, next_page_token=token)


@router.post(
    "/training-plans",
    status_code=201,
    response_model=TrainingPlanWithCoursesOut,
    dependencies=[require(Permission.TRAINING_PLANS_WRITE)],
)
async def draft_training_plan(
    body: TrainingPlanIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> TrainingPlanWithCoursesOut | JSONResponse:
    """Draft the next version of a programme's plan for an entry year; 409 while there is a draft already."""
    return await once(
        TrainingPlanWithCoursesOut,
        commands.draft_training_plan(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/training-plans/{plan_id}",
    response_model=TrainingPlanWithCoursesOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.TRAINING_PLANS_READ)],
)
async def get_training_plan(
    plan_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one version of a training plan with all it asks for and offers."""
    plan = await queries.get_plan(session, actor, plan_id)
    whole = await queries.describe_whole_plan(session, actor, plan)
    return etags.answer(whole, if_none_match=if_none_match)


@router.put(
    "/training-plans/{plan_id}",
    response_model=TrainingPlanWithCoursesOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TRAINING_PLANS_WRITE)],
)
async def change_training_plan(
    plan_id: UUID, body: TrainingPlanChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Give a draft another content, as a whole; what is in force never changes: draft a new version of it."""
    return etags.answer(
        await commands.change_training_plan(session, actor, plan_id=plan_id, wish=body, if_match=if_match)
    )


@router.post("/training-plans/{plan_id}:enact", dependencies=[require(Permission.TRAINING_PLANS_ENACT)])
async def enact_training_plan(plan_id: UUID, session: Session, actor: CurrentActor) -> TrainingPlanWithCoursesOut:
    """Put a draft into force for good; the version in force before is superseded.

    409 `training_plan_incomplete` when a category asks for more than its courses offer.
    """
    return await commands.enact_training_plan(session, actor, plan_id=plan_id)


@router.delete(
    "/training-plans/{plan_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TRAINING_PLANS_WRITE)],
)
async def remove_training_plan(plan_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a draft."""
    await commands.remove_training_plan(session, actor, plan_id=plan_id, if_match=if_match)
