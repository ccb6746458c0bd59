"""The institution's programmes and their courses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import queries
from x_pilot_api.registry.models import College, Course, Programme
from x_pilot_api.registry.schemas import CollegeOut, CourseOut, ProgrammeOut, ProgrammeWithCoursesOut

router = APIRouter(tags=["registry"])


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
    items = [_programme(row, colleges[row.college_id]) for row in rows]
    return PageOut[ProgrammeOut](items=items, next_page_token=token)


@router.get("/programmes/{programme_id}", dependencies=[require(Permission.PROGRAMMES_READ)])
async def get_programme(programme_id: UUID, session: Session, actor: CurrentActor) -> ProgrammeWithCoursesOut:
    """Read one programme of the caller's institution with its college and courses."""
    programme = await queries.get_programme(session, actor, programme_id)
    colleges = await queries.find_colleges_of(session, [programme])
    courses = await queries.list_courses_of(session, programme)
    told = _programme(programme, colleges[programme.college_id])
    return ProgrammeWithCoursesOut(**dict(told), courses=[_course(course) for course in courses])


def _programme(row: Programme, college: College) -> ProgrammeOut:
    return ProgrammeOut(
        id=row.id,
        institution_id=row.institution_id,
        code=row.code,
        name=row.name,
        college=CollegeOut.model_validate(college, from_attributes=True),
        is_pilot=row.is_pilot,
        is_showcase=row.is_showcase,
    )


def _course(row: Course) -> CourseOut:
    return CourseOut(
        id=row.id,
        code=row.code,
        name=row.name,
        credits=row.credit_hundredths,
        hours=row.hours,
        category=row.category,
        is_compulsory=row.is_compulsory,
    )
