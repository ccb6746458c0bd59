"""The institution's teachers and students."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import clock, etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import commands, queries
from x_pilot_api.registry.commands import Desk
from x_pilot_api.registry.models import StudentStatus
from x_pilot_api.registry.schemas import (
    StudentChange,
    StudentIn,
    StudentMoveIn,
    StudentOut,
    StudentStandingOut,
    TeacherChange,
    TeacherIn,
    TeacherLinkIn,
    TeacherOut,
)

router = AreaRouter(tags=["registry"])


def _desk(service: Service) -> Desk:
    return Desk(sealer=service.sealer, today=clock.today(service.settings.timezone))


@router.get("/teachers", dependencies=[require(Permission.TEACHERS_READ)])
async def list_teachers(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    is_active: Annotated[bool | None, Query()] = None,
    text: Annotated[Line | None, Query(description="Beginning of the staff number, or part of the name")] = None,
) -> PageOut[TeacherOut]:
    """List the teachers of the institution, or for a coordinator of their colleges, by staff number."""
    rows, token = await queries.list_teachers(
        session, actor, college_id=college_id, is_active=is_active, text=text, wish=page
    )
    pagination.link_next(request, response, token)
    items = [TeacherOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[TeacherOut](items=items, next_page_token=token)


@router.post("/teachers", status_code=201, response_model=TeacherOut, dependencies=[require(Permission.TEACHERS_WRITE)])
async def create_teacher(
    body: TeacherIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> TeacherOut | JSONResponse:
    """Create a teacher of a college the caller acts for; 409 `register_row_refused` when the number is another's."""
    return await once(
        TeacherOut,
        commands.create_teacher(session, actor, wish=body),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/teachers/{teacher_id}",
    response_model=TeacherOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.TEACHERS_READ)],
)
async def get_teacher(
    teacher_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one teacher."""
    teacher = await queries.get_teacher(session, actor, teacher_id)
    return etags.answer(TeacherOut.model_validate(teacher, from_attributes=True), if_none_match=if_none_match)


@router.patch(
    "/teachers/{teacher_id}",
    response_model=TeacherOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TEACHERS_WRITE)],
)
async def change_teacher(
    teacher_id: UUID, body: TeacherChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Change a teacher; what is null stays."""
    return etags.answer(
        await commands.change_teacher(session, actor, teacher_id=teacher_id, wish=body, if_match=if_match)
    )


@router.post("/teachers/{teacher_id}:link", dependencies=[require(Permission.TEACHERS_LINK)])
async def link_teacher(teacher_id: UUID, body: TeacherLinkIn, session: Session, actor: CurrentActor) -> TeacherOut:
    """Say who signs in as a teacher: a person with the role teacher in the institution, or nobody."""
    return await commands.link_teacher(session, actor, teacher_id=teacher_id, person_id=body.person_id)


@router.delete(
    "/teachers/{teacher_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TEACHERS_WRITE)],
)
async def remove_teacher(teacher_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a teacher; 409 with what depends on them while anything does."""
    await commands.remove_teacher(session, actor, teacher_id=teacher_id, if_match=if_match)


@router.get("/me/teacher", dependencies=[require(Permission.OWN_TEACHER_READ)])
async def read_own_teacher(session: Session, actor: CurrentActor) -> TeacherOut:
    """Read the teacher that the caller is; 404 for who is none."""
    return TeacherOut.model_validate(await queries.get_own_teacher(session, actor), from_attributes=True)


@router.get("/me/student", dependencies=[require(Permission.OWN_STUDENT_READ)])
async def read_own_student(session: Session, actor: CurrentActor) -> StudentOut:
    """Read the student that the caller is; 404 for who is none."""
    if actor.student_id is None:
        raise NotFound(what="student", zh="学生")
    student = await queries.get_student(session, actor, actor.student_id)
    return (await queries.describe_students(session, actor, [student]))[0]


@router.get("/students", dependencies=[require(Permission.STUDENTS_READ)])
async def list_students(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    programme_id: Annotated[UUID | None, Query()] = None,
    entry_year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    class_name: Annotated[Line | None, Query()] = None,
    status: Annotated[StudentStatus | None, Query()] = None,
    text: Annotated[Line | None, Query(description="Beginning of the student number, or part of the name")] = None,
) -> PageOut[StudentOut]:
    """List the students of the institution, or for a coordinator those they act for, by student number."""
    rows, token = await queries.list_students(
        session,
        actor,
        college_id=college_id,
        programme_id=programme_id,
        entry_year=entry_year,
        class_name=class_name,
        status=status,
        text=text,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[StudentOut](items=await queries.describe_students(session, actor, rows), next_page_token=token)


@router.post("/students", status_code=201, response_model=StudentOut, dependencies=[require(Permission.STUDENTS_WRITE)])
async def create_student(
    body: StudentIn, request: Request, session: Session, actor: CurrentActor, service: CurrentService, once: RunOnce
) -> StudentOut | JSONResponse:
    """Create a student of a programme the caller acts for.

    409 `register_row_refused` when the number or the document is another's, or the document number does not hold.
    """
    return await once(
        StudentOut,
        commands.create_student(session, actor, wish=body, desk=_desk(service)),
        institution_id=actor.institution_id,
        location=lambda made: f"{request.url.path}/{made.id}",
    )


@router.get(
    "/students/{student_id}",
    response_model=StudentOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.STUDENTS_READ)],
)
async def get_student(
    student_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one student; the document number is masked."""
    student = await queries.get_student(session, actor, student_id)
    told = await queries.describe_students(session, actor, [student])
    return etags.answer(told[0], if_none_match=if_none_match)


@router.patch(
    "/students/{student_id}",
    response_model=StudentOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.STUDENTS_WRITE)],
)
async def change_student(
    student_id: UUID,
    body: StudentChange,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    if_match: IfMatch = None,
) -> Response:
    """Change a student; another programme or entry year needs a reason and is kept among the standings.

    Credits that were posted stay as they are: they rest on the rule of the programme at that time. A document number
    cannot be replaced once registrations or certificates rest on it.
    """
    return etags.answer(
        await commands.change_student(
            session, actor, student_id=student_id, wish=body, if_match=if_match, desk=_desk(service)
        )
    )


@router.post("/students/{student_id}:move", dependencies=[require(Permission.STUDENTS_WRITE)])
async def move_student(
    student_id: UUID, body: StudentMoveIn, session: Session, actor: CurrentActor, service: CurrentService
) -> StudentOut:
    """Change a student's status by one of their `allowed_deeds`: suspend, resume, graduate, leave, readmit."""
    return await commands.move_student(session, actor, student_id=student_id, wish=body, desk=_desk(service))


@router.delete(
    "/students/{student_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.STUDENTS_WRITE)],
)
async def remove_student(student_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None) -> None:
    """Remove a student entered by mistake; 409 with what depends on them while anything does."""
    await commands.remove_student(session, actor, student_id=student_id, if_match=if_match)


@router.get("/students/{student_id}/standings", dependencies=[require(Permission.STUDENTS_READ)])
async def list_student_standings(
    student_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[StudentStandingOut]:
    """List how a student stood: status, programme, class and entry year, each from a day on."""
    student = await queries.get_student(session, actor, student_id)
    rows, token = await queries.list_standings(session, student, wish=page)
    pagination.link_next(request, response, token)
    items = [StudentStandingOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[StudentStandingOut](items=items, next_page_token=token)
