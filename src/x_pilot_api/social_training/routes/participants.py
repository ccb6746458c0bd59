"""Who takes part in a class, one by one and as a list, and how they did."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.core.tables import laying, sheets
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.social_training import commands, queries, rules
from x_pilot_api.social_training.models import PLACES_MAX, ParticipantState, SocialGroup
from x_pilot_api.social_training.schemas import (
    AttendancesIn,
    AttendancesOut,
    SocialClassReasonIn,
    SocialParticipantOut,
    SocialParticipantsIn,
    SocialParticipantsOut,
)

router = AreaRouter(tags=["social service"])

ValidateOnly = Annotated[bool, Query(description="Judge every row and keep nothing; then no key is needed")]


@router.get(
    "/social-participant-template",
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
    response_class=Response,
    response_model=SocialParticipantsOut,
    responses=files.answering("xlsx"),
)
async def get_social_participant_template() -> Response:
    """Download an empty list of participants, with a sheet that explains its columns."""
    return files.template(rules.TITLE.zh, rules.COLUMNS, "participants-template.xlsx")


@router.get("/social-classes/{class_id}/participants", dependencies=[require(Permission.SOCIAL_PARTICIPANTS_READ)])
async def list_social_participants(
    class_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[ParticipantState | None, Query()] = None,
    social_group: Annotated[SocialGroup | None, Query()] = None,
) -> PageOut[SocialParticipantOut]:
    """List a class's participants with hours, result, exam and certificate; document numbers are masked."""
    class_ = await queries.get_class(session, actor, class_id)
    rows, token = await queries.list_participants(
        session, actor, class_, state=state, social_group=social_group, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_participants(session, actor, class_, rows)
    return PageOut[SocialParticipantOut](items=items, next_page_token=token)


@router.post(
    "/social-classes/{class_id}/participants",
    status_code=201,
    response_model=SocialParticipantsOut,
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
)
async def enrol_social_participants(
    class_id: UUID,
    body: SocialParticipantsIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
    once: RunOnce,
    validate_only: ValidateOnly = False,
) -> SocialParticipantsOut | JSONResponse:
    """Add people to an open or running class, all or none within its places; each row's outcome is told."""
    class_ = await queries.get_class(session, actor, class_id, own=True)
    deed = commands.enrol_participants(
        session,
        actor,
        class_id=class_id,
        given=commands.from_list(body.participants),
        sealer=service.sealer,
        today=today,
        validate_only=validate_only,
    )
    if validate_only:
        response.status_code = 200
        return await deed
    return await once(SocialParticipantsOut, deed, institution_id=class_.institution_id)


@router.post(
    "/social-classes/{class_id}/participants:file",
    status_code=201,
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
    openapi_extra=files.taking(*files.TABLES),
)
async def enrol_social_participant_file(
    class_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
    validate_only: ValidateOnly = False,
) -> SocialParticipantsOut:
    """Add the people of a file, .xlsx or .csv, all or none; refusals name row, column and code.

    Sent again, everybody is in the class already and nothing is done, so it takes no key.
    """
    await queries.get_class(session, actor, class_id, own=True)
    limits = laying.limits_of(service.settings, rows=PLACES_MAX)
    sheet = await sheets.read_sheet(await request.body(), limits, rules.COLUMNS)
    response.status_code = 200 if validate_only else 201
    return await commands.enrol_participants(
        session,
        actor,
        class_id=class_id,
        given=commands.from_sheet(sheet),
        sealer=service.sealer,
        today=today,
        validate_only=validate_only,
    )


@router.post(
    "/social-classes/{class_id}/participants:record-attendance",
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
)
async def record_social_attendance(
    class_id: UUID, body: AttendancesIn, session: Session, actor: CurrentActor
) -> AttendancesOut:
    """Record hours attended and results in place of what was recorded before, for all who are named or for none."""
    return await commands.record_attendance(session, actor, class_id=class_id, wish=body)


@router.post("/social-participants/{participant_id}:withdraw", dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def withdraw_social_participant(
    participant_id: UUID, body: SocialClassReasonIn, session: Session, actor: CurrentActor
) -> SocialParticipantOut:
    """Let somebody leave a class, with the reason; their place is free again."""
    participant = await commands.withdraw_participant(session, actor, participant_id=participant_id, reason=body.reason)
    class_ = await queries.get_class(session, actor, participant.social_class_id)
    (told,) = await queries.describe_participants(session, actor, class_, [participant])
    return told
