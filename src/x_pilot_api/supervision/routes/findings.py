"""What supervision found at colleges: raised, planned, put right, checked."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import db, etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision import commands
from x_pilot_api.supervision.models import FindingState, SupervisionFinding
from x_pilot_api.supervision.queries import findings as queries
from x_pilot_api.supervision.schemas.findings import (
    FindingCheckIn,
    FindingEvidenceIn,
    FindingReturnIn,
    MeasurePlanIn,
    SupervisionFindingIn,
    SupervisionFindingOut,
)

router = AreaRouter(tags=["supervision"])


@router.get("/supervision-findings", dependencies=[require(Permission.SUPERVISION_FINDINGS_READ)])
async def list_supervision_findings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    assessment_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[FindingState | None, Query()] = None,
    is_overdue: Annotated[bool | None, Query(description="The measure is waited for after its day")] = None,
    mine: Annotated[bool, Query(description="Only those whose measure is one's own")] = False,
) -> PageOut[SupervisionFindingOut]:
    """List findings: the institution's, those of a coordinator's colleges, or those whose measure is one's own."""
    rows, token = await queries.list_findings(
        session,
        actor,
        college_id=college_id,
        assessment_id=assessment_id,
        certificate_id=certificate_id,
        state=state,
        is_overdue=is_overdue,
        mine=mine,
        today=today,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_findings(session, actor, rows, today=today)
    return PageOut[SupervisionFindingOut](items=items, next_page_token=token)


@router.post("/supervision-findings", status_code=201, dependencies=[require(Permission.SUPERVISION_FINDINGS_RAISE)])
async def raise_supervision_finding(
    body: SupervisionFindingIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> SupervisionFindingOut:
    """Say what was found at a college, perhaps in its assessment or about a certificate; the college is told."""
    finding = await commands.raise_finding(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/supervision-findings/{finding.id}"
    return await _told(session, actor, finding)


@router.get(
    "/supervision-findings/{finding_id}",
    response_model=SupervisionFindingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SUPERVISION_FINDINGS_READ)],
)
async def get_supervision_finding(
    finding_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one finding with everything that was done about it."""
    finding = await queries.get_finding(session, actor, finding_id)
    return etags.answer(await _told(session, actor, finding), if_none_match=if_none_match)


@router.post("/supervision-findings/{finding_id}:plan", dependencies=[require(Permission.SUPERVISION_FINDINGS_PLAN)])
async def plan_supervision_finding(
    finding_id: UUID, body: MeasurePlanIn, session: Session, actor: CurrentActor, today: Today
) -> SupervisionFindingOut:
    """Plan a measure, its owner and its day, which is the college's to do; the owner is told."""
    finding = await commands.plan_finding(session, actor, finding_id=finding_id, wish=body, today=today)
    return await _told(session, actor, finding)


@router.post(
    "/supervision-findings/{finding_id}:finish", dependencies=[require(Permission.SUPERVISION_FINDINGS_FINISH)]
)
async def finish_supervision_finding(
    finding_id: UUID, body: FindingEvidenceIn, session: Session, actor: CurrentActor
) -> SupervisionFindingOut:
    """Say what was done about a finding and what shows it: the owner, or the college; whoever raised it is told."""
    finding = await commands.finish_finding(session, actor, finding_id=finding_id, evidence=body.evidence)
    return await _told(session, actor, finding)


@router.post("/supervision-findings/{finding_id}:close", dependencies=[require(Permission.SUPERVISION_FINDINGS_CHECK)])
async def close_supervision_finding(
    finding_id: UUID, body: FindingCheckIn, session: Session, actor: CurrentActor, today: Today
) -> SupervisionFindingOut:
    """Find it put right: the office, or who raised it; 403 `finding_deed_of_another` for who did it."""
    finding = await commands.close_finding(session, actor, finding_id=finding_id, remark=body.remark, today=today)
    return await _told(session, actor, finding)


@router.post(
    "/supervision-findings/{finding_id}:send-back", dependencies=[require(Permission.SUPERVISION_FINDINGS_CHECK)]
)
async def return_supervision_finding(
    finding_id: UUID, body: FindingReturnIn, session: Session, actor: CurrentActor, today: Today
) -> SupervisionFindingOut:
    """Find it not put right, and say until when it is to be; the owner is told."""
    finding = await commands.return_finding(session, actor, finding_id=finding_id, wish=body, today=today)
    return await _told(session, actor, finding)


async def _told(session: Session, actor: Actor, finding: SupervisionFinding) -> SupervisionFindingOut:
    (told,) = await queries.describe_findings(session, actor, [finding], today=db.today_of(session))
    return told
