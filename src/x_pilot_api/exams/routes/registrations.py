"""Registrations for exam plans: reading them, registering, and explaining who can be registered."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime

from x_pilot_api.core import clock, files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.tables import laying
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import Channel, RegistrationState
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.queries.registrations import Filters
from x_pilot_api.exams.routes.terms import CurrentTerms
from x_pilot_api.exams.rules import registration_columns
from x_pilot_api.exams.schemas import (
    REGISTRATIONS_MAX,
    CohortRegistrationIn,
    EligibilityOut,
    ManyRegisteredOut,
    RegistrationOut,
    RegistrationPageOut,
    RegistrationsIn,
    RegistrationsOut,
    SocialCandidatesIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_ValidateOnly = Annotated[bool, Query(description="Do all of it, report what would become of each, keep nothing")]


@router.get("/registrations", dependencies=[require(Permission.REGISTRATIONS_READ)])
async def list_registrations(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID | None, Query(description="An organisation's staff always names its plan")] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    student_id: Annotated[UUID | None, Query()] = None,
    sitting_id: Annotated[UUID | None, Query(description="Those that hold a seat there")] = None,
    state: Annotated[RegistrationState | None, Query()] = None,
    channel: Annotated[Channel | None, Query()] = None,
    modified_since: Annotated[
        AwareDatetime | None,
        Query(description="`generated_at` of an earlier page; some may come twice, none is missed"),
    ] = None,
    include: Annotated[Literal["total"] | None, Query()] = None,
) -> RegistrationPageOut:
    """List the registrations the caller may see, oldest first; what is gone stays, as refused or withdrawn."""
    filters = Filters(
        exam_plan_id=exam_plan_id,
        certificate_level_id=certificate_level_id,
        college_id=college_id,
        student_id=student_id,
        sitting_id=sitting_id,
        state=state,
        channel=channel,
        modified_since=modified_since,
    )
    generated_at = clock.now()
    items, token, total = await queries.list_registrations(
        session, actor, filters=filters, wish=page, total=include is not None
    )
    pagination.link_next(request, response, token)
    return RegistrationPageOut(items=items, next_page_token=token, total=total, generated_at=generated_at)


@router.get("/registrations/{registration_id}", dependencies=[require(Permission.REGISTRATIONS_READ)])
async def get_registration(registration_id: UUID, session: Session, actor: CurrentActor) -> RegistrationOut:
    """Read one registration."""
    registration = await queries.get_registration(session, actor, registration_id)
    (told,) = await queries.describe_registrations(session, actor, [registration])
    return told


@router.post(
    "/exam-plans/{exam_plan_id}/registrations",
    status_code=201,
    response_model=RegistrationsOut,
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
)
async def register_students(
    exam_plan_id: UUID,
    body: RegistrationsIn,
    session: Session,
    actor: CurrentActor,
    terms: CurrentTerms,
    once: RunOnce,
) -> RegistrationsOut | JSONResponse:
    """Register students for levels of a plan, all or none, on their behalf; refusals name each row.

    Each gets an admission number and, where the level has sittings, a seat; while none is free it waits for one.
    """
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    deed = commands.register_students(
        session,
        actor,
        plan=plan,
        wishes=body.registrations,
        terms=terms,
        channel=body.channel,
        college_id=body.college_id,
    )
    return await once(RegistrationsOut, deed, institution_id=plan.institution_id)


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:cohort",
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
)
async def register_cohort(
    exam_plan_id: UUID,
    body: CohortRegistrationIn,
    session: Session,
    actor: CurrentActor,
    terms: CurrentTerms,
    validate_only: _ValidateOnly = False,
) -> ManyRegisteredOut:
    """Register everybody of a cohort who may be, for one level; the others are listed, each with its reason.

    Asked for again, everybody is registered already, so it takes no key.
    """
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.register_cohort(
        session, actor, plan=plan, cohort=body, validate_only=validate_only, terms=terms
    )


@router.get(
    "/registration-template",
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
    response_class=Response,
    response_model=ManyRegisteredOut,
    responses=files.answering("xlsx"),
)
async def get_registration_template() -> Response:
    """Download an empty list of students to register, with its headers and a sheet that explains them."""
    return files.template(registration_columns.TITLE.zh, registration_columns.COLUMNS, "registrations-template.xlsx")


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:file",
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
    openapi_extra=files.taking(*files.ANY_TABLES),
)
async def register_file(
    exam_plan_id: UUID,
    request: Request,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    terms: CurrentTerms,
    validate_only: _ValidateOnly = False,
) -> ManyRegisteredOut:
    """Register the students of a file, .xlsx or .csv, all or none; refusals name row, column and code.

    Sent again, everybody is registered already and nothing is done, so it takes no key.
    """
    await queries.get_plan(session, actor, exam_plan_id)
    limits = laying.limits_of(service.settings, rows=REGISTRATIONS_MAX)
    sheet = await commands.read_sheet(await request.body(), limits)
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.register_file(
        session, actor, plan=plan, sheet=sheet, validate_only=validate_only, terms=terms
    )


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:social",
    status_code=201,
    response_model=RegistrationsOut,
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
)
async def register_social_candidates(
    exam_plan_id: UUID,
    body: SocialCandidatesIn,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    terms: CurrentTerms,
    once: RunOnce,
) -> RegistrationsOut | JSONResponse:
    """Register people who are no students here through a college, all or none: without a quota, marked `social`."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    deed = commands.register_social_candidates(
        session,
        actor,
        plan=plan,
        college_id=body.college_id,
        people=body.candidates,
        sealer=service.sealer,
        terms=terms,
    )
    return await once(RegistrationsOut, deed, institution_id=plan.institution_id)


@router.get(
    "/exam-plans/{exam_plan_id}/registrations:explain-eligibility",
    dependencies=[require(Permission.REGISTRATIONS_READ)],
)
async def explain_eligibility(
    exam_plan_id: UUID,
    session: Session,
    actor: CurrentActor,
    terms: CurrentTerms,
    student_id: Annotated[UUID, Query()],
    certificate_level_id: Annotated[UUID, Query()],
    sitting_id: Annotated[UUID | None, Query()] = None,
    channel: Annotated[Channel, Query()] = Channel.STUDENT,
    college_id: Annotated[UUID | None, Query(description="Who registers in the social channel")] = None,
) -> EligibilityOut:
    """Tell of every ground whether it lets a student be registered for a level of a plan, with its figures."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    wish = Wish(
        certificate_level_id=certificate_level_id,
        student_id=student_id,
        sitting_id=sitting_id,
        channel=channel,
        college_id=college_id if channel == Channel.SOCIAL else None,
    )
    return await queries.explain_eligibility(
        session, actor, plan=plan, wish=wish, today=terms.today, timezone=terms.timezone
    )
