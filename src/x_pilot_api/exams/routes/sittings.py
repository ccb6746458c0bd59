"""Sittings of exam plans."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import ExamSitting
from x_pilot_api.exams.schemas import SittingCancellationIn, SittingChange, SittingIn, SittingOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/exam-plans/{exam_plan_id}/sittings", dependencies=[require(Permission.EXAM_SITTINGS_READ)])
async def list_exam_sittings(
    exam_plan_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[SittingOut]:
    """List a plan's sittings as they follow each other, cancelled ones too; a college's own and at shared sites."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    rows, token = await queries.list_sittings(session, actor, plan, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_sittings(session, actor, rows)
    return PageOut[SittingOut](items=items, next_page_token=token)


@router.post(
    "/exam-plans/{exam_plan_id}/sittings",
    status_code=201,
    dependencies=[require(Permission.EXAM_SITTINGS_ARRANGE)],
)
async def arrange_exam_sitting(
    exam_plan_id: UUID,
    body: SittingIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> SittingOut:
    """Arrange a sitting in rooms of an approved site; 409 `room_taken`, `examiner_taken` name the other sitting."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    sitting = await commands.arrange_sitting(session, actor, plan=plan, wish=body, timezone=service.settings.timezone)
    response.headers["Location"] = f"/v1/exam-sittings/{sitting.id}"
    return await _answer(session, actor, sitting)


@router.get(
    "/exam-sittings/{sitting_id}",
    response_model=SittingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.EXAM_SITTINGS_READ)],
)
async def get_exam_sitting(
    sitting_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one sitting with its rooms and examiners; 304 while the caller's copy is still true."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    return etags.answer(await _answer(session, actor, sitting), if_none_match=if_none_match)


@router.put(
    "/exam-sittings/{sitting_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.EXAM_SITTINGS_ARRANGE)],
)
async def change_exam_sitting(
    sitting_id: UUID,
    body: SittingChange,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    if_match: IfMatch = None,
) -> SittingOut:
    """Arrange a sitting anew before it begins; it keeps the seats that registrations hold."""
    sitting = await commands.change_sitting(
        session, actor, sitting_id=sitting_id, wish=body, if_match=if_match, timezone=service.settings.timezone
    )
    return await _answer(session, actor, sitting)


@router.post("/exam-sittings/{sitting_id}:cancel", dependencies=[require(Permission.EXAM_SITTINGS_ARRANGE)])
async def cancel_exam_sitting(
    sitting_id: UUID, body: SittingCancellationIn, session: Session, actor: CurrentActor
) -> SittingOut:
    """Let a sitting not be held, with the cause; its rooms and examiners are free, and the organisation hears of it."""
    sitting = await commands.cancel_sitting(session, actor, sitting_id=sitting_id, reason=body.reason)
    return await _answer(session, actor, sitting)


async def _answer(session: Session, actor: Actor, sitting: ExamSitting) -> SittingOut:
    (described,) = await queries.describe_sittings(session, actor, [sitting])
    return described
