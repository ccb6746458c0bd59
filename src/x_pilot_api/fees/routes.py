"""Cost ceilings and the fee standards under them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core import pagination
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.models import FeeStandardState
from x_pilot_api.fees.schemas import (
    Day,
    FeeCeilingIn,
    FeeCeilingIssuedOut,
    FeeCeilingOut,
    FeeStandardIn,
    FeeStandardOut,
)
from x_pilot_api.identity.permissions import Permission

router = APIRouter(tags=["fees"])


@router.get("/fee-ceilings", dependencies=[require(Permission.FEE_CEILINGS_READ)])
async def list_fee_ceilings(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    exam_form: Annotated[ExamForm | None, Query()] = None,
    level: Annotated[Level | None, Query(description="Only ceilings made for this level")] = None,
    in_force_on: Annotated[Day | None, Query(description="Only ceilings in force on this day")] = None,
) -> PageOut[FeeCeilingOut]:
    """List the ceilings, the same for every institution, oldest first; amounts are whole fen."""
    rows, token = await queries.list_ceilings(
        session, exam_form=exam_form, level=level, in_force_on=in_force_on, wish=page
    )
    pagination.link_next(request, response, token)
    items = [FeeCeilingOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[FeeCeilingOut](items=items, next_page_token=token)


@router.post(
    "/fee-ceilings",
    status_code=201,
    response_model=FeeCeilingIssuedOut,
    dependencies=[require(Permission.FEE_CEILINGS_ISSUE)],
)
async def issue_fee_ceiling(
    body: FeeCeilingIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> FeeCeilingIssuedOut | JSONResponse:
    """Issue a ceiling; fee standards of any institution that it puts in the wrong are suspended and listed.

    The most specific ceiling applies: form, level and category before form and level before form alone.
    409 `ceiling_overlaps` when one for the same exams is in force on some of the days.
    """
    return await once(
        FeeCeilingIssuedOut,
        commands.issue_fee_ceiling(session, actor, wish=body),
        institution_id=None,
        location=lambda issued: f"{request.url.path}/{issued.id}",
    )


@router.get("/fee-ceilings/{ceiling_id}", dependencies=[require(Permission.FEE_CEILINGS_READ)])
async def get_fee_ceiling(ceiling_id: UUID, session: Session) -> FeeCeilingOut:
    """Read one ceiling."""
    return FeeCeilingOut.model_validate(await queries.get_ceiling(session, ceiling_id), from_attributes=True)


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
) -> PageOut[FeeStandardOut]:
    """List the institution's fee standards, or for an evaluation organisation's staff those of its own certificates."""
    rows, token = await queries.list_standards(
        session, actor, certificate_level_id=certificate_level_id, exam_form=exam_form, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = [FeeStandardOut.model_validate(row, from_attributes=True) for row in rows]
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
    `fee_standard_overlaps` when the institution has one for the level, form and some of the days.
    """
    institution_id = await queries.find_institution_for(session, actor, body.institution_id)
    return await once(
        FeeStandardOut,
        commands.propose_fee_standard(session, actor, wish=body),
        institution_id=institution_id,
        location=lambda proposed: f"{request.url.path}/{proposed.id}",
    )


@router.get("/fee-standards/{standard_id}", dependencies=[require(Permission.FEE_STANDARDS_READ)])
async def get_fee_standard(standard_id: UUID, session: Session, actor: CurrentActor) -> FeeStandardOut:
    """Read one fee standard the caller may see."""
    return FeeStandardOut.model_validate(await queries.get_standard(session, actor, standard_id), from_attributes=True)
