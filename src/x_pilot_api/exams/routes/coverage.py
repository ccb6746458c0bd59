"""Whether the examiners of sittings may examine their levels."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exams import queries
from x_pilot_api.exams.schemas import ExaminerCoverageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/exam-sittings/{sitting_id}/examiner-coverage", dependencies=[require(Permission.EXAM_SITTINGS_READ)])
async def get_examiner_coverage(sitting_id: UUID, session: Session, actor: CurrentActor) -> ExaminerCoverageOut:
    """Tell whether a sitting has an examiner who may examine its level, and who of them may not; it forbids nothing."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    (told,) = await queries.describe_coverage(session, actor, [sitting])
    return told


@router.get("/exam-plans/{exam_plan_id}/examiner-coverage", dependencies=[require(Permission.EXAM_SITTINGS_READ)])
async def list_examiner_coverage(
    exam_plan_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ExaminerCoverageOut]:
    """Tell the same of each of a plan's sittings as they follow each other."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    rows, token = await queries.list_sittings(session, actor, plan, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_coverage(session, actor, rows)
    return PageOut[ExaminerCoverageOut](items=items, next_page_token=token)
