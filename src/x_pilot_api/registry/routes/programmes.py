"""The institution's colleges and programmes."""

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
from x_pilot_api.registry.schemas import (
    CollegeChange,
    CollegeIn,
    CollegeOut,
    ProgrammeChange,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammeWithCoursesOut,
)

router = AreaRouter(tags=["registry"])


@router.get("/colleges", dependencies=[require(Permission.COLLEGES_READ)])
async def list_colleges(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    text: Annotated[Line | None, Query(description="Beginning of the code, or part of the name")] = None,
) -> PageOut[CollegeOut]:
    """List the colleges of the caller's institution by code."""
    rows, token = await queries.list_colleges(session, actor, text=text, wish=page)
    pagination.link_next(request, response, token)
    items = [CollegeOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[CollegeOut](items=items, next_page_token=token)


@router.post("/colleges", status_code=201, response_model=CollegeOut, dependencies=[require(Permission.COLLEGES_WRITE)])
async def create_college(
    body: CollegeIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> CollegeOut | JSONResponse:
    """Create a college; 409 `register_row_refused` when its code is another's."""
    return await once(
        CollegeOut,
        commands.create_college(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/colleges/{college_id}",
    response_model=CollegeOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.COLLEGES_READ)],
)
async def get_college(
    college_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one college."""
    college = await queries.get_college(session, actor, college_id)
    return etags.answer(CollegeOut.model_validate(college, from_attributes=True), if_none_match=if_none_match)


@router.patch(
    "/colleges/{college_id}",
    response_model=CollegeOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGES_WRITE)],
)
async def change_college(
    college_id: UUID, body: CollegeChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Change a college; what is null stays."""
    return etags.answer(
        await commands.change_college(session, actor, college_id=college_id, wish=body, if_match=if_match)
    )


@router.delete(
    "/colleges/{college_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGES_WRITE)],
)
async def remove_college(college_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a college; 409 with what depends on it, and how much of it, while anything does."""
    await commands.remove_college(session, actor, college_id=college_id, if_match=if_match)


@router.get("/programmes", dependencies=[require(Permission.PROGRAMMES_READ)])
async def list_programmes(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    is_pilot: Annotated[bool | None, Query(description="Only those in the pilot, or only those not in it")] = None,
    text: Annotated[Line | None, Query(description="Part of the name")] = None,
) -> PageOut[ProgrammeOut]:
    """List the programmes of the caller's institution by code; a caller without an institution gets none."""
    rows, token = await queries.list_programmes(
        session, actor, college_id=college_id, is_pilot=is_pilot, text=text, wish=page
    )
    colleges = await queries.find_colleges_of(session, rows)
    pagination.link_next(request, response, token)
    items = [queries.describe_programme(row, colleges[row.college_id]) for row in rows]
    return PageOut[ProgrammeOut](items=items, next_page_token=token)


@router.post(
    "/programmes",
    status_code=201,
    response_model=ProgrammeWithCoursesOut,
    dependencies=[require(Permission.PROGRAMMES_WRITE)],
)
async def create_programme(
    body: ProgrammeIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> ProgrammeWithCoursesOut | JSONResponse:
    """Create a programme of a college; 409 `register_row_refused` when its code is another's or malformed."""
    return await once(
        ProgrammeWithCoursesOut,
        commands.create_programme(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/programmes/{programme_id}",
    response_model=ProgrammeWithCoursesOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.PROGRAMMES_READ)],
)
async def get_programme(
    programme_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one programme of the caller's institution with its college and courses."""
    programme = await queries.get_programme(session, actor, programme_id)
    whole = await queries.describe_whole_programme(session, programme)
    return etags.answer(whole, if_none_match=if_none_match)


@router.patch(
    "/programmes/{programme_id}",
    response_model=ProgrammeWithCoursesOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.PROGRAMMES_WRITE)],
)
async def change_programme(
    programme_id: UUID, body: ProgrammeChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Change a programme; what is null stays."""
    return etags.answer(
        await commands.change_programme(session, actor, programme_id=programme_id, wish=body, if_match=if_match)
    )


@router.delete(
    "/programmes/{programme_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.PROGRAMMES_WRITE)],
)
async def remove_programme(programme_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a programme; 409 with what depends on it, and how much of it, while anything does."""
    await commands.remove_programme(session, actor, programme_id=programme_id, if_match=if_match)
