"""Public notices of results, and objections to them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.commands.push import Bounds
from x_pilot_api.exams.models import ResultObjection, ResultObjectionState
from x_pilot_api.exams.schemas import (
    ObjectionReviewIn,
    ObjectionToResultIn,
    ResultNoticeOut,
    ResultObjectionOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_NOTICE = "/exam-plans/{exam_plan_id}/result-notice"
_PATH = "/result-objections"
_ONE = f"{_PATH}/{{objection_id}}"
_REVIEW = Permission.RESULT_OBJECTIONS_REVIEW


@router.post(f"{_NOTICE}:publish", status_code=201, dependencies=[require(Permission.RESULT_NOTICES_PUBLISH)])
async def publish_result_notice(exam_plan_id: UUID, session: Session, actor: CurrentActor) -> ResultNoticeOut:
    """Put a plan's passed results on public notice, masked; they come down by themselves when objections end.

    409 `notice_window_missing` when the plan says no end of objections, or it has passed.
    """
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    notice = await commands.publish_notice(session, actor, plan=plan)
    return await queries.describe_notice(session, plan, notice)


@router.post(f"{_NOTICE}:withdraw", dependencies=[require(Permission.RESULT_NOTICES_PUBLISH)])
async def withdraw_result_notice(exam_plan_id: UUID, session: Session, actor: CurrentActor) -> ResultNoticeOut:
    """Take a notice down before its time."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    notice = await commands.withdraw_notice(session, actor, plan=plan)
    if notice is None:
        raise NotFound(what="result notice", zh="成绩公示")
    return await queries.describe_notice(session, plan, notice)


@router.post(
    "/results/{result_id}/objections", status_code=201, dependencies=[require(Permission.RESULT_OBJECTIONS_RAISE)]
)
async def raise_result_objection(
    result_id: UUID,
    body: ObjectionToResultIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
) -> ResultObjectionOut:
    """Object to a result one sees, while it is on public notice.

    409 `objections_not_open` before and after that, `result_objection_open` while another one waits.
    """
    days = service.settings.objection_answer_days
    made = await commands.raise_result_objection(
        session, actor, result_id=result_id, text=body.text, today=today, days=days
    )
    response.headers["Location"] = f"/v1{_PATH}/{made.id}"
    (told,) = await queries.describe_objections(session, actor, [made], today=today)
    return told


@router.get(_PATH, dependencies=[require(Permission.RESULT_OBJECTIONS_READ)])
async def list_result_objections(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    exam_plan_id: Annotated[UUID, Query()],
    state: Annotated[ResultObjectionState | None, Query()] = None,
) -> PageOut[ResultObjectionOut]:
    """List the objections to a plan's results that the caller may see, oldest first."""
    rows, token = await queries.list_objections(session, actor, plan_id=exam_plan_id, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_objections(session, actor, rows, today=today)
    return PageOut[ResultObjectionOut](items=items, next_page_token=token)


@router.get(_ONE, dependencies=[require(Permission.RESULT_OBJECTIONS_READ)])
async def get_result_objection(
    objection_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> ResultObjectionOut:
    """Read one objection; what the organisation answers shows once it is decided."""
    return await _told(session, actor, await queries.get_objection(session, actor, objection_id), today)


@router.post(f"{_ONE}:withdraw", dependencies=[require(Permission.RESULT_OBJECTIONS_RAISE)])
async def withdraw_result_objection(
    objection_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> ResultObjectionOut:
    """Withdraw one's own objection."""
    return await _told(
        session, actor, await commands.withdraw_objection(session, actor, objection_id=objection_id), today
    )


@router.post(f"{_ONE}:review", dependencies=[require(_REVIEW)])
async def review_result_objection(
    objection_id: UUID, body: ObjectionReviewIn, session: Session, actor: CurrentActor, today: Today
) -> ResultObjectionOut:
    """Say what one person of the organisation finds: the result stands, or the scores it is to have."""
    reviewed = await commands.review_objection(session, actor, objection_id=objection_id, found=body)
    return await _told(session, actor, reviewed, today)


@router.post(f"{_ONE}:return", dependencies=[require(_REVIEW)])
async def return_result_objection(
    objection_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> ResultObjectionOut:
    """Disagree with what another person found; it is reviewed anew."""
    return await _told(
        session, actor, await commands.return_objection(session, actor, objection_id=objection_id), today
    )


@router.post(f"{_ONE}:decide", dependencies=[require(_REVIEW)])
async def decide_result_objection(
    objection_id: UUID, session: Session, actor: CurrentActor, service: CurrentService, today: Today
) -> ResultObjectionOut:
    """Confirm what another person found: `upheld`, the result stands, or `changed`, a new revision of it is pushed.

    409 `result_second_person_needed` for who reviewed it.
    """
    bounds = Bounds(sealer=service.sealer, rows_max=1, timezone=service.settings.timezone)
    decided = await commands.decide_objection(session, actor, objection_id=objection_id, bounds=bounds)
    return await _told(session, actor, decided, today)


async def _told(session: Session, actor: Actor, objection: ResultObjection, today: Today) -> ResultObjectionOut:
    (told,) = await queries.describe_objections(session, actor, [objection], today=today)
    return told
