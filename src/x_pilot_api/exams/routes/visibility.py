"""Results as colleges and students see them, and from when they do."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.schemas import VisibilityIn, VisibilityOut, VisibleResultOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_PATH = "/exam-plans/{exam_plan_id}/result-visibility"


@router.get("/results", dependencies=[require(Permission.RESULTS_READ)])
async def list_results(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID | None, Query(description="Needed by an organisation's staff")] = None,
    student_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[VisibleResultOut]:
    """List the results in effect that the caller may see: colleges and students only from when the plan lets them."""
    if exam_plan_id is not None:
        plan = await queries.get_plan(session, actor, exam_plan_id)
        await act_for(session, actor, institution_id=plan.institution_id)
    elif actor.organisation_id is not None:
        raise Malformed(what="exam_plan_id, which an organisation's staff name")
    items, token = await queries.list_visible(
        session, actor, exam_plan_id=exam_plan_id, student_id=student_id, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[VisibleResultOut](items=items, next_page_token=token)


@router.get(
    _PATH,
    response_model=VisibilityOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.RESULT_VISIBILITY_READ)],
)
async def get_result_visibility(
    exam_plan_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read from when colleges, students and the public may see a plan's results."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    return etags.answer(await queries.describe_visibility(session, plan), if_none_match=if_none_match)


@router.put(
    _PATH,
    response_model=VisibilityOut,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.RESULT_VISIBILITY_SET)],
)
async def set_result_visibility(
    exam_plan_id: UUID, body: VisibilityIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> Response:
    """Set from when colleges, students and the public may see a plan's results; null: at once.

    Until students may see them, results issue no certificates and deposit no credits: that happens, of itself, within
    a minute of the instant. 409 `results_already_shown` when final results are in effect already.
    """
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    etags.check(await queries.describe_visibility(session, plan), if_match=if_match)
    await commands.set_visibility(session, actor, plan=plan, wish=body)
    return etags.answer(await queries.describe_visibility(session, plan))
