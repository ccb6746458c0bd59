"""Each student's progress: the diploma beside the certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.progress import queries
from x_pilot_api.progress.schemas import StudentProgressOut
from x_pilot_api.registry.models import StudentStatus

router = AreaRouter(tags=["progress"])


@router.get("/students/{student_id}/progress", dependencies=[require(Permission.PROGRESS_READ)])
async def get_student_progress(student_id: UUID, session: Session, actor: CurrentActor) -> StudentProgressOut:
    """Read a student's progress: the diploma's credits by category beside each certificate; students read their own.

    What is not known, such as a training plan that was not entered, is named in `missing` and never guessed.
    """
    return await queries.get_progress(session, actor, student_id)


@router.get("/progress", dependencies=[require(Permission.PROGRESS_READ)])
async def list_progress(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    programme_id: Annotated[UUID | None, Query()] = None,
    class_name: Annotated[Line | None, Query()] = None,
    entry_year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    status: Annotated[StudentStatus | None, Query()] = None,
) -> PageOut[StudentProgressOut]:
    """List the progress of the students the caller may see, by student number; of a class, a programme, a college."""
    items, token = await queries.list_progress(
        session,
        actor,
        college_id=college_id,
        programme_id=programme_id,
        class_name=class_name,
        entry_year=entry_year,
        status=status,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[StudentProgressOut](items=items, next_page_token=token)
