"""Checking in, and who was there."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exam_days import commands, queries
from x_pilot_api.exam_days.models import AttendanceState
from x_pilot_api.exam_days.schemas import (
    AttendanceFiguresOut,
    AttendanceOut,
    AttendanceSettlementIn,
    CheckInListOut,
    CheckInsIn,
    CheckInsOut,
    DeviceIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exam days"])


@router.post(
    "/exam-sittings/{sitting_id}/check-in-devices",
    status_code=201,
    dependencies=[require(Permission.CHECK_INS_TAKE)],
)
async def take_check_in_list(
    sitting_id: UUID,
    body: DeviceIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> CheckInListOut:
    """Let a device take the list of a sitting along, in the last 24 hours before it; it may be offline from then on.

    With the key of the sitting's tickets it can tell by itself whether a ticket is good.
    """
    response.headers["Cache-Control"] = "no-store"
    return await commands.take_list(session, actor, sitting_id=sitting_id, wish=body, sealer=service.sealer)


@router.post("/exam-sittings/{sitting_id}/check-ins", dependencies=[require(Permission.CHECK_INS_TAKE)])
async def take_check_ins(
    sitting_id: UUID, body: CheckInsIn, session: Session, actor: CurrentActor, service: CurrentService
) -> CheckInsOut:
    """Send what a device recorded, as often as it takes: each record has a nonce and counts once.

    What does not go together with another device's word, the candidate's room or a settlement is kept and waits for
    a person; a ticket that is forged, of another sitting, expired or of an older edition is refused.
    """
    return await commands.take_check_ins(session, actor, sitting_id=sitting_id, sent=body, sealer=service.sealer)


@router.get("/exam-sittings/{sitting_id}/attendance", dependencies=[require(Permission.ATTENDANCE_READ)])
async def get_attendance_figures(sitting_id: UUID, session: Session, actor: CurrentActor) -> AttendanceFiguresOut:
    """Tell in numbers who was there."""
    return await queries.tell_figures(session, await queries.get_sitting(session, actor, sitting_id))


@router.get("/exam-sittings/{sitting_id}/attendances", dependencies=[require(Permission.ATTENDANCE_READ)])
async def list_attendances(
    sitting_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[AttendanceState | None, Query(description="`disputed`: what waits for a person")] = None,
) -> PageOut[AttendanceOut]:
    """List those of whom something was recorded, by admission number."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    items, token = await queries.list_attendances(session, sitting, state=state, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[AttendanceOut](items=items, next_page_token=token)


@router.post(
    "/exam-sittings/{sitting_id}/attendances/{registration_id}:settle",
    dependencies=[require(Permission.ATTENDANCE_SETTLE)],
)
async def settle_attendance(
    sitting_id: UUID, registration_id: UUID, body: AttendanceSettlementIn, session: Session, actor: CurrentActor
) -> AttendanceOut:
    """Settle whether a candidate was there, with the reason; later records to the contrary dispute it again."""
    return await commands.settle_attendance(
        session, actor, sitting_id=sitting_id, registration_id=registration_id, finding=body
    )
