"""Asking for something about one's own: conversions of credits, offsets by courses, objections to results."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import etags
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.etags import NOT_MODIFIED, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.credits import commands as credit_deeds
from x_pilot_api.credits import queries as credits_
from x_pilot_api.credits.schemas import (
    ConversionsDecidedOut,
    ConversionsIn,
    ConversionsRequestedOut,
    OffsetsIn,
    OffsetWish,
)
from x_pilot_api.exams import commands as deeds
from x_pilot_api.exams.schemas import ObjectionToResultIn
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.student_space import queries
from x_pilot_api.student_space.routes.own import CurrentOwn
from x_pilot_api.student_space.schemas import (
    OffsetOptionsOut,
    OwnConversionOut,
    OwnConversionsOut,
    OwnConversionWithdrawalIn,
    OwnObjectionOut,
    OwnObjectionsOut,
    OwnOffsetsIn,
)

router = AreaRouter(tags=["my space"])

_READ = [require(Permission.MY_SPACE_READ)]
_USE = [require(Permission.MY_SPACE_USE)]


@router.get("/me/conversions", dependencies=_READ, response_model=OwnConversionsOut, responses=dict(NOT_MODIFIED))
async def list_own_conversions(
    session: Session, actor: CurrentActor, own: CurrentOwn, if_none_match: IfNoneMatch = None
) -> Response:
    """List the student's conversions, the newest first, each with its chain and whose turn it is."""
    out = OwnConversionsOut(items=await queries.list_conversions(session, actor, own))
    return etags.answer(out, if_none_match=if_none_match)


@router.get("/me/conversions/{conversion_id}", dependencies=_READ)
async def get_own_conversion(
    conversion_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn
) -> OwnConversionOut:
    """Read one of the student's conversions."""
    return await queries.get_conversion(session, actor, own, conversion_id)


@router.post("/me/conversions", status_code=201, response_model=ConversionsRequestedOut, dependencies=_USE)
async def request_own_conversions(
    body: ConversionsIn, session: Session, actor: CurrentActor, own: CurrentOwn, today: Today, once: RunOnce
) -> ConversionsRequestedOut | JSONResponse:
    """Ask for credits of one's certificates to stand for courses; all or none, and they are held from now on."""
    asked = credit_deeds.request_conversions(session, actor, institution_id=own.institution_id, asked=body, today=today)
    return await once(ConversionsRequestedOut, asked, institution_id=own.institution_id)


@router.post("/me/conversions:withdraw", status_code=201, response_model=ConversionsDecidedOut, dependencies=_USE)
async def withdraw_own_conversion(
    body: OwnConversionWithdrawalIn, session: Session, actor: CurrentActor, own: CurrentOwn, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Withdraw one of one's conversions before it is granted; its credits are released."""
    await queries.get_conversion(session, actor, own, body.conversion_id)
    withdrawn = credit_deeds.withdraw_conversions(
        session, actor, institution_id=own.institution_id, conversion_ids=[body.conversion_id], reason=body.reason
    )
    return await once(ConversionsDecidedOut, withdrawn, institution_id=own.institution_id, status=201)


@router.get("/me/offset-options", dependencies=_READ, response_model=OffsetOptionsOut, responses=dict(NOT_MODIFIED))
async def list_offset_options(
    session: Session, own: CurrentOwn, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """List the rules by which one's passed courses could offset parts of an assessment, and what stands against it."""
    items = await credits_.list_offset_options(
        session, institution_id=own.institution_id, student_id=own.student_id, today=today
    )
    return etags.answer(OffsetOptionsOut(items=items), if_none_match=if_none_match)


@router.post("/me/offsets", status_code=201, response_model=ConversionsRequestedOut, dependencies=_USE)
async def request_own_offsets(
    body: OwnOffsetsIn, session: Session, actor: CurrentActor, own: CurrentOwn, today: Today, once: RunOnce
) -> ConversionsRequestedOut | JSONResponse:
    """Ask for one's passed courses to offset parts of an assessment; all or none.

    They go the chain of conversions, are listed among them, and are withdrawn as they are.
    """
    wishes = [
        OffsetWish(student_id=own.student_id, mapping_id=wish.mapping_id, course_ids=wish.course_ids)
        for wish in body.wishes
    ]
    asked = credit_deeds.request_offsets(
        session, actor, institution_id=own.institution_id, asked=OffsetsIn(wishes=wishes), today=today
    )
    return await once(ConversionsRequestedOut, asked, institution_id=own.institution_id)


@router.get("/me/objections", dependencies=_READ, response_model=OwnObjectionsOut, responses=dict(NOT_MODIFIED))
async def list_own_objections(
    session: Session, actor: CurrentActor, own: CurrentOwn, if_none_match: IfNoneMatch = None
) -> Response:
    """List the objections to the student's results but for those withdrawn, the newest first."""
    out = OwnObjectionsOut(items=await queries.list_objections(session, actor, own))
    return etags.answer(out, if_none_match=if_none_match)


@router.post("/me/results/{registration_id}/objections", status_code=201, dependencies=_USE)
async def raise_own_objection(
    registration_id: UUID,
    body: ObjectionToResultIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    service: CurrentService,
    today: Today,
) -> OwnObjectionOut:
    """Object to one of one's results while it is on public notice; 409 `objections_not_open` before and after that."""
    result_id = await queries.get_result_id(session, own, registration_id)
    days = service.settings.objection_answer_days
    made = await deeds.raise_result_objection(
        session, actor, result_id=result_id, text=body.text, today=today, days=days
    )
    response.headers["Location"] = "/v1/me/objections"
    (told,) = await queries.list_objections(session, actor, own, ids=[made.id])
    return told


@router.post("/me/objections/{objection_id}:withdraw", status_code=204, dependencies=_USE)
async def withdraw_own_objection(objection_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn) -> None:
    """Withdraw an objection that one raised oneself; it is then no longer listed."""
    if not await queries.list_objections(session, actor, own, ids=[objection_id]):
        raise NotFound(what="result objection", zh="成绩异议")
    await deeds.withdraw_objection(session, actor, objection_id=objection_id)
