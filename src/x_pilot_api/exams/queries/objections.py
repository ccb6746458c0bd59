"""Reading what is on public notice, and what is objected to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for, act_within
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import (
    ExamPlan,
    Registration,
    Result,
    ResultNotice,
    ResultObjection,
    ResultObjectionState,
    Standing,
)
from x_pilot_api.exams.queries import notices, plans, results
from x_pilot_api.exams.rules import Window
from x_pilot_api.exams.schemas import ResultNoticeOut, ResultObjectionOut

# The list is what the notice shows at this instant: who passed, by what no stranger can tell a person from.
_NOTICED = text("""
SELECT result.id, candidate.name, registration.admission_number, certificate.name AS certificate, level.level,
    result.total_hundredths, result.passed
FROM results AS result
JOIN registrations AS registration ON registration.institution_id = result.institution_id
    AND registration.id = result.registration_id
JOIN candidates AS candidate ON candidate.institution_id = result.institution_id
    AND candidate.id = registration.candidate_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE result.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND result.standing = 'effective' AND result.grading IN ('final', 'corrected') AND result.passed
    AND result.id > :after
ORDER BY result.id LIMIT :size
""")

# What each plan's `window_of` would say, of all of them at once.
_ON_NOTICE = text("""
SELECT plan.id AS exam_plan_id, plan.name AS exam_name, institution.name AS institution, plan.exam_on,
    greatest(notice.published_at, visibility.public_from) AS starts_at, plan.objections_until AS ends_at
FROM result_notices AS notice
JOIN exam_plans AS plan ON plan.institution_id = notice.institution_id AND plan.id = notice.exam_plan_id
JOIN institutions AS institution ON institution.id = notice.institution_id
LEFT JOIN result_visibilities AS visibility ON visibility.institution_id = notice.institution_id
    AND visibility.exam_plan_id = notice.exam_plan_id
WHERE notice.withdrawn_at IS NULL AND greatest(notice.published_at, visibility.public_from) <= :now
    AND plan.objections_until > :now
ORDER BY plan.objections_until, plan.id LIMIT :size
""")

_TOLD = text("""
SELECT objection.id, registration.exam_plan_id, registration.admission_number, result.org_result_id
FROM result_objections AS objection
JOIN registrations AS registration ON registration.institution_id = objection.institution_id
    AND registration.id = objection.registration_id
JOIN results AS result ON result.institution_id = objection.institution_id AND result.id = objection.result_id
WHERE objection.institution_id = ANY(CAST(:institution_ids AS uuid[])) AND objection.id = ANY(CAST(:ids AS uuid[]))
""")


async def find_notice(session: AsyncSession, plan: ExamPlan) -> ResultNotice | None:
    """Find a plan's notice."""
    wanted = (ResultNotice.institution_id == plan.institution_id, ResultNotice.exam_plan_id == plan.id)
    return (await session.scalars(select(ResultNotice).where(*wanted))).one_or_none()


async def window_of(session: AsyncSession, plan: ExamPlan) -> Window | None:
    """Tell from when until when a plan's results are on notice; None while they are not put there."""
    notice = await find_notice(session, plan)
    if notice is None or notice.withdrawn_at is not None or plan.objections_until is None:
        return None
    seen = await notices.find_visibility(session, plan)
    starts = [notice.published_at, *([seen.public_from] if seen is not None and seen.public_from else [])]
    return Window(max(starts), plan.objections_until)


async def describe_notice(session: AsyncSession, plan: ExamPlan, notice: ResultNotice) -> ResultNoticeOut:
    """Tell a plan's notice."""
    assert plan.objections_until is not None  # noqa: S101 - without an end nothing is put on notice
    seen = await notices.find_visibility(session, plan)
    starts = [notice.published_at, *([seen.public_from] if seen is not None and seen.public_from else [])]
    return ResultNoticeOut(
        exam_plan_id=plan.id,
        published_at=notice.published_at,
        starts_at=max(starts),
        ends_at=plan.objections_until,
        withdrawn_at=notice.withdrawn_at,
        public_url=f"/v1/public/result-notices/{plan.id}",
    )


async def list_on_notice(session: AsyncSession, *, now: datetime, size: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the plans whose results are on public notice, what comes down next first."""
    return (await session.execute(_ON_NOTICE, {"now": now, "size": size})).all()


async def list_noticed(
    session: AsyncSession, plan_id: UUID, *, after: UUID, size: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """List a part of what is on public notice now; before it begins and from its end on there is nothing."""
    plan = (
        await session.scalars(
            select(ExamPlan)
            .join(
                ResultNotice,
                and_(ResultNotice.institution_id == ExamPlan.institution_id, ResultNotice.exam_plan_id == ExamPlan.id),
            )
            .where(ExamPlan.id == plan_id)
        )
    ).one_or_none()
    window = await window_of(session, plan) if plan is not None else None
    if plan is None or window is None or not window.is_open(clock.now()):
        raise NotFound(what="result notice", zh="成绩公示")
    await act_within(session, institution_id=plan.institution_id)
    values = {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "after": after, "size": size}
    return (await session.execute(_NOTICED, values)).all()


async def get_objectionable(session: AsyncSession, actor: Actor, result_id: UUID) -> Result:
    """Read one result that the actor sees, to object to it."""
    return await lookups.get_one(
        session, results.results_visible_to(actor).where(Result.id == result_id), what="result", zh="成绩"
    )


def objections_visible_to(actor: Actor) -> Select[ResultObjection]:
    """Select the objections to an organisation's results, at an office's institution, or of one's own students."""
    if actor.organisation_id is not None:
        return select(ResultObjection).where(ResultObjection.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(ResultObjection).where(false())
    own = select(ResultObjection).where(ResultObjection.institution_id == actor.institution_id)
    if not (actor.college_ids or actor.programme_ids or actor.student_id):
        return own
    seen = results.results_visible_to(actor).with_only_columns(Result.registration_id)
    return own.where(or_(ResultObjection.raised_by == actor.id, ResultObjection.registration_id.in_(seen)))


async def get_objection(
    session: AsyncSession, actor: Actor, objection_id: UUID, *, lock: bool = False
) -> ResultObjection:
    """Read one objection, locked when it is decided on, and act within its institution from then on."""
    statement = objections_visible_to(actor).where(ResultObjection.id == objection_id)
    if lock:
        statement = statement.with_for_update(of=ResultObjection)
    found = await lookups.get_one(session, statement, what="result objection", zh="成绩异议")
    await act_for(session, actor, institution_id=found.institution_id)
    return found


async def find_open_objection(session: AsyncSession, result: Result) -> ResultObjection | None:
    """Find the objection to a candidate's result that waits."""
    statement = select(ResultObjection).where(
        ResultObjection.institution_id == result.institution_id,
        ResultObjection.registration_id == result.registration_id,
        ResultObjection.state.in_((ResultObjectionState.RAISED, ResultObjectionState.REVIEWED)),
    )
    return (await session.scalars(statement)).one_or_none()


async def list_objections(
    session: AsyncSession, actor: Actor, *, plan_id: UUID | None, state: ResultObjectionState | None, wish: PageWish
) -> tuple[Sequence[ResultObjection], str | None]:
    """List visible objections, oldest first."""
    statement = objections_visible_to(actor)
    if plan_id is not None:
        plan = await plans.get_plan(session, actor, plan_id)
        of_plan = select(Registration.id).where(
            Registration.institution_id == plan.institution_id, Registration.exam_plan_id == plan.id
        )
        statement = statement.where(ResultObjection.registration_id.in_(of_plan))
    if state is not None:
        statement = statement.where(ResultObjection.state == state)
    return await page_of(session, statement, order=(ResultObjection.id,), wish=wish)


async def describe_objections(
    session: AsyncSession, actor: Actor, rows: Sequence[ResultObjection], *, today: date
) -> list[ResultObjectionOut]:
    """Tell objections with the results they are about."""
    asked = {"institution_ids": list({row.institution_id for row in rows}), "ids": [row.id for row in rows]}
    told = {row.id: row for row in (await session.execute(_TOLD, asked)).all()}
    return [_described(actor, row, told[row.id], today=today) for row in rows]


def _described(
    actor: Actor, objection: ResultObjection, about: Row[*tuple[Any, ...]], *, today: date
) -> ResultObjectionOut:
    is_open = objection.state in {ResultObjectionState.RAISED, ResultObjectionState.REVIEWED}
    return ResultObjectionOut(
        id=objection.id,
        result_id=objection.result_id,
        exam_plan_id=about.exam_plan_id,
        org_result_id=about.org_result_id,
        admission_number=about.admission_number,
        text=objection.complaint,
        state=ResultObjectionState(objection.state),
        raised_by=objection.raised_by,
        raised_at=objection.raised_at,
        due_on=objection.due_on,
        is_overdue=is_open and objection.due_on < today,
        answer=objection.answer if not is_open or actor.organisation_id is not None else None,
        change=objection.change,
        reviewed_by=objection.reviewed_by,
        reviewed_at=objection.reviewed_at,
        decided_by=objection.decided_by,
        decided_at=objection.decided_at,
        batch_id=objection.batch_id,
        new_result_id=objection.new_result_id,
        allowed_deeds=_deeds(actor, objection),
    )


def _deeds(actor: Actor, objection: ResultObjection) -> list[str]:
    """List what the actor may do: of the two ends only the proposed one, by another person; withdrawing one's own."""
    allowed = set(rules.RESULT_OBJECTIONS.allowed_deeds(actor, state=objection.state))
    if objection.reviewed_by == actor.id:
        allowed -= {"uphold", "change", "return"}
    allowed -= {"uphold" if objection.change is not None else "change"}
    if objection.raised_by != actor.id:
        allowed -= {"withdraw"}
    return sorted(allowed)


async def find_result_of(session: AsyncSession, objection: ResultObjection) -> Result:
    """Read the result that an objection is about."""
    wanted = (Result.institution_id == objection.institution_id, Result.id == objection.result_id)
    return (await session.scalars(select(Result).where(*wanted))).one()


async def find_latest_of(session: AsyncSession, objection: ResultObjection) -> Result:
    """Read the result of the objection's candidate that is in effect now."""
    wanted = (
        Result.institution_id == objection.institution_id,
        Result.registration_id == objection.registration_id,
        Result.standing == Standing.EFFECTIVE,
    )
    return await lookups.get_one(session, select(Result).where(*wanted), what="result", zh="成绩")
