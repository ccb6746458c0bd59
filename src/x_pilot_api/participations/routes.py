"""Yearly participation in the pilot."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations import commands, queries, rules
from x_pilot_api.participations.models import Participation, ParticipationState
from x_pilot_api.participations.schemas import (
    AcademicYear,
    ApprovalIn,
    AskedAgainIn,
    EndIn,
    ParticipationDecisionOut,
    ParticipationIn,
    ParticipationOut,
    QuotaChangeIn,
    RefusalIn,
)

router = AreaRouter(tags=["participations"])


@router.get("/participations", dependencies=[require(Permission.PARTICIPATIONS_READ)])
async def list_participations(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    academic_year: Annotated[AcademicYear | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    programme_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ParticipationState | None, Query()] = None,
) -> PageOut[ParticipationOut]:
    """List who takes part with which level in which year: the institution's, or a coordinator's own."""
    rows, token = await queries.list_participations(
        session,
        actor,
        academic_year=academic_year,
        college_id=college_id,
        programme_id=programme_id,
        certificate_level_id=certificate_level_id,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = [_written(actor, described) for described in await queries.describe(session, rows)]
    return PageOut[ParticipationOut](items=items, next_page_token=token)


@router.post("/participations", status_code=201, dependencies=[require(Permission.PARTICIPATIONS_ASK)])
async def ask_participation(
    body: ParticipationIn, response: Response, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Ask for taking part with a level in an academic year; 409 `participation_exists` when it was asked for."""
    participation = await commands.ask_participation(session, actor, wish=body)
    response.headers["Location"] = f"/v1/participations/{participation.id}"
    return await _answer(session, actor, participation)


@router.get(
    "/participations/{participation_id}",
    response_model=ParticipationOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.PARTICIPATIONS_READ)],
)
async def get_participation(
    participation_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one participation and what is taken of its quota; 304 while the caller's copy is still true."""
    participation = await queries.get_participation(session, actor, participation_id)
    return etags.answer(await _answer(session, actor, participation), if_none_match=if_none_match)


@router.get("/participations/{participation_id}/decisions", dependencies=[require(Permission.PARTICIPATIONS_READ)])
async def list_participation_decisions(
    participation_id: UUID, session: Session, actor: CurrentActor
) -> list[ParticipationDecisionOut]:
    """List everything asked and decided on a participation, in order, each with its document."""
    participation = await queries.get_participation(session, actor, participation_id)
    rows = await queries.list_decisions(session, participation)
    return [ParticipationDecisionOut.model_validate(row, from_attributes=True) for row in rows]


@router.post("/participations/{participation_id}:ask-again", dependencies=[require(Permission.PARTICIPATIONS_ASK)])
async def ask_participation_again(
    participation_id: UUID, body: AskedAgainIn, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Ask once more after a refusal."""
    return await _answer(
        session, actor, await commands.ask_again(session, actor, participation_id=participation_id, wish=body)
    )


@router.post("/participations/{participation_id}:approve", dependencies=[require(Permission.PARTICIPATIONS_APPROVE)])
async def approve_participation(
    participation_id: UUID, body: ApprovalIn, session: Session, actor: CurrentActor, today: Today
) -> ParticipationOut:
    """Grant a quota by a document; 409 when the college does not run the certificate."""
    participation = await commands.approve_participation(
        session, actor, participation_id=participation_id, wish=body, today=today
    )
    return await _answer(session, actor, participation)


@router.post("/participations/{participation_id}:refuse", dependencies=[require(Permission.PARTICIPATIONS_APPROVE)])
async def refuse_participation(
    participation_id: UUID, body: RefusalIn, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Refuse what was asked for."""
    participation = await commands.refuse_participation(session, actor, participation_id=participation_id, wish=body)
    return await _answer(session, actor, participation)


@router.post("/participations/{participation_id}:change", dependencies=[require(Permission.PARTICIPATIONS_CHANGE)])
async def change_participation(
    participation_id: UUID, body: QuotaChangeIn, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Change the quota by a document; 409 `quota_below_taken` when registrations hold more."""
    participation = await commands.change_participation(session, actor, participation_id=participation_id, wish=body)
    return await _answer(session, actor, participation)


@router.post("/participations/{participation_id}:end", dependencies=[require(Permission.PARTICIPATIONS_CHANGE)])
async def end_participation(
    participation_id: UUID, body: EndIn, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Take no more registrations; those there are stay."""
    participation = await commands.end_participation(session, actor, participation_id=participation_id, wish=body)
    return await _answer(session, actor, participation)


@router.post("/participations/{participation_id}:resume", dependencies=[require(Permission.PARTICIPATIONS_CHANGE)])
async def resume_participation(
    participation_id: UUID, body: QuotaChangeIn, session: Session, actor: CurrentActor
) -> ParticipationOut:
    """Take registrations again after an end, under a new document."""
    participation = await commands.resume_participation(session, actor, participation_id=participation_id, wish=body)
    return await _answer(session, actor, participation)


async def _answer(session: Session, actor: Actor, participation: Participation) -> ParticipationOut:
    (described,) = await queries.describe(session, [participation])
    return _written(actor, described)


def _written(actor: Actor, described: queries.Described) -> ParticipationOut:
    it = described.participation
    is_open = it.state == ParticipationState.APPROVED and it.quota is not None
    return ParticipationOut(
        id=it.id,
        institution_id=it.institution_id,
        academic_year=it.academic_year,
        certificate_level_id=it.certificate_level_id,
        certificate_name=described.certificate_name,
        level=described.level,
        college_id=it.college_id,
        college_name=described.college_name,
        programme_id=it.programme_id,
        programme_name=described.programme_name,
        state=ParticipationState(it.state),
        quota_asked=it.quota_asked,
        quota=it.quota,
        taken=it.taken,
        left=it.quota - it.taken if is_open and it.quota is not None else None,
        decision_document=it.decision_document,
        allowed_deeds=rules.allowed_deeds(actor, it),
    )
