"""Classes from their draft to their end, the exams they enter people for, and what they came to."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.exams import commands as exams
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.schemas import AcademicYear
from x_pilot_api.social_training import commands, queries
from x_pilot_api.social_training.models import ClassState, SocialClass
from x_pilot_api.social_training.schemas import (
    ClassExamIn,
    ClassRegisteredOut,
    SocialClassChange,
    SocialClassIn,
    SocialClassOut,
    SocialClassReasonIn,
    SocialFiguresOut,
)

router = AreaRouter(tags=["social service"])


@router.get("/social-classes", dependencies=[require(Permission.SOCIAL_CLASSES_READ)])
async def list_social_classes(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ClassState | None, Query()] = None,
) -> PageOut[SocialClassOut]:
    """List training classes: the institution's, a coordinator's college's, or those a teacher teaches."""
    rows, token = await queries.list_classes(
        session, actor, college_id=college_id, certificate_level_id=certificate_level_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_classes(session, actor, rows, today=today)
    return PageOut[SocialClassOut](items=items, next_page_token=token)


@router.post("/social-classes", status_code=201, dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def create_social_class(
    body: SocialClassIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> SocialClassOut:
    """Draft a training class towards a certificate level, for people who are no students here (N(18))."""
    class_ = await commands.create_class(session, actor, wish=body)
    response.headers["Location"] = f"/v1/social-classes/{class_.id}"
    return await _class(session, actor, class_, today)


@router.get(
    "/social-classes/{class_id}",
    response_model=SocialClassOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SOCIAL_CLASSES_READ)],
)
async def get_social_class(
    class_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one class; the ETag is what changing it asks for."""
    class_ = await queries.get_class(session, actor, class_id)
    return etags.answer(await _class(session, actor, class_, today), if_none_match=if_none_match)


@router.put(
    "/social-classes/{class_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
)
async def change_social_class(
    class_id: UUID,
    body: SocialClassChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> SocialClassOut:
    """Change a class that is not over; places, hours and days stay wide enough for what has happened in it."""
    class_ = await commands.change_class(session, actor, class_id=class_id, wish=body, today=today, if_match=if_match)
    return await _class(session, actor, class_, today)


@router.post("/social-classes/{class_id}:open", dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def open_social_class(class_id: UUID, session: Session, actor: CurrentActor, today: Today) -> SocialClassOut:
    """Let people take part in a class."""
    return await _class(session, actor, await commands.open_class(session, actor, class_id=class_id), today)


@router.post("/social-classes/{class_id}:start", dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def start_social_class(class_id: UUID, session: Session, actor: CurrentActor, today: Today) -> SocialClassOut:
    """Begin a class, on its first day at the earliest and with somebody in it."""
    class_ = await commands.start_class(session, actor, class_id=class_id, today=today)
    return await _class(session, actor, class_, today)


@router.post("/social-classes/{class_id}:finish", dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def finish_social_class(class_id: UUID, session: Session, actor: CurrentActor, today: Today) -> SocialClassOut:
    """Finish a class once everybody in it has a result; attendance can still be put right."""
    return await _class(session, actor, await commands.finish_class(session, actor, class_id=class_id), today)


@router.post("/social-classes/{class_id}:cancel", dependencies=[require(Permission.SOCIAL_CLASSES_RUN)])
async def cancel_social_class(
    class_id: UUID, body: SocialClassReasonIn, session: Session, actor: CurrentActor, today: Today
) -> SocialClassOut:
    """Cancel a class that is not finished, with its reason; work that was done for it stays on record."""
    class_ = await commands.cancel_class(session, actor, class_id=class_id, reason=body.reason)
    return await _class(session, actor, class_, today)


@router.post(
    "/social-classes/{class_id}:register-for-exam",
    status_code=201,
    response_model=ClassRegisteredOut,
    dependencies=[require(Permission.SOCIAL_CLASSES_RUN)],
)
async def register_social_class(
    class_id: UUID, body: ClassExamIn, session: Session, actor: CurrentActor, service: CurrentService, once: RunOnce
) -> ClassRegisteredOut | JSONResponse:
    """Register a class's participants for an exam of its level as social candidates, all or none.

    The grounds of a refusal are those of any registration: 409 `registrations_refused`, by the order of the list.
    """
    class_ = await queries.get_class(session, actor, class_id, own=True)
    terms = exams.terms_now(service.settings)
    deed = commands.register_class(session, actor, class_id=class_id, wish=body, terms=terms)
    return await once(ClassRegisteredOut, deed, institution_id=class_.institution_id)


@router.get("/social-figures", dependencies=[require(Permission.SOCIAL_CLASSES_READ)])
async def get_social_figures(
    session: Session,
    actor: CurrentActor,
    academic_year: Annotated[AcademicYear, Query()],
    college_id: Annotated[UUID | None, Query()] = None,
) -> SocialFiguresOut:
    """Count participants by group, hours and certificates of the classes that begin in an academic year, by college."""
    return await queries.count_figures(session, actor, academic_year=academic_year, college_id=college_id)


async def _class(session: Session, actor: Actor, class_: SocialClass, today: date) -> SocialClassOut:
    (told,) = await queries.describe_classes(session, actor, [class_], today=today)
    return told
