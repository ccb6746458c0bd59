"""Reading simulations: who may see which, what they found, row by row and added up."""

from collections.abc import Mapping as Parameters
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import CourseRefusal, LearningOutcome, OutcomeReason, Simulation, SimulationRow
from x_pilot_api.credits.schemas import (
    Effect,
    FiguresOut,
    LimitCutOut,
    ReasonCountOut,
    SimulatedCourseOut,
    SimulationRowOut,
    SimulationSummaryOut,
)
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})

_EFFECTS: Parameters[Effect, ColumnElement[bool]] = {
    Effect.GAIN: SimulationRow.credit_after_hundredths > SimulationRow.credit_before_hundredths,
    Effect.LOSE: SimulationRow.credit_after_hundredths < SimulationRow.credit_before_hundredths,
    Effect.SAME: SimulationRow.credit_after_hundredths == SimulationRow.credit_before_hundredths,
}


def visible_simulations(actor: Actor) -> Select[Simulation]:
    """Select the simulations an actor may see: an office all, a coordinator those of programmes they act for."""
    if actor.institution_id is None:
        return select(Simulation).where(false())
    simulations = select(Simulation).where(Simulation.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return simulations
    rules_of_theirs = (
        select(Mapping.id)
        .join(Programme, and_(Programme.institution_id == Mapping.institution_id, Programme.id == Mapping.programme_id))
        .where(
            Mapping.institution_id == actor.institution_id,
            or_(Programme.college_id.in_(actor.college_ids), Programme.id.in_(actor.programme_ids)),
        )
    )
    return simulations.where(Simulation.mapping_id.in_(rules_of_theirs))


async def list_simulations(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID | None, wish: PageWish
) -> tuple[Sequence[Simulation], str | None]:
    """List visible simulations, the oldest first."""
    statement = visible_simulations(actor)
    if mapping_id is not None:
        statement = statement.where(Simulation.mapping_id == mapping_id)
    return await page_of(session, statement, order=(Simulation.id,), wish=wish)


async def get_simulation(session: AsyncSession, actor: Actor, simulation_id: UUID) -> Simulation:
    """Read one visible simulation."""
    statement = visible_simulations(actor).where(Simulation.id == simulation_id)
    return await lookups.get_one(session, statement, what="simulation", zh="模拟")


async def describe_simulation(session: AsyncSession, simulation: Simulation) -> SimulationSummaryOut:
    """Tell what was run over whom, and whether the rule is still so."""
    mapping = await session.get_one(Mapping, (simulation.institution_id, simulation.mapping_id))
    return SimulationSummaryOut(
        id=simulation.id,
        mapping_id=mapping.id,
        mapping_version=mapping.version,
        mapping_state=mapping.state,
        is_current=mapping.content_hash == simulation.content_hash,
        content_hash=simulation.content_hash,
        rule_credit=simulation.credit_hundredths,
        programme_id=mapping.programme_id,
        certificate_level_id=mapping.certificate_level_id,
        entry_year_from=simulation.entry_year_from,
        entry_year_to=simulation.entry_year_to,
        exam_from=simulation.exam_from,
        exam_to=simulation.exam_to,
        assumes_open_accounts=simulation.assumes_open_accounts,
        requested_at=simulation.requested_at,
        job_id=simulation.job_id,
        finished_at=simulation.finished_at,
    )


async def find_figures(session: AsyncSession, simulation: Simulation) -> FiguresOut | None:
    """Add up what a simulation found, once it is finished."""
    if simulation.finished_at is None:
        return None
    values = {"institution_id": simulation.institution_id, "simulation_id": simulation.id}
    totals = (await session.execute(text(rules.TOTALS), values)).mappings().one()
    reasons = (await session.execute(text(rules.REASONS), values)).mappings().all()
    cuts = (await session.execute(text(rules.CUTS), values)).mappings().all()
    courses = (await session.execute(text(rules.COURSES), values)).mappings().all()
    return FiguresOut(
        students=simulation.students,
        **totals,
        reasons=[ReasonCountOut(**found) for found in reasons],
        limits=[LimitCutOut(**found) for found in cuts],
        courses=[SimulatedCourseOut(**found) for found in courses],
    )


async def count_students(session: AsyncSession, values: Parameters[str, object]) -> int:
    """Count a simulation's cohort."""
    return int((await session.execute(text(rules.COUNT_STUDENTS), values)).scalar_one())


async def list_rows(
    session: AsyncSession,
    actor: Actor,
    simulation: Simulation,
    *,
    effect: Effect | None,
    is_refused: bool | None,
    after: int,
    size: int,
) -> Sequence[SimulationRowOut]:
    """List rows of a simulation after a number, of the students the actor may see."""
    student = registry.visible_students(actor).subquery()
    row = SimulationRow
    statement = (
        select(row, student.c.student_number, student.c.name, CertificateLevel.level, LearningOutcome.earned_on)
        .join(student, and_(student.c.institution_id == row.institution_id, student.c.id == row.student_id))
        .join(
            LearningOutcome,
            and_(LearningOutcome.institution_id == row.institution_id, LearningOutcome.id == row.outcome_id),
        )
        .join(CertificateLevel, CertificateLevel.id == LearningOutcome.certificate_level_id)
        .where(row.institution_id == simulation.institution_id, row.simulation_id == simulation.id, row.number > after)
        .order_by(row.number)
        .limit(size)
    )
    if effect is not None:
        statement = statement.where(_EFFECTS[effect])
    if is_refused is not None:
        held_back = or_(row.limit_code.is_not(None), row.refusals != {})
        statement = statement.where(held_back if is_refused else ~held_back)
    found = (await session.execute(statement)).all()
    return [
        _written(kept, number=number, name=name, level=level, earned_on=earned_on)
        for kept, number, name, level, earned_on in found
    ]


def _written(kept: SimulationRow, *, number: str, name: str, level: str, earned_on: date) -> SimulationRowOut:
    difference = kept.credit_after_hundredths - kept.credit_before_hundredths
    return SimulationRowOut(
        number=kept.number,
        student_id=kept.student_id,
        student_number=number,
        student_name=name,
        outcome_id=kept.outcome_id,
        level=level,
        earned_on=earned_on,
        effect=Effect.GAIN if difference > 0 else Effect.LOSE if difference < 0 else Effect.SAME,
        difference=difference,
        reason_before=OutcomeReason(kept.reason_before),
        credit_before=kept.credit_before_hundredths,
        reason_after=OutcomeReason(kept.reason_after),
        credit_after=kept.credit_after_hundredths,
        rule_credit=kept.rule_credit_hundredths,
        is_by_rule=kept.is_by_rule,
        limit_code=kept.limit_code,
        limit_credit=kept.limit_credit_hundredths,
        refusals={UUID(course): CourseRefusal(code) for course, code in kept.refusals.items()},
    )
