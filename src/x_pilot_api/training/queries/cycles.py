"""Cycles with what is done and held in them, the forecast, and how far each college is: each in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    column,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import College, Teacher
from x_pilot_api.training import rules
from x_pilot_api.training.models import TrainingCompletion, TrainingCycle, TrainingRequirement, TrainingReversal
from x_pilot_api.training.queries import reach
from x_pilot_api.training.schemas import CollegeCoverageOut, TrainingCycleOut, TrainingStanding

# What a cycle takes is said by the latest version that covers its first day. What is held are places in projects that
# end within it and whose result is still to come. A place on offer is useful while enrolling in it could still count,
# and where the X module is what is short, only if it is of the module.
_FIGURES = """
SELECT cycle.id, cycle.teacher_id, requirement.version, requirement.document_number, requirement.total_hours,
    requirement.module_hours, done.hours AS done_hours, done.of_module AS done_module_hours,
    held.hours AS held_hours, held.of_module AS held_module_hours, judged.standing, offer.last_on AS last_useful_on,
    cycle.begins_on <= :today AND cycle.ends_on >= :today AS runs
FROM training_cycles AS cycle
CROSS JOIN LATERAL (
    SELECT version, document_number, total_hours, module_hours FROM training_requirements
    WHERE institution_id = cycle.institution_id AND effective_from <= cycle.begins_on
        AND (effective_to IS NULL OR effective_to >= cycle.begins_on)
    ORDER BY version DESC LIMIT 1
) AS requirement
CROSS JOIN LATERAL (
    SELECT coalesce(sum(hours), 0)::bigint AS hours,
        coalesce(sum(hours) FILTER (WHERE is_x_module), 0)::bigint AS of_module
    FROM training_completions AS completion
    WHERE completion.institution_id = cycle.institution_id AND completion.teacher_id = cycle.teacher_id
        AND completion.completed_on BETWEEN cycle.begins_on AND cycle.ends_on
        AND NOT EXISTS (SELECT FROM training_reversals AS reversal
            WHERE reversal.institution_id = completion.institution_id AND reversal.completion_id = completion.id)
) AS done
CROSS JOIN LATERAL (
    SELECT coalesce(sum(project.hours), 0)::bigint AS hours,
        coalesce(sum(project.hours) FILTER (WHERE project.is_x_module), 0)::bigint AS of_module
    FROM training_enrolments AS enrolment
    JOIN training_projects AS project ON project.institution_id = enrolment.institution_id
        AND project.id = enrolment.project_id
    WHERE enrolment.institution_id = cycle.institution_id AND enrolment.teacher_id = cycle.teacher_id
        AND enrolment.state = 'enrolled' AND project.state = 'published'
        AND project.ends_on BETWEEN cycle.begins_on AND cycle.ends_on
) AS held
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN done.hours >= requirement.total_hours AND done.of_module >= requirement.module_hours THEN 'met'
        WHEN cycle.ends_on < :today THEN 'overdue'
        WHEN done.hours + held.hours >= requirement.total_hours
            AND done.of_module + held.of_module >= requirement.module_hours THEN 'provided'
        ELSE 'short' END AS standing
) AS judged
LEFT JOIN LATERAL (
    SELECT max(project.enrols_until) AS last_on FROM training_projects AS project
    WHERE judged.standing = 'short' AND project.institution_id = cycle.institution_id
        AND project.state = 'published' AND project.taken < project.places AND project.enrols_until >= :today
        AND project.ends_on BETWEEN cycle.begins_on AND cycle.ends_on
        AND (project.is_x_module OR done.of_module + held.of_module >= requirement.module_hours)
        AND NOT EXISTS (SELECT FROM training_enrolments AS enrolment
            WHERE enrolment.institution_id = project.institution_id AND enrolment.project_id = project.id
                AND enrolment.teacher_id = cycle.teacher_id AND enrolment.state <> 'withdrawn')
) AS offer ON true
WHERE cycle.institution_id = :institution_id
"""

_NUMBERS = (
    "version", "total_hours", "module_hours", "done_hours", "done_module_hours", "held_hours", "held_module_hours",
)  # fmt: skip


@dataclass(frozen=True)
class CycleFilter:
    """Which cycles are asked for."""

    college_id: UUID | None = None
    teacher_id: UUID | None = None
    standing: TrainingStanding | None = None
    ends_until: date | None = None


def _figures(actor: Actor, *, today: date) -> Any:  # noqa: ANN401 - a subquery of SQL has no types
    columns: list[Any] = [column("id", Uuid), column("teacher_id", Uuid)]
    columns += [column(name, BigInteger) for name in _NUMBERS]
    columns += [column("document_number", String), column("standing", String), column("last_useful_on", Date)]
    statement = text(_FIGURES).bindparams(
        bindparam("today", today, type_=Date), bindparam("institution_id", actor.institution_id, type_=Uuid)
    )
    return statement.columns(*columns, column("runs", Boolean)).subquery("figures")


def in_effect(institution_id: UUID | None) -> Select[TrainingCompletion]:
    """Select the completions of an institution that count: those nobody has reversed."""
    reversed_ = exists().where(
        TrainingReversal.institution_id == TrainingCompletion.institution_id,
        TrainingReversal.completion_id == TrainingCompletion.id,
    )
    return select(TrainingCompletion).where(TrainingCompletion.institution_id == institution_id, ~reversed_)


async def completions_of(
    session: AsyncSession,
    *,
    institution_id: UUID,
    teacher_ids: Sequence[UUID],
    certificate_level_id: UUID | None = None,
) -> Sequence[TrainingCompletion]:
    """List what some teachers completed and what still counts, the earliest first; of one level if it is named."""
    statement = in_effect(institution_id).where(TrainingCompletion.teacher_id.in_(teacher_ids))
    if certificate_level_id is not None:
        statement = statement.where(TrainingCompletion.certificate_level_id == certificate_level_id)
    return (await session.scalars(statement.order_by(TrainingCompletion.completed_on, TrainingCompletion.id))).all()


async def list_requirements(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[TrainingRequirement], str | None]:
    """List every version of the requirement, the first first."""
    return await page_of(session, reach.visible_requirements(actor), order=(TrainingRequirement.version,), wish=wish)


async def find_latest_requirement(session: AsyncSession, institution_id: UUID) -> TrainingRequirement | None:
    """Find the version that was loaded last."""
    statement = select(TrainingRequirement).where(TrainingRequirement.institution_id == institution_id)
    return (await session.scalars(statement.order_by(TrainingRequirement.version.desc()).limit(1))).one_or_none()


async def find_requirement_on(session: AsyncSession, institution_id: UUID, day: date) -> TrainingRequirement | None:
    """Find the version by which a cycle is judged that begins on a day."""
    statement = select(TrainingRequirement).where(
        TrainingRequirement.institution_id == institution_id,
        TrainingRequirement.effective_from <= day,
        TrainingRequirement.effective_to.is_(None) | (TrainingRequirement.effective_to >= day),
    )
    return (await session.scalars(statement.order_by(TrainingRequirement.version.desc()).limit(1))).one_or_none()


async def list_cycles(
    session: AsyncSession, actor: Actor, *, asked: CycleFilter, today: date, wish: PageWish
) -> tuple[list[TrainingCycleOut], str | None]:
    """List visible cycles with their figures, those that end first first."""
    figures = _figures(actor, today=today)
    statement = reach.filtered(
        reach.visible_cycles(actor).join(figures, figures.c.id == TrainingCycle.id),
        (TrainingCycle.teacher_id, asked.teacher_id),
        (figures.c.standing, asked.standing),
    )
    statement = reach.of_college(statement, TrainingCycle.teacher_id, asked.college_id)
    if asked.ends_until is not None:
        statement = statement.where(TrainingCycle.ends_on <= asked.ends_until)
    rows, token = await page_of(session, statement, order=(TrainingCycle.ends_on, TrainingCycle.id), wish=wish)
    return await describe_cycles(session, actor, [row.id for row in rows], today=today), token


async def get_cycle(session: AsyncSession, actor: Actor, cycle_id: UUID, *, today: date) -> TrainingCycleOut:
    """Read one visible cycle with its figures."""
    told = await describe_cycles(session, actor, [cycle_id], today=today)
    if not told:
        raise NotFound(what="training cycle", zh="轮训周期")
    return told[0]


async def describe_cycles(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID], *, today: date
) -> list[TrainingCycleOut]:
    """Tell visible cycles with their names and figures, in the order of their ends."""
    figures = _figures(actor, today=today)
    statement = (
        reach.visible_cycles(actor)
        .where(TrainingCycle.id.in_(ids))
        .join(figures, figures.c.id == TrainingCycle.id)
        .join(
            Teacher,
            and_(Teacher.institution_id == TrainingCycle.institution_id, Teacher.id == TrainingCycle.teacher_id),
        )
        .join(College, and_(College.institution_id == Teacher.institution_id, College.id == Teacher.college_id))
        .with_only_columns(
            TrainingCycle.id, TrainingCycle.teacher_id, TrainingCycle.begins_on, TrainingCycle.ends_on,
            Teacher.staff_number, Teacher.name.label("teacher_name"), Teacher.college_id,
            College.name.label("college_name"),
            figures.c.version.label("requirement_version"),
            figures.c.document_number.label("requirement_document"),
            figures.c.total_hours.label("required_hours"), figures.c.module_hours.label("required_module_hours"),
            figures.c.done_hours, figures.c.done_module_hours, figures.c.held_hours, figures.c.held_module_hours,
            (figures.c.done_module_hours >= figures.c.module_hours).label("is_module_done"),
            figures.c.standing, figures.c.last_useful_on,
        )
        .order_by(TrainingCycle.ends_on, TrainingCycle.id)
    )  # fmt: skip
    rows = (await session.execute(statement)).all()
    return [TrainingCycleOut.model_validate(row, from_attributes=True) for row in rows]


async def list_coverage(session: AsyncSession, actor: Actor, *, today: date) -> list[CollegeCoverageOut]:
    """Count how far the visible teachers of each college are today, in one statement."""
    figures = _figures(actor, today=today)
    seen = registry.visible_teachers(actor).subquery("seen")
    runs, standing = figures.c.runs, figures.c.standing
    teachers = func.count(seen.c.id.distinct())
    statement = (
        select(
            College.id.label("college_id"),
            College.name.label("college_name"),
            teachers.filter(seen.c.is_active).label("teachers"),
            (teachers.filter(seen.c.is_active) - teachers.filter(seen.c.is_active, runs)).label("without_cycle"),
            func.count().filter(runs).label("in_cycle"),
            *(
                func.count().filter(runs, standing == kind.value).label(kind.value)
                for kind in (TrainingStanding.MET, TrainingStanding.PROVIDED, TrainingStanding.SHORT)
            ),
            func.count().filter(standing == TrainingStanding.OVERDUE.value).label("overdue"),
        )
        .select_from(seen)
        .join(College, and_(College.institution_id == seen.c.institution_id, College.id == seen.c.college_id))
        .outerjoin(figures, figures.c.teacher_id == seen.c.id)
        .group_by(College.id, College.name, College.code)
        .order_by(College.code)
    )
    return [
        CollegeCoverageOut(**row, coverage_percent=rules.percent(row["met"], row["in_cycle"]))
        for row in (await session.execute(statement)).mappings().all()
    ]
