"""Fee standards under the ceilings, and the deeds on them."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.models import FeeStandard, FeeStandardState
from x_pilot_api.fees.schemas import FeeReasonIn, FeeStandardIn, FeeStandardOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["fees"])


@router.get("/fee-standards", dependencies=[require(Permission.FEE_STANDARDS_READ)])
async def list_fee_standards(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    exam_form: Annotated[ExamForm | None, Query()] = None,
    state: Annotated[FeeStandardState | None, Query()] = None,
    in_force_on: Annotated[Day | None, Query(description="Only what is in force on this day")] = None,
) -> PageOut[FeeStandardOut]:
    """List the institution's fee standards, or for an evaluation organisation's staff those of its own certificates."""
    rows, token = await queries.list_standards(
        session,
        actor,
        certificate_level_id=certificate_level_id,
        exam_form=exam_form,
        state=state,
        in_force_on=in_force_on,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_standards(session, actor, rows)
    return PageOut[FeeStandardOut](items=items, next_page_token=token)


@router.post(
    "/fee-standards",
    status_code=201,
    response_model=FeeStandardOut,
    dependencies=[require(Permission.FEE_STANDARDS_PROPOSE)],
)
async def propose_fee_standard(
    body: FeeStandardIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> FeeStandardOut | JSONResponse:
    """Propose a fee standard, in whole fen; it rests on the ceiling in force on its first day.

    409 `ceiling_missing`, `ceiling_exceeded` or `ceiling_ends_earlier` when no ceiling covers it, and
    `fee_standard_overlaps` while another proposal for the level, form and some of the days is on its way.
    """
    institution_id = await queries.find_institution_for(session, actor, body.institution_id)
    return await once(
        FeeStandardOut,
        _propose(session, actor, body),
        institution_id=institution_id,
        location=lambda proposed: f"{request.url.path}/{proposed.id}",
    )


async def _propose(session: AsyncSession, actor: Actor, body: FeeStandardIn) -> FeeStandardOut:
    standard = await commands.propose_fee_standard(session, actor, wish=body)
    return await _told(session, actor, standard)


async def _told(session: AsyncSession, actor: Actor, standard: FeeStandard) -> FeeStandardOut:
    (told,) = await queries.describe_standards(session, actor, [standard])
    return told


@router.get(
    "/fee-standards/{standard_id}",
    response_model=FeeStandardOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.FEE_STANDARDS_READ)],
)
async def get_fee_standard(
    standard_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one fee standard the caller may see; 304 while the caller's copy is still true."""
    standard = await queries.get_standard(session, actor, standard_id)
    return etags.answer(await _told(session, actor, standard), if_none_match=if_none_match)


async def _do(
    session: AsyncSession,
    actor: Actor,
    standard_id: UUID,
    if_match: str | None,
    deed: Callable[..., Awaitable[None]],
) -> FeeStandardOut:
    """Do a deed on the copy of a standard that was read."""
    standard = await queries.take_fee_standard(session, actor, standard_id)
    etags.check(await _told(session, actor, standard), if_match=if_match)
    await deed(standard=standard)
    return await _told(session, actor, standard)


@router.post(
    "/fee-standards/{standard_id}:agree",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_AGREE)],
)
async def agree_fee_standard(
    standard_id: UUID,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Agree to a fee for the side that did not propose it: a college, or the organisation; by another person."""
    return await _do(session, actor, standard_id, if_match, partial(commands.agree_fee_standard, session, actor))


@router.post(
    "/fee-standards/{standard_id}:refuse",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_AGREE)],
)
async def refuse_fee_standard(
    standard_id: UUID,
    body: FeeReasonIn,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Refuse a fee for the side that did not propose it."""
    return await _do(
        session, actor, standard_id, if_match, partial(commands.refuse_fee_standard, session, actor, reason=body.reason)
    )


@router.post(
    "/fee-standards/{standard_id}:approve",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_APPROVE)],
)
async def approve_fee_standard(
    standard_id: UUID,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Approve a fee both sides want, by a third person; measured against the ceilings as they are now."""
    return await _do(session, actor, standard_id, if_match, partial(commands.approve_fee_standard, session, actor))


@router.post(
    "/fee-standards/{standard_id}:reject",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_APPROVE)],
)
async def reject_fee_standard(
    standard_id: UUID,
    body: FeeReasonIn,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Refuse, as the office, a fee both sides want."""
    return await _do(
        session, actor, standard_id, if_match, partial(commands.reject_fee_standard, session, actor, reason=body.reason)
    )


@router.post(
    "/fee-standards/{standard_id}:publish",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_PUBLISH)],
)
async def publish_fee_standard(
    standard_id: UUID,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Put an approved fee into force; the one before it ends on its first day.

    409 `fee_begins_in_the_past` when it would change past days of another, `fee_successor_ends_earlier` when it would
    leave days without a fee, and as in proposing when no ceiling covers it any more.
    """
    return await _do(
        session, actor, standard_id, if_match, partial(commands.publish_fee_standard, session, actor, today=today)
    )


@router.post(
    "/fee-standards/{standard_id}:withdraw",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEE_STANDARDS_PROPOSE)],
)
async def withdraw_fee_standard(
    standard_id: UUID,
    body: FeeReasonIn,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> FeeStandardOut:
    """Take back a proposal of one's own side that is not in force yet."""
    return await _do(
        session,
        actor,
        standard_id,
        if_match,
        partial(commands.withdraw_fee_standard, session, actor, reason=body.reason),
    )
