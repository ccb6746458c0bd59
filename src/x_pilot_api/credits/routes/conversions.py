"""Conversions: asking for them, their chain, and what becomes of those whose ground is lost."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import Once, RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.models import ChainStep, ConversionState
from x_pilot_api.credits.schemas import (
    BankAnswerIn,
    ConversionDecisionsIn,
    ConversionOut,
    ConversionRefusalIn,
    ConversionsDecidedOut,
    ConversionsIn,
    ConversionsRequestedOut,
    ConversionsSettledOut,
    ConversionWithdrawalIn,
    OffsetsIn,
    SettlementIn,
)
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings.models import Direction

router = AreaRouter(tags=["credits"])


@router.get("/conversions", dependencies=[require(Permission.CONVERSIONS_READ)])
async def list_conversions(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    student_id: Annotated[UUID | None, Query()] = None,
    direction: Annotated[Direction | None, Query()] = None,
    state: Annotated[ConversionState | None, Query()] = None,
    awaits: Annotated[ChainStep | None, Query(description="Whose turn it is")] = None,
    is_flagged: Annotated[bool | None, Query(description="What they rest on was lost")] = None,
) -> PageOut[ConversionOut]:
    """List the conversions the caller may see, the oldest first: their own, their students', their certificates'."""
    rows, token = await queries.list_conversions(
        session,
        actor,
        student_id=student_id,
        direction=direction,
        state=state,
        awaits=awaits,
        is_flagged=is_flagged,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.tell_conversions(session, actor, rows)
    return PageOut[ConversionOut](items=items, next_page_token=token)


@router.post(
    "/conversions",
    status_code=201,
    response_model=ConversionsRequestedOut,
    dependencies=[require(Permission.CONVERSIONS_REQUEST)],
)
async def request_conversions(
    body: ConversionsIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsRequestedOut | JSONResponse:
    """Ask for certificates' credits to stand for courses, for oneself or for one's college's students; all or none.

    The credits are held from now on. 409 `conversions_refused` names each wish that breaks a rule or a limit.
    """
    institution_id = queries.institution_of(actor, None)
    deed = commands.request_conversions(session, actor, institution_id=institution_id, asked=body, today=today)
    return await once(ConversionsRequestedOut, deed, institution_id=institution_id)


@router.post(
    "/conversions:offset",
    status_code=201,
    response_model=ConversionsRequestedOut,
    dependencies=[require(Permission.CONVERSIONS_REQUEST)],
)
async def request_offsets(
    body: OffsetsIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsRequestedOut | JSONResponse:
    """Ask for passed courses to offset parts of an assessment by a published rule; all or none."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.request_offsets(session, actor, institution_id=institution_id, asked=body, today=today)
    return await once(ConversionsRequestedOut, deed, institution_id=institution_id)


async def _decide(
    session: AsyncSession, actor: Actor, once: Once, *, body: ConversionDecisionsIn, deed: str, today: date
) -> ConversionsDecidedOut | JSONResponse:
    """Take a step of the chain that needs no more than the ids."""
    institution_id = queries.institution_of(actor, body.institution_id)
    decided = commands.decide_conversions(
        session,
        actor,
        institution_id=institution_id,
        deed=deed,
        conversion_ids=body.conversion_ids,
        today=today,
    )
    return await once(ConversionsDecidedOut, decided, institution_id=institution_id, status=201)


@router.post(
    "/conversions:agree",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_AGREE)],
)
async def agree_conversions(
    body: ConversionDecisionsIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Agree to conversions for the students' college, one or many; all or none."""
    return await _decide(session, actor, once, body=body, deed="agree", today=today)


@router.post(
    "/conversions:approve",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_APPROVE)],
)
async def approve_conversions(
    body: ConversionDecisionsIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Approve conversions for the office; whoever agreed for the college leaves it to somebody else."""
    return await _decide(session, actor, once, body=body, deed="approve", today=today)


@router.post(
    "/conversions:confirm",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_CONFIRM)],
)
async def confirm_conversions(
    body: ConversionDecisionsIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Confirm conversions for the organisation whose certificates they are about; it names the institution."""
    return await _decide(session, actor, once, body=body, deed="confirm", today=today)


@router.post(
    "/conversions:record",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_RECORD)],
)
async def record_bank_answer(
    body: BankAnswerIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Record the credit bank's consent with its document number; what it refuses is refused with the reason."""
    institution_id = queries.institution_of(actor, body.institution_id)
    deed = commands.decide_conversions(
        session,
        actor,
        institution_id=institution_id,
        deed="record",
        conversion_ids=body.conversion_ids,
        today=today,
        document=commands.Document(body.document_number, body.answered_on),
    )
    return await once(ConversionsDecidedOut, deed, institution_id=institution_id, status=201)


@router.post(
    "/conversions:refuse",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_REFUSE)],
)
async def refuse_conversions(
    body: ConversionRefusalIn, session: Session, actor: CurrentActor, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Refuse conversions that wait for the caller's word, with the reason; their credits are released."""
    institution_id = queries.institution_of(actor, body.institution_id)
    deed = commands.refuse_conversions(
        session, actor, institution_id=institution_id, conversion_ids=body.conversion_ids, reason=body.reason
    )
    return await once(ConversionsDecidedOut, deed, institution_id=institution_id, status=201)


@router.post(
    "/conversions:settle",
    status_code=201,
    response_model=ConversionsSettledOut,
    dependencies=[require(Permission.CONVERSIONS_SETTLE)],
)
async def settle_conversions(
    body: SettlementIn, session: Session, actor: CurrentActor, once: RunOnce
) -> ConversionsSettledOut | JSONResponse:
    """Settle granted conversions that a loss flagged: keep them by a document, or take credits and grades back."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.settle_conversions(
        session,
        actor,
        institution_id=institution_id,
        conversion_ids=body.conversion_ids,
        deed="keep" if body.is_kept else "unwind",
        reason=body.reason,
        document_number=body.document_number,
    )
    return await once(ConversionsSettledOut, deed, institution_id=institution_id, status=201)


@router.post(
    "/conversions:withdraw",
    status_code=201,
    response_model=ConversionsDecidedOut,
    dependencies=[require(Permission.CONVERSIONS_WITHDRAW)],
)
async def withdraw_conversions(
    body: ConversionWithdrawalIn, session: Session, actor: CurrentActor, once: RunOnce
) -> ConversionsDecidedOut | JSONResponse:
    """Withdraw one's own conversions before they are granted; their credits are released."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.withdraw_conversions(
        session, actor, institution_id=institution_id, conversion_ids=body.conversion_ids, reason=body.reason
    )
    return await once(ConversionsDecidedOut, deed, institution_id=institution_id, status=201)


@router.get("/conversions/{conversion_id}", dependencies=[require(Permission.CONVERSIONS_READ)])
async def get_conversion(conversion_id: UUID, session: Session, actor: CurrentActor) -> ConversionOut:
    """Read one conversion with its courses and everything decided on it."""
    conversion = await queries.get_conversion(session, actor, conversion_id)
    (told,) = await queries.tell_conversions(session, actor, [conversion])
    return told
