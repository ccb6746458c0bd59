"""Setting from when results may be seen, and letting go what was held until then."""

import json
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import SYSTEM, Actor
from x_pilot_api.core.service import Service
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import placing
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.errors import ResultsAlreadyShown
from x_pilot_api.exams.models import ExamPlan, ResultVisibility
from x_pilot_api.exams.schemas import VisibilityIn


async def set_visibility(session: AsyncSession, actor: Actor, *, plan: ExamPlan, wish: VisibilityIn) -> None:
    """Set from when colleges, students and the public see a plan's results; what students saw is not hidden again."""
    await placing.lock_alone(session, institution_id=plan.institution_id, exam_plan_id=plan.id)
    if wish.student_from is not None and wish.student_from > clock.now():
        shown = await queries.count_shown(session, plan)
        if shown:
            raise ResultsAlreadyShown(results=shown, student_from=wish.student_from.isoformat())
    found = await queries.find_visibility(session, plan, lock=True)
    values = wish.model_dump()
    before = {name: getattr(found, name) for name in values} if found is not None else None
    if found is None:
        found = ResultVisibility(institution_id=plan.institution_id, exam_plan_id=plan.id, set_by=actor.id, **values)
        session.add(found)
    else:
        for name, value in values.items():
            setattr(found, name, value)
        found.set_by, found.lifted_at = actor.id, None
    await session.flush()
    await audit.record(
        session,
        actor,
        "set_result_visibility",
        institution_id=plan.institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        before=before,
        after=values,
    )


async def lift_embargoes(service: Service) -> int:
    """Let every plan whose students may see its results by now set off what was held; tell how many results."""
    async with service.database.transaction(read_only=True) as session:
        due = await queries.list_due_embargoes(session)
    lifted = 0
    for institution_id, plan_id in due:
        async with service.database.transaction(institution_id=institution_id) as session:
            lifted += await _lift(session, service, institution_id=institution_id, plan_id=plan_id)
    return lifted


async def _lift(session: AsyncSession, service: Service, *, institution_id: UUID, plan_id: UUID) -> int:
    """Push what was held as it is kept; a push that still holds has the same row locked, and comes before."""
    plan = await queries.get_plan_by_key(session, institution_id=institution_id, plan_id=plan_id)
    await placing.lock_before_letting_go(session, plan)
    found = await queries.find_visibility(session, plan, lock=True)
    if found is None or found.lifted_at is not None or await queries.holds_effects(session, plan, at=clock.now()):
        return 0
    held = await queries.list_held(session, plan)
    size = service.settings.batch_max_rows
    for first in range(0, len(held), size):
        await _push(session, service, plan, held[first : first + size])
    found.lifted_at = clock.now()
    await session.flush()
    await audit.record(
        session,
        SYSTEM,
        "lift_result_embargo",
        institution_id=institution_id,
        object_kind="exam_plan",
        object_id=plan_id,
        detail={"results": len(held)},
    )
    return len(held)


async def _push(session: AsyncSession, service: Service, plan: ExamPlan, held: list[UUID]) -> None:
    push = Push(
        plan=plan,
        rows=[],
        body=json.dumps({"lifted": len(held)}).encode(),
        atomic=False,
        validate_only=False,
        released=held,
    )
    settings = service.settings
    bounds = Bounds(sealer=service.sealer, rows_max=settings.batch_max_rows, timezone=settings.timezone)
    await pushing.push_results(session, SYSTEM, push=push, bounds=bounds)
