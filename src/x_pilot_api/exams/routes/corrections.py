"""Cases of correction: what set each off, everything that followed, and corrections by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import CaseState
from x_pilot_api.exams.schemas import (
    CorrectionConfirmationIn,
    CorrectionIn,
    CorrectionOut,
    CorrectionRefusalIn,
    CorrectionWholeOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/corrections", dependencies=[require(Permission.CORRECTIONS_READ)])
async def list_corrections(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[CaseState | None, Query()] = None,
    student_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[CorrectionOut]:
    """List the cases the caller may see, oldest first; a student sees what was done about their own certificates."""
    items, token = await queries.list_cases(session, actor, state=state, student_id=student_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[CorrectionOut](items=items, next_page_token=token)


@router.get("/corrections/{case_id}", dependencies=[require(Permission.CORRECTIONS_READ)])
async def get_correction(case_id: UUID, session: Session, actor: CurrentActor) -> CorrectionWholeOut:
    """Read one case with its timeline; of one that waits, with what confirming it would set off."""
    return await queries.tell_whole_case(session, actor, await queries.get_case(session, actor, case_id))


@router.post(
    "/corrections",
    status_code=201,
    response_model=CorrectionWholeOut,
    dependencies=[require(Permission.CORRECTIONS_PROPOSE)],
)
async def propose_correction(
    body: CorrectionIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    validate_only: Annotated[bool, Query(description="Show the whole chain and keep nothing")] = False,
) -> CorrectionWholeOut | JSONResponse:
    """Propose to revoke a certificate, or to issue one to a registered candidate; somebody else confirms it.

    The answer shows everything that would follow: certificates, each student's credits, conversions. 409
    `correction_open` while another case about it waits, `award_held` when the candidate holds the level.
    """
    told = await commands.propose_correction(session, actor, wish=body, validate_only=validate_only)
    if validate_only:
        return JSONResponse(told.model_dump(mode="json"), status_code=200)
    response.headers["Location"] = f"/v1/corrections/{told.correction.id}"
    return told


@router.post("/corrections/{case_id}:confirm", dependencies=[require(Permission.CORRECTIONS_CONFIRM)])
async def confirm_correction(
    case_id: UUID, body: CorrectionConfirmationIn, session: Session, actor: CurrentActor
) -> CorrectionWholeOut:
    """Carry a case out as a second person, with the digest of the preview that was looked at.

    409 `correction_own_request` for whoever proposed it, `correction_changed` when it would do something else now.
    """
    case = await commands.confirm_correction(session, actor, case_id=case_id, digest=body.digest)
    return await queries.tell_whole_case(session, actor, case)


@router.post("/corrections/{case_id}:refuse", dependencies=[require(Permission.CORRECTIONS_CONFIRM)])
async def refuse_correction(
    case_id: UUID, body: CorrectionRefusalIn, session: Session, actor: CurrentActor
) -> CorrectionWholeOut:
    """Refuse a case, or take back one's own."""
    case = await commands.refuse_correction(session, actor, case_id=case_id, reason=body.reason)
    return await queries.tell_whole_case(session, actor, case)
