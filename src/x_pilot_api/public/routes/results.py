"""Results on public notice, for everybody; nobody but their holders can tell whose they are."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import clock, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exams import queries as exams
from x_pilot_api.public import rules
from x_pilot_api.public.schemas import NoticedResultOut, ResultNoticeInBriefOut, ResultNoticesOut

router = AreaRouter(tags=["public"])

_NOTICES_MAX = 500


@router.get("/public/result-notices", dependencies=[public()])
async def list_result_notices(response: Response, session: Session) -> ResultNoticesOut:
    """List the plans whose passed results are on public notice now; each comes down when its objections end."""
    rows = await exams.list_on_notice(session, now=clock.now(), size=_NOTICES_MAX)
    response.headers["Cache-Control"] = "no-store"
    return ResultNoticesOut(items=[ResultNoticeInBriefOut.model_validate(row, from_attributes=True) for row in rows])


@router.get("/public/result-notices/{exam_plan_id}", dependencies=[public()])
async def list_noticed_results(
    exam_plan_id: UUID, request: Request, response: Response, session: Session, page: Page
) -> PageOut[NoticedResultOut]:
    """List the passed results of a plan that are on public notice now; 404 before it begins and once it has ended.

    Names and admission numbers are masked, and nothing else of a person is shown.
    """
    rows = await exams.list_noticed(session, exam_plan_id, after=pagination.id_after(page), size=page.size + 1)
    items = [
        NoticedResultOut(
            name=rules.mask_name(row.name),
            admission_number=rules.mask_number(row.admission_number),
            certificate=row.certificate,
            level=row.level,
            total=row.total_hundredths,
            passed=row.passed,
        )
        for row in rows[: page.size]
    ]
    token = pagination.token_after(str(rows[page.size - 1].id)) if len(rows) > page.size else None
    pagination.link_next(request, response, token)
    response.headers["Cache-Control"] = "no-store"
    return PageOut[NoticedResultOut](items=items, next_page_token=token)
