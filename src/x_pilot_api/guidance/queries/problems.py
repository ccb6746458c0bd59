"""Finding problems, and telling them with everything that was done about them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.guidance.models import PilotProblem, PilotProblemStep, ProblemAbout, ProblemSeverity, ProblemState
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules import problems as rules
from x_pilot_api.guidance.schemas.problems import (
    AgeBucketOut,
    CollegeAgeingOut,
    PilotProblemOut,
    PilotProblemStepOut,
    ProblemAgeingOut,
)
from x_pilot_api.registry.models import College


async def get_problem(session: AsyncSession, actor: Actor, problem_id: UUID, *, lock: bool = False) -> PilotProblem:
    """Read one visible problem, locked when it is to be changed."""
    statement = reach.problems_visible_to(actor).where(PilotProblem.id == problem_id)
    return await lookups.get_one(session, statement, what="problem", zh="问题", lock=lock)


def _overdue(today: date) -> ColumnElement[bool]:
    return PilotProblem.state.in_(rules.WAITING) & (PilotProblem.due_on < today)


async def list_problems(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    state: ProblemState | None,
    severity: ProblemSeverity | None,
    certificate_id: UUID | None,
    mine: bool,
    overdue_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[PilotProblem], str | None]:
    """List visible problems, the oldest first."""
    statement = reach.problems_visible_to(actor)
    for column, value in (
        (PilotProblem.college_id, college_id),
        (PilotProblem.state, state),
        (PilotProblem.severity, severity),
        (PilotProblem.certificate_id, certificate_id),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if mine:
        statement = statement.where((PilotProblem.owner_id == actor.id) | (PilotProblem.raised_by == actor.id))
    if overdue_on is not None:
        statement = statement.where(_overdue(overdue_on))
    return await page_of(session, statement, order=(PilotProblem.id,), wish=wish)


async def describe_problems(
    session: AsyncSession, actor: Actor, rows: Sequence[PilotProblem], *, today: date
) -> list[PilotProblemOut]:
    """Tell problems of one institution, in four statements however many they are."""
    if not rows:
        return []
    institution_id = rows[0].institution_id
    steps = await _list_steps(session, institution_id, reach.ids_of(rows))
    people = await reach.name_people(
        session,
        {
            *(person for row in rows for person in (row.raised_by, row.owner_id)),
            *(person for step in steps for person in (step.actor_id, step.owner_id)),
        },
    )
    colleges = await reach.name_colleges(session, institution_id, {row.college_id for row in rows})
    named = await session.execute(
        select(Certificate.id, Certificate.name).where(Certificate.id.in_({row.certificate_id for row in rows}))
    )
    certificates: dict[UUID | None, str] = {row.id: row.name for row in named}
    return [
        PilotProblemOut(
            id=row.id,
            college_id=row.college_id,
            college_name=colleges[row.college_id],
            about=ProblemAbout(row.about),
            certificate_id=row.certificate_id,
            certificate_name=certificates.get(row.certificate_id),
            plan_code=row.plan_code,
            severity=ProblemSeverity(row.severity),
            title=row.title,
            description=row.description,
            state=ProblemState(row.state),
            raised_by=row.raised_by,
            raiser_name=people[row.raised_by],
            raised_on=row.raised_on,
            owner_id=row.owner_id,
            owner_name=people.get(row.owner_id),
            due_on=row.due_on,
            resolution=row.resolution,
            confirmed_on=row.confirmed_on,
            age_days=rules.age_days(row, today=today),
            is_overdue=rules.is_overdue(row, today=today),
            steps=[_step(step, people) for step in steps if step.problem_id == row.id],
            allowed_deeds=rules.allowed_deeds(actor, row),
        )
        for row in rows
    ]


async def _list_steps(
    session: AsyncSession, institution_id: UUID, problem_ids: Sequence[UUID]
) -> Sequence[PilotProblemStep]:
    statement = (
        select(PilotProblemStep)
        .where(PilotProblemStep.institution_id == institution_id, PilotProblemStep.problem_id.in_(problem_ids))
        .order_by(PilotProblemStep.problem_id, PilotProblemStep.number)
    )
    return (await session.scalars(statement)).all()


def _step(step: PilotProblemStep, people: dict[UUID | None, str]) -> PilotProblemStepOut:
    return PilotProblemStepOut(
        number=step.number,
        deed=step.deed,
        state=ProblemState(step.state),
        actor_name=people[step.actor_id],
        owner_name=people.get(step.owner_id),
        due_on=step.due_on,
        remark=step.remark,
        recorded_at=step.recorded_at,
    )


async def tell_ageing(session: AsyncSession, actor: Actor, *, today: date) -> ProblemAgeingOut:
    """Count the open problems an actor sees by college and age, as of a day, in one statement."""
    seen = (
        reach.problems_visible_to(actor)
        .where(PilotProblem.state != ProblemState.CONFIRMED)
        .with_only_columns(
            PilotProblem.institution_id,
            PilotProblem.college_id,
            func.greatest(literal(today) - PilotProblem.raised_on, 0, type_=Integer).label("days"),
            case((_overdue(today), 1), else_=0).label("overdue"),
            case((PilotProblem.state == ProblemState.RAISED, 1), else_=0).label("unassigned"),
        )
        .subquery()
    )
    spans = _spans()
    statement = (
        select(
            College.id,
            College.name,
            func.count().label("open"),
            func.sum(seen.c.overdue).label("overdue"),
            func.sum(seen.c.unassigned).label("unassigned"),
            func.max(seen.c.days).label("oldest"),
            *(func.count().filter(_within(seen.c.days, span)).label(f"all_{n}") for n, span in enumerate(spans)),
            *(
                func.coalesce(func.sum(seen.c.overdue).filter(_within(seen.c.days, span)), 0).label(f"late_{n}")
                for n, span in enumerate(spans)
            ),
        )
        .join(College, (College.institution_id == seen.c.institution_id) & (College.id == seen.c.college_id))
        .group_by(College.id, College.name, College.code)
        .order_by(College.code)
    )
    colleges = [
        CollegeAgeingOut(
            college_id=row["id"],
            college_name=row["name"],
            open=row["open"],
            overdue=row["overdue"],
            unassigned=row["unassigned"],
            oldest_days=row["oldest"],
            buckets=[
                AgeBucketOut(from_days=span[0], to_days=span[1], problems=row[f"all_{n}"], overdue=row[f"late_{n}"])
                for n, span in enumerate(spans)
            ],
        )
        for row in (await session.execute(statement)).mappings()
    ]
    return _whole(colleges, spans, today)


def _whole(
    colleges: Sequence[CollegeAgeingOut], spans: Sequence[tuple[int, int | None]], today: date
) -> ProblemAgeingOut:
    return ProblemAgeingOut(
        as_of=today,
        open=sum(each.open for each in colleges),
        overdue=sum(each.overdue for each in colleges),
        buckets=[
            AgeBucketOut(
                from_days=first,
                to_days=last,
                problems=sum(each.buckets[n].problems for each in colleges),
                overdue=sum(each.buckets[n].overdue for each in colleges),
            )
            for n, (first, last) in enumerate(spans)
        ],
        colleges=list(colleges),
    )


def _spans() -> list[tuple[int, int | None]]:
    """List the buckets of ages by their first and last day."""
    firsts = [0, *(bound + 1 for bound in rules.AGE_BOUNDS)]
    return list(zip(firsts, [*rules.AGE_BOUNDS, None], strict=True))


def _within(days: ColumnElement[int], span: tuple[int, int | None]) -> ColumnElement[bool]:
    first, last = span
    return days >= first if last is None else days.between(first, last)
