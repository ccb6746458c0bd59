"""Teachers' workload: logged, verified into the book, reversed, stated; and the ratio it is converted by."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import clock, etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.schemas import AcademicYear
from x_pilot_api.registry import queries as registry
from x_pilot_api.social_training import commands, queries
from x_pilot_api.social_training.models import WorkloadRecord, WorkloadState
from x_pilot_api.social_training.schemas import (
    WorkloadRatioIn,
    WorkloadRatioOut,
    WorkloadReasonIn,
    WorkloadRecordChange,
    WorkloadRecordIn,
    WorkloadRecordOut,
    WorkloadStatementOut,
    WorkloadVerificationIn,
    WorkloadVerifiedOut,
)

router = AreaRouter(tags=["social service"])


@router.get("/workload-records", dependencies=[require(Permission.WORKLOAD_READ)])
async def list_workload_records(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    social_class_id: Annotated[UUID | None, Query()] = None,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query(description="Of the class")] = None,
    state: Annotated[WorkloadState | None, Query()] = None,
    worked_from: Annotated[Day | None, Query(description="Worked on this day or later")] = None,
    worked_to: Annotated[Day | None, Query(description="Worked on this day or before")] = None,
    is_mine: Annotated[bool | None, Query(description="Logged by the caller, or by somebody else")] = None,
) -> PageOut[WorkloadRecordOut]:
    """List records of work: the institution's, those of a coordinator's college's classes, or a teacher's own."""
    filters = queries.RecordFilters(
        social_class_id=social_class_id,
        teacher_id=teacher_id,
        college_id=college_id,
        state=state,
        worked_from=worked_from,
        worked_to=worked_to,
        is_mine=is_mine,
    )
    rows, token = await queries.list_records(session, actor, filters=filters, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[WorkloadRecordOut](items=await queries.describe_records(session, actor, rows), next_page_token=token)


@router.post("/workload-records", status_code=201, dependencies=[require(Permission.WORKLOAD_LOG)])
async def log_workload(
    body: WorkloadRecordIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> WorkloadRecordOut:
    """Log what one did as a teacher of a class on one of its days, one record a class and day."""
    record = await commands.log_work(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/workload-records/{record.id}"
    return await _record(session, actor, record)


@router.post(
    "/workload-records:verify",
    status_code=201,
    response_model=WorkloadVerifiedOut,
    dependencies=[require(Permission.WORKLOAD_VERIFY)],
)
async def verify_workload(
    body: WorkloadVerificationIn, session: Session, actor: CurrentActor, once: RunOnce
) -> WorkloadVerifiedOut | JSONResponse:
    """Verify what others logged, and post it as workload by the ratio in force on each day; all records or none.

    A day without a ratio is 409 `workload_ratio_missing`, and nothing is lost.
    """
    institution_id = actor.own_institution()
    deed = commands.verify_work(session, actor, institution_id=institution_id, wish=body, at=clock.now())
    return await once(WorkloadVerifiedOut, deed, institution_id=institution_id)


@router.get(
    "/workload-records/{record_id}",
    response_model=WorkloadRecordOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.WORKLOAD_READ)],
)
async def get_workload_record(
    record_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one record; the ETag is what changing it asks for."""
    record = await queries.get_record(session, actor, record_id)
    return etags.answer(await _record(session, actor, record), if_none_match=if_none_match)


@router.put(
    "/workload-records/{record_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.WORKLOAD_LOG)],
)
async def change_workload(
    record_id: UUID,
    body: WorkloadRecordChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> WorkloadRecordOut:
    """Write anew what one logged and nobody verified; what was refused waits again."""
    record = await commands.change_work(session, actor, record_id=record_id, wish=body, today=today, if_match=if_match)
    return await _record(session, actor, record)


@router.post("/workload-records/{record_id}:withdraw", dependencies=[require(Permission.WORKLOAD_LOG)])
async def withdraw_workload(record_id: UUID, session: Session, actor: CurrentActor) -> WorkloadRecordOut:
    """Take back what one logged and nobody verified."""
    return await _record(session, actor, await commands.withdraw_work(session, actor, record_id=record_id))


@router.post("/workload-records/{record_id}:refuse", dependencies=[require(Permission.WORKLOAD_VERIFY)])
async def refuse_workload(
    record_id: UUID, body: WorkloadReasonIn, session: Session, actor: CurrentActor
) -> WorkloadRecordOut:
    """Send what somebody else logged back to them, with the reason."""
    record = await commands.refuse_work(session, actor, record_id=record_id, reason=body.reason)
    return await _record(session, actor, record)


@router.post("/workload-records/{record_id}:reverse", dependencies=[require(Permission.WORKLOAD_VERIFY)])
async def reverse_workload(
    record_id: UUID, body: WorkloadReasonIn, session: Session, actor: CurrentActor
) -> WorkloadRecordOut:
    """Take verified hours out of the book by a movement of its own, with the reason; the day can be logged anew.

    The record's state admits it once, so it takes no key.
    """
    record = await commands.reverse_work(session, actor, record_id=record_id, reason=body.reason, at=clock.now())
    return await _record(session, actor, record)


@router.get("/workload-ratios", dependencies=[require(Permission.WORKLOAD_READ)])
async def list_workload_ratios(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[WorkloadRatioOut]:
    """List the ratios that were loaded, by their first days."""
    rows, token = await queries.list_ratios(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[WorkloadRatioOut](items=queries.describe_ratios(rows, today=today), next_page_token=token)


@router.post("/workload-ratios", status_code=201, dependencies=[require(Permission.WORKLOAD_RATIOS_LOAD)])
async def load_workload_ratio(
    body: WorkloadRatioIn, session: Session, actor: CurrentActor, today: Today
) -> WorkloadRatioOut:
    """Load the ratio by which hours count as teaching workload, by its document (N(18)); there is no default."""
    (told,) = queries.describe_ratios([await commands.load_ratio(session, actor, wish=body)], today=today)
    return told


@router.get("/workload-statements/{teacher_id}", dependencies=[require(Permission.WORKLOAD_READ)])
async def get_workload_statement(
    teacher_id: UUID, session: Session, actor: CurrentActor, academic_year: Annotated[AcademicYear, Query()]
) -> WorkloadStatementOut:
    """State a teacher's workload of an academic year from the book, with the balance after each movement."""
    teacher = await registry.get_teacher(session, actor, teacher_id)
    return await queries.state_workload(session, teacher, academic_year=academic_year)


async def _record(session: Session, actor: Actor, record: WorkloadRecord) -> WorkloadRecordOut:
    (told,) = await queries.describe_records(session, actor, [record])
    return told
