"""What is still done about a published plan: putting days off, and cancelling it."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import charging, guaranteeing, tasklist, telling
from x_pilot_api.exams.commands import sittings as arranging
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.rules import (
    PLAN_KIND,
    PLAN_WORKFLOW,
    check_later,
    check_order,
    check_without_results,
    standing_of,
)
from x_pilot_api.exams.schemas import ExtensionIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind

_DAYS = (
    "registration_closes_on",
    "candidates_locked_on",
    "seats_arranged_on",
    "tickets_on",
    "exam_on",
    "results_due_on",
)


async def extend_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan, wish: ExtensionIn, timezone: str) -> None:
    """Put days of a locked plan off; credits are posted by the objection window, so results fix that one."""
    PLAN_WORKFLOW.target_of("extend", state=standing_of(plan))
    given: dict[str, Any] = wish.model_dump(exclude={"reason"}, exclude_none=True)
    for name, value in given.items():
        check_later(name, now_on=getattr(plan, name), wished_on=value)
    if "objections_until" in given:
        check_without_results((await queries.find_evidence(session, [plan]))[plan.id])
    days: dict[str, date | None] = {name: getattr(plan, name) for name in _DAYS} | given
    check_order(days)
    if plan.objections_until is None and "objections_until" in given:
        check_later("objections_until", now_on=plan.exam_on, wished_on=given["objections_until"].date())
    before = changes.fields_of(plan, *given)
    for name, value in given.items():
        setattr(plan, name, value)
    await session.flush()
    await tasklist.write_tasks(session, plan, timezone=timezone)
    await audit.record(
        session,
        actor,
        "extend_plan",
        institution_id=plan.institution_id,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        detail={"code": plan.code, "reason": wish.reason},
        before=before,
        after=changes.fields_of(plan, *given),
    )
    await outbox.announce(
        session,
        actor,
        institution_id=plan.institution_id,
        organisation_id=plan.organisation_id,
        kind=EventKind.EXAM_PLAN_EXTENDED,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        data={
            "code": plan.code,
            "registration_closes_on": plan.registration_closes_on,
            "results_due_on": plan.results_due_on,
            "objections_until": plan.objections_until,
        },
    )


async def cancel_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan, reason: str) -> None:
    """Let a locked plan not be held, nor any of its sittings; what has results is not cancelled."""
    standing = standing_of(plan)
    PLAN_WORKFLOW.target_of("cancel", state=standing)
    check_without_results((await queries.find_evidence(session, [plan]))[plan.id])
    await guaranteeing.restore_plan(session, actor, plan=plan)
    await charging.undo_plan(session, actor, plan=plan, reason=reason)
    sittings = await queries.list_live_sittings(session, plan)
    for sitting in sittings:
        await arranging.release_sitting(
            session, actor, sitting=sitting, organisation_id=plan.organisation_id, reason=reason
        )
    plan.cancelled_at, plan.cancellation_reason = clock.now(), reason
    await session.flush()
    await audit.record(
        session,
        actor,
        "cancel_plan",
        institution_id=plan.institution_id,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        detail={"code": plan.code, "reason": reason, "sittings": len(sittings), "was": standing},
    )
    await outbox.announce(
        session,
        actor,
        institution_id=plan.institution_id,
        organisation_id=plan.organisation_id,
        kind=EventKind.EXAM_PLAN_CANCELLED,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        data={"code": plan.code, "sittings": len(sittings)},
    )
    await telling.tell_of_cancellation(session, plan=plan)
