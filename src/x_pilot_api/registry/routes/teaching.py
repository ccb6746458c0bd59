"""Who teaches which course in which term."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Code
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import commands, queries
from x_pilot_api.registry.schemas import CourseTeacherIn, CourseTeacherOut

router = AreaRouter(tags=["registry"])


@router.get("/course-teachers", dependencies=[require(Permission.COURSE_TEACHERS_READ)])
async def list_course_teachers(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    course_id: Annotated[UUID | None, Query()] = None,
    teacher_id: Annotated[UUID | None, Query()] = None,
    term: Annotated[Code | None, Query(description="Such as 2025-2026-01")] = None,
) -> PageOut[CourseTeacherOut]:
    """List who teaches which course in which term: a coordinator sees their own courses, a teacher what they teach."""
    items, token = await queries.list_course_teachers(
        session, actor, course_id=course_id, teacher_id=teacher_id, term=term, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[CourseTeacherOut](items=items, next_page_token=token)


@router.post(
    "/course-teachers",
    status_code=201,
    response_model=CourseTeacherOut,
    dependencies=[require(Permission.COURSE_TEACHERS_WRITE)],
)
async def assign_course_teacher(
    body: CourseTeacherIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> CourseTeacherOut | JSONResponse:
    """Say that a teacher teaches a course in a term; 409 `register_row_refused` when that was said already."""
    return await once(
        CourseTeacherOut,
        commands.assign_course_teacher(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get("/course-teachers/{course_teacher_id}", dependencies=[require(Permission.COURSE_TEACHERS_READ)])
async def get_course_teacher(course_teacher_id: UUID, session: Session, actor: CurrentActor) -> CourseTeacherOut:
    """Read one teacher of one course in one term."""
    return await queries.get_course_teacher(session, actor, course_teacher_id)


@router.delete(
    "/course-teachers/{course_teacher_id}",
    status_code=204,
    dependencies=[require(Permission.COURSE_TEACHERS_WRITE)],
)
async def remove_course_teacher(course_teacher_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Take back that a teacher teaches a course in a term; it is said or not, and never changed."""
    await commands.remove_course_teacher(session, actor, course_teacher_id=course_teacher_id)
