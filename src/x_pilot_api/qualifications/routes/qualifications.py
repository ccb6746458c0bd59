"""Who may teach or examine which level."""

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
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.qualifications import commands, queries
from x_pilot_api.qualifications.models import QualificationKind, QualificationState
from x_pilot_api.qualifications.schemas import (
    DAYS_MAX,
    QualificationCoverageOut,
    QualificationGrantIn,
    QualificationGrantOut,
    RevocationIn,
    TeacherQualificationOut,
)

router = AreaRouter(tags=["qualifications"])


@router.get("/teacher-qualifications", dependencies=[require(Permission.QUALIFICATIONS_READ)])
async def list_teacher_qualifications(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    kind: Annotated[QualificationKind | None, Query()] = None,
    state: Annotated[QualificationState | None, Query(description="As the day has it")] = None,
) -> PageOut[TeacherQualificationOut]:
    """List who may teach or examine what: an institution's, a college's, one's own, or an organisation's examiners."""
    rows, token = await queries.list_qualifications(
        session,
        actor,
        today=today,
        teacher_id=teacher_id,
        college_id=college_id,
        certificate_level_id=certificate_level_id,
        certificate_id=certificate_id,
        kind=kind,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_qualifications(session, actor, rows, today=today)
    return PageOut[TeacherQualificationOut](items=items, next_page_token=token)


@router.post(
    "/teacher-qualifications:grant",
    status_code=201,
    response_model=QualificationGrantOut,
    dependencies=[require(Permission.QUALIFICATIONS_GRANT)],
)
async def grant_teacher_qualifications(
    body: QualificationGrantIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> QualificationGrantOut | JSONResponse:
    """Grant each teacher each level, and say of each row what became of it; one refused hinders no other."""
    deed = commands.grant_qualifications(session, actor, wish=body, today=today)
    return await once(QualificationGrantOut, deed, institution_id=actor.institution_id)


@router.post(
    "/teacher-qualifications/{qualification_id}:revoke", dependencies=[require(Permission.QUALIFICATIONS_GRANT)]
)
async def revoke_teacher_qualification(
    qualification_id: UUID, body: RevocationIn, session: Session, actor: CurrentActor, today: Today
) -> TeacherQualificationOut:
    """Let a qualification hold no longer from today on, with the cause."""
    held = await commands.revoke_qualification(
        session, actor, qualification_id=qualification_id, reason=body.reason, today=today
    )
    (told,) = await queries.describe_qualifications(session, actor, [held], today=today)
    return told


@router.get("/qualification-coverage", dependencies=[require(Permission.QUALIFICATIONS_READ)])
async def list_qualification_coverage(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    expiring_within_days: Annotated[int, Query(ge=0, le=DAYS_MAX, description="Whole days from today")] = 90,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    only_gaps: Annotated[bool, Query(description="Only what nobody may teach or nobody may examine")] = False,
) -> PageOut[QualificationCoverageOut]:
    """List each level a college has admitted with how many of its teachers may teach and examine it today."""
    items, token = await queries.list_coverage(
        session,
        actor,
        today=today,
        days=expiring_within_days,
        college_id=college_id,
        certificate_id=certificate_id,
        only_gaps=only_gaps,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[QualificationCoverageOut](items=items, next_page_token=token)
