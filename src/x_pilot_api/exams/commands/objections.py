"""Putting results on public notice, objecting to them, and answering: one person finds, another decides."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands import single
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.errors import NoticeWindowMissing, ObjectionOpen, ResultNoticeExists
from x_pilot_api.exams.models import CaseKind, ExamPlan, Result, ResultNotice, ResultObjection, RowOutcome
from x_pilot_api.exams.schemas import ObjectionReviewIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind


async def publish_notice(session: AsyncSession, actor: Actor, *, plan: ExamPlan) -> ResultNotice:
    """Put a plan's passed results on public notice; they come down when objections end."""
    now = clock.now()
    if plan.objections_until is None or plan.objections_until <= now:
        raise NoticeWindowMissing(objections_until=plan.objections_until.isoformat() if plan.objections_until else "-")
    found = await queries.find_notice(session, plan)
    if found is not None:
        raise ResultNoticeExists(published_at=found.published_at.isoformat())
    notice = ResultNotice(
        institution_id=plan.institution_id, exam_plan_id=plan.id, published_by=actor.id, published_at=now
    )
    session.add(notice)
    await session.flush()
    await _record_notice(session, actor, "publish_result_notice", notice)
    return notice


async def withdraw_notice(session: AsyncSession, actor: Actor, *, plan: ExamPlan) -> ResultNotice | None:
    """Take a notice down before its time; what is down stays down."""
    notice = await queries.find_notice(session, plan)
    if notice is not None and notice.withdrawn_at is None:
        notice.withdrawn_by, notice.withdrawn_at = actor.id, clock.now()
        await session.flush()
        await _record_notice(session, actor, "withdraw_result_notice", notice)
    return notice


async def raise_result_objection(
    session: AsyncSession, actor: Actor, *, result_id: UUID, text: str, today: date, days: int
) -> ResultObjection:
    """Object to a result while it is on notice; the organisation answers within some days."""
    result = await queries.get_objectionable(session, actor, result_id)
    plan = await queries.plan_of(session, result)
    rules.check_open(await queries.window_of(session, plan), at=clock.now())
    waiting = await queries.find_open_objection(session, result)
    if waiting is not None:
        raise ObjectionOpen(objection_id=str(waiting.id))
    objection = ResultObjection(
        institution_id=result.institution_id,
        organisation_id=result.organisation_id,
        result_id=result.id,
        registration_id=result.registration_id,
        complaint=text,
        state=rules.RESULT_OBJECTIONS.initial,
        raised_by=actor.id,
        due_on=today + timedelta(days=days),
    )
    session.add(objection)
    await session.flush()
    await session.refresh(objection)
    await _record(session, actor, "raise_result_objection", objection)
    due = {"due_on": objection.due_on}
    await _tell(session, actor, EventKind.RESULT_OBJECTION_RAISED, objection, plan=plan, result=result, **due)
    return objection


async def withdraw_objection(session: AsyncSession, actor: Actor, *, objection_id: UUID) -> ResultObjection:
    """Withdraw one's own objection."""
    objection = await queries.get_objection(session, actor, objection_id, lock=True)
    if objection.raised_by != actor.id:
        raise NotFound(what="result objection", zh="成绩异议")
    await _move(session, actor, objection, deed="withdraw")
    await _tell(session, actor, EventKind.RESULT_OBJECTION_WITHDRAWN, objection)
    return objection


async def review_objection(
    session: AsyncSession, actor: Actor, *, objection_id: UUID, found: ObjectionReviewIn
) -> ResultObjection:
    """Say what one person of the organisation finds: the result stands, or how it is to be changed."""
    objection = await queries.get_objection(session, actor, objection_id, lock=True)
    rules.RESULT_OBJECTIONS.target_of("review", state=objection.state)
    objection.answer, objection.reviewed_by, objection.reviewed_at = found.answer, actor.id, clock.now()
    objection.change = dict(found.components) if found.components else None
    await _move(session, actor, objection, deed="review")
    return objection


async def return_objection(session: AsyncSession, actor: Actor, *, objection_id: UUID) -> ResultObjection:
    """Disagree with what another person found; the objection is to be reviewed anew."""
    objection = await queries.get_objection(session, actor, objection_id, lock=True)
    rules.RESULT_OBJECTIONS.target_of("return", state=objection.state)
    rules.check_other_person("return", actor_id=actor.id, done={"review": objection.reviewed_by})
    await _move(session, actor, objection, deed="return")
    return objection


async def decide_objection(
    session: AsyncSession, actor: Actor, *, objection_id: UUID, bounds: Bounds
) -> ResultObjection:
    """Confirm what another person found: the result stands, or a new revision of it is pushed."""
    objection = await queries.get_objection(session, actor, objection_id, lock=True)
    deed = "uphold" if objection.change is None else "change"
    rules.RESULT_OBJECTIONS.target_of(deed, state=objection.state)
    rules.check_other_person(deed, actor_id=actor.id, done={"review": objection.reviewed_by})
    if objection.change is not None:
        await _change(session, actor, objection, bounds=bounds)
    objection.decided_by, objection.decided_at = actor.id, clock.now()
    await _move(session, actor, objection, deed=deed)
    await _tell(session, actor, EventKind.RESULT_OBJECTION_DECIDED, objection, state=objection.state)
    return objection


async def _change(session: AsyncSession, actor: Actor, objection: ResultObjection, *, bounds: Bounds) -> None:
    """Push the next revision of the result as it is now, with the scores that were found."""
    result = await queries.find_latest_of(session, objection)
    plan = await queries.plan_of(session, result)
    body = {"objection_id": str(objection.id), "components": objection.change}
    push = Push(
        plan=plan,
        rows=[],
        body=json.dumps(body).encode(),
        atomic=False,
        validate_only=False,
        asked_by=objection.reviewed_by,
        corrects_as=CaseKind.OBJECTION_UPHELD,
        released=[result.id],
        change={
            "revision": result.revision + 1,
            "grading": "corrected",
            "components": objection.change,
            "claimed_total": None,
            "claimed_passed": None,
            "reason": objection.answer,
        },
    )
    await pushing.push_results(session, actor, push=push, bounds=bounds)
    (row,) = await pushing.row_outcomes(session, push, everything=True)
    if row.outcome not in {RowOutcome.ACCEPTED, RowOutcome.CORRECTED}:
        raise single.refusal_of(row)
    objection.batch_id, objection.new_result_id = push.batch_id, row.result_id


async def _move(session: AsyncSession, actor: Actor, objection: ResultObjection, *, deed: str) -> None:
    objection.state = rules.RESULT_OBJECTIONS.target_of(deed, state=objection.state)
    await session.flush()
    await _record(session, actor, f"{deed}_result_objection", objection)


async def _record(session: AsyncSession, actor: Actor, deed: str, objection: ResultObjection) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=objection.institution_id,
        object_kind="result_objection",
        object_id=objection.id,
        detail={
            "result_id": str(objection.result_id),
            "state": objection.state,
            "new_result_id": str(objection.new_result_id) if objection.new_result_id else None,
        },
    )


async def _record_notice(session: AsyncSession, actor: Actor, deed: str, notice: ResultNotice) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=notice.institution_id,
        object_kind="exam_plan",
        object_id=notice.exam_plan_id,
        detail={},
    )


async def _tell(
    session: AsyncSession,
    actor: Actor,
    kind: EventKind,
    objection: ResultObjection,
    *,
    plan: ExamPlan | None = None,
    result: Result | None = None,
    **more: Any,  # noqa: ANN401 - what the kind of event has beside
) -> None:
    about = result or await queries.find_result_of(session, objection)
    of = plan or await queries.plan_of(session, about)
    await outbox.announce(
        session,
        actor,
        institution_id=objection.institution_id,
        organisation_id=objection.organisation_id,
        kind=kind,
        object_kind="result_objection",
        object_id=objection.id,
        data={"exam_plan_id": of.id, "org_result_id": about.org_result_id, "revision": about.revision} | more,
    )
