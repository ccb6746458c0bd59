"""The deeds on a problem: raised, given to somebody, solved, and confirmed or reopened by whoever raised it."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.guidance.commands import telling
from x_pilot_api.guidance.errors import OwnerRaisedIt, OwnerUnfit
from x_pilot_api.guidance.models import PilotProblem, PilotProblemStep
from x_pilot_api.guidance.queries import problems as queries
from x_pilot_api.guidance.queries import staff
from x_pilot_api.guidance.rules import problems as rules
from x_pilot_api.guidance.rules import reach
from x_pilot_api.guidance.schemas.problems import PilotProblemIn, ProblemAssignmentIn, ProblemReopeningIn
from x_pilot_api.registry import queries as registry


async def raise_problem(session: AsyncSession, actor: Actor, *, wish: PilotProblemIn, today: date) -> PilotProblem:
    """Raise a problem of a college: any for the office, a coordinator's own, or the one a teacher belongs to."""
    institution_id = await _institution_of(session, actor, wish.college_id)
    if wish.certificate_id is not None:
        await certificates.get_certificate(session, wish.certificate_id)
    problem = PilotProblem(
        **wish.model_dump(),
        institution_id=institution_id,
        state=rules.PROBLEM.initial,
        raised_by=actor.id,
        raised_on=today,
        steps=0,
    )
    session.add(problem)
    await session.flush()
    await _note(session, actor, "raise", problem, before=None, remark=None)
    return problem


async def _institution_of(session: AsyncSession, actor: Actor, college_id: UUID) -> UUID:
    if actor.institution_id is None:
        raise NotFound(what="college", zh="二级学院")
    if reach.is_own(actor, college_id):
        await registry.get_own_college(session, actor, college_id)
        return actor.institution_id
    teacher = await registry.get_own_teacher(session, actor)
    if teacher.college_id != college_id or not teacher.is_active:
        raise NotFound(what="college", zh="二级学院")
    return actor.institution_id


async def assign_problem(
    session: AsyncSession, actor: Actor, *, problem_id: UUID, wish: ProblemAssignmentIn, today: date
) -> PilotProblem:
    """Give a problem to somebody who can see and solve it, until a day; they are told."""
    problem = await queries.get_problem(session, actor, problem_id, lock=True)
    target = _begin(actor, "assign", problem)
    rules.check_due(wish.due_on, today=today)
    if wish.owner_id == problem.raised_by:
        raise OwnerRaisedIt
    if not await staff.can_own(
        session,
        institution_id=problem.institution_id,
        person_id=wish.owner_id,
        college_id=problem.college_id,
        with_teachers=True,
    ):
        raise OwnerUnfit(person_id=str(wish.owner_id))
    before = _standing(problem)
    problem.state, problem.owner_id, problem.due_on = target, wish.owner_id, wish.due_on
    await _note(session, actor, "assign", problem, before=before, remark=wish.remark)
    await telling.tell_of_problem(session, telling.PROBLEM_ASSIGNED, problem, wish.owner_id)
    return problem


async def resolve_problem(session: AsyncSession, actor: Actor, *, problem_id: UUID, resolution: str) -> PilotProblem:
    """Say what was done about a problem that is one's own; whoever raised it is asked whether that solves it."""
    problem = await queries.get_problem(session, actor, problem_id, lock=True)
    target, before = _begin(actor, "resolve", problem), _standing(problem)
    problem.state, problem.resolution = target, resolution
    await _note(session, actor, "resolve", problem, before=before, remark=resolution)
    await telling.tell_of_problem(session, telling.PROBLEM_RESOLVED, problem, problem.raised_by)
    return problem


async def confirm_problem(
    session: AsyncSession, actor: Actor, *, problem_id: UUID, remark: str | None, today: date
) -> PilotProblem:
    """Confirm that a problem one raised is solved."""
    problem = await queries.get_problem(session, actor, problem_id, lock=True)
    target, before = _begin(actor, "confirm", problem), _standing(problem)
    problem.state, problem.confirmed_on = target, today
    await _note(session, actor, "confirm", problem, before=before, remark=remark)
    return problem


async def reopen_problem(
    session: AsyncSession, actor: Actor, *, problem_id: UUID, wish: ProblemReopeningIn, today: date
) -> PilotProblem:
    """Say that a problem one raised is not solved, and until when it is to be; its owner is told."""
    problem = await queries.get_problem(session, actor, problem_id, lock=True)
    target, before = _begin(actor, "reopen", problem), _standing(problem)
    rules.check_due(wish.due_on, today=today)
    problem.state, problem.due_on = target, wish.due_on
    await _note(session, actor, "reopen", problem, before=before, remark=wish.remark)
    if problem.owner_id is not None:
        await telling.tell_of_problem(session, telling.PROBLEM_ASSIGNED, problem, problem.owner_id)
    return problem


def _begin(actor: Actor, deed: str, problem: PilotProblem) -> str:
    """Refuse a deed that is another's or out of turn, and tell where it leads."""
    target = rules.PROBLEM.target_of(deed, state=problem.state)
    rules.check_theirs(actor, deed, problem)
    return target


def _standing(problem: PilotProblem) -> audit.State:
    return changes.fields_of(problem, "state", "owner_id", "due_on", "confirmed_on")


async def _note(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    problem: PilotProblem,
    *,
    before: audit.State | None,
    remark: str | None,
) -> None:
    """Add a deed to the problem's history, and put it on record."""
    problem.steps += 1
    await session.flush()
    session.add(
        PilotProblemStep(
            institution_id=problem.institution_id,
            problem_id=problem.id,
            number=problem.steps,
            deed=deed,
            state=problem.state,
            actor_id=actor.id,
            owner_id=problem.owner_id,
            due_on=problem.due_on,
            remark=remark,
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_pilot_problem",
        institution_id=problem.institution_id,
        object_kind=rules.PROBLEM_KIND,
        object_id=problem.id,
        detail={"college_id": str(problem.college_id), "severity": problem.severity},
        before=before,
        after=_standing(problem),
    )
