"""The grades of courses."""

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
from x_pilot_api.registry.schemas import CourseGradeIn, CourseGradeOut, CourseGradeWithRevisionsOut, GradeCorrectionIn

router = AreaRouter(tags=["registry"])


@router.get("/course-grades", dependencies=[require(Permission.COURSE_GRADES_READ)])
async def list_course_grades(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    student_id: Annotated[UUID | None, Query()] = None,
    course_id: Annotated[UUID | None, Query()] = None,
    term: Annotated[Code | None, Query(description="Such as 2025-2026-01")] = None,
    passed: Annotated[bool | None, Query()] = None,
) -> PageOut[CourseGradeOut]:
    """List course grades, of each attempt the revision that counts; a student sees their own."""
    rows, token = await queries.list_grades(
        session, actor, student_id=student_id, course_id=course_id, term=term, passed=passed, wish=page
    )
    pagination.link_next(request, response, token)
    items = [queries.describe_grade(row) for row in rows]
    return PageOut[CourseGradeOut](items=items, next_page_token=token)


@router.post(
    "/course-grades",
    status_code=201,
    response_model=CourseGradeOut,
    dependencies=[require(Permission.COURSE_GRADES_WRITE)],
)
async def enter_course_grade(
    body: CourseGradeIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> CourseGradeOut | JSONResponse:
    """Enter what a student got in one attempt at a course: a score, as a decimal string, or a word.

    409 `register_row_refused` when that attempt has a grade, or the term or score is none there can be.
    """
    return await once(
        CourseGradeOut,
        commands.enter_course_grade(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get("/course-grades/{grade_id}", dependencies=[require(Permission.COURSE_GRADES_READ)])
async def get_course_grade(grade_id: UUID, session: Session, actor: CurrentActor) -> CourseGradeWithRevisionsOut:
    """Read the grade of an attempt with all its revisions; any revision's id finds it."""
    revisions = await queries.list_revisions(session, await queries.get_grade(session, actor, grade_id))
    told = [queries.describe_grade(revision) for revision in revisions]
    return CourseGradeWithRevisionsOut(**dict(told[-1]), revisions=told)


@router.post(
    "/course-grades/{grade_id}:correct", status_code=201, dependencies=[require(Permission.COURSE_GRADES_WRITE)]
)
async def correct_course_grade(
    grade_id: UUID, body: GradeCorrectionIn, response: Response, session: Session, actor: CurrentActor
) -> CourseGradeOut:
    """Correct a grade, or make it void, by a revision with its reason; nothing that was entered is lost.

    409 `course_grade_corrected_since` when it is not the latest revision.
    """
    corrected = await commands.correct_course_grade(session, actor, grade_id=grade_id, wish=body)
    response.headers["Location"] = f"/v1/course-grades/{corrected.id}"
    return corrected
