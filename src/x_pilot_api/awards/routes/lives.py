"""Issued certificates, suspending them, and their papers."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.awards import commands, queries
from x_pilot_api.awards.models import AwardReissue, AwardState, ReissueState
from x_pilot_api.awards.schemas import (
    AwardOut,
    AwardReasonIn,
    AwardWholeOut,
    PrintDeedIn,
    PrintDeedOut,
    ReissueDecisionIn,
    ReissueIn,
    ReissueOut,
)
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["awards"])


@router.get("/awards", dependencies=[require(Permission.AWARDS_READ)])
async def list_awards(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    student_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[AwardState | None, Query()] = None,
) -> PageOut[AwardOut]:
    """List the issued certificates the caller may see, each as its newest paper says."""
    rows, token = await queries.list_awards(
        session, actor, student_id=student_id, certificate_level_id=certificate_level_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[AwardOut](items=await queries.tell_awards(session, actor, rows), next_page_token=token)


@router.get(
    "/awards/{award_id}",
    response_model=AwardWholeOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.AWARDS_READ)],
)
async def get_award(
    award_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one certificate with its papers, from the first number and code to the present ones, and all its changes."""
    award = await queries.get_award(session, actor, award_id)
    return etags.answer(await queries.tell_whole(session, actor, award), if_none_match=if_none_match)


@router.post("/awards/{award_id}:suspend", dependencies=[require(Permission.AWARDS_SUSPEND)])
async def suspend_award(award_id: UUID, body: AwardReasonIn, session: Session, actor: CurrentActor) -> AwardOut:
    """Let a certificate not stand until it is decided; its credits stay as they are."""
    award = await commands.suspend_award(session, actor, award_id=award_id, reason=body.reason)
    return await queries.tell_award(session, actor, award)


@router.post("/awards/{award_id}:reinstate", dependencies=[require(Permission.AWARDS_SUSPEND)])
async def reinstate_award(award_id: UUID, body: AwardReasonIn, session: Session, actor: CurrentActor) -> AwardOut:
    """Let a suspended certificate stand again; revoking one is a correction, see POST /v1/corrections."""
    award = await commands.reinstate_award(session, actor, award_id=award_id, reason=body.reason)
    return await queries.tell_award(session, actor, award)


@router.post("/awards:move-papers", dependencies=[require(Permission.AWARDS_PRINT)])
async def move_award_papers(body: PrintDeedIn, session: Session, actor: CurrentActor) -> PrintDeedOut:
    """Say that papers were printed, handed over, collected or returned: all that are named, or none.

    409 `print_refused` names each that is not where the deed needs it.
    """
    return await commands.move_papers(session, actor, wish=body)


@router.post("/awards/{award_id}/reissues", status_code=201, dependencies=[require(Permission.AWARDS_REISSUE)])
async def propose_reissue(
    award_id: UUID, body: ReissueIn, response: Response, session: Session, actor: CurrentActor
) -> ReissueOut:
    """Propose another paper for a valid certificate, with evidence; somebody else of the organisation issues it."""
    reissue = await commands.propose_reissue(session, actor, award_id=award_id, wish=body)
    response.headers["Location"] = f"/v1/award-reissues/{reissue.id}"
    return await _told(session, actor, reissue)


@router.get("/award-reissues", dependencies=[require(Permission.AWARDS_READ)])
async def list_reissues(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[ReissueState | None, Query()] = None,
) -> PageOut[ReissueOut]:
    """List the wishes for other papers of certificates the caller may see."""
    rows, token = await queries.list_reissues(session, actor, state=state, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ReissueOut](items=await queries.tell_reissues(session, actor, rows), next_page_token=token)


@router.get("/award-reissues/{reissue_id}", dependencies=[require(Permission.AWARDS_READ)])
async def get_reissue(reissue_id: UUID, session: Session, actor: CurrentActor) -> ReissueOut:
    """Read one wish for another paper, with the number and code before and after."""
    return await _told(session, actor, await queries.get_reissue(session, actor, reissue_id))


@router.post("/award-reissues/{reissue_id}:confirm", dependencies=[require(Permission.AWARDS_REISSUE)])
async def confirm_reissue(reissue_id: UUID, session: Session, actor: CurrentActor) -> ReissueOut:
    """Issue the paper as a second person; the old code then tells of the new number.

    409 `reissue_own_request` for whoever proposed it, `award_number_taken` when the new number is another's.
    """
    return await _told(session, actor, await commands.confirm_reissue(session, actor, reissue_id=reissue_id))


@router.post("/award-reissues/{reissue_id}:refuse", dependencies=[require(Permission.AWARDS_REISSUE)])
async def refuse_reissue(
    reissue_id: UUID, body: ReissueDecisionIn, session: Session, actor: CurrentActor
) -> ReissueOut:
    """Refuse another paper, or take back one's own wish for it."""
    reissue = await commands.refuse_reissue(session, actor, reissue_id=reissue_id, reason=body.reason)
    return await _told(session, actor, reissue)


async def _told(session: Session, actor: Actor, reissue: AwardReissue) -> ReissueOut:
    (told,) = await queries.tell_reissues(session, actor, [reissue])
    return told
