"""Simulating a rule: asked for by somebody, run slice by slice by the worker; nothing is ever posted by it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Uuid, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db, jobs, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.errors import NothingToSimulate, SimulatedRuleChanged
from x_pilot_api.credits.models import Simulation
from x_pilot_api.credits.schemas import SimulationIn
from x_pilot_api.mappings import queries as mappings
from x_pilot_api.mappings.models import Direction, Mapping

SLICE_STUDENTS = 20_000
_AUDIT_KIND = "simulation"

STAGED: Table = staging.staging_table("staged_cohort", Column("student_id", Uuid))


@dataclass(frozen=True)
class Progress:
    """How far a simulation is: students decided of all there are, and the certificates they hold."""

    students: int
    cohort: int
    certificates: int
    is_finished: bool


async def simulate_mapping(session: AsyncSession, actor: Actor, *, mapping_id: UUID, wish: SimulationIn) -> Simulation:
    """Ask for a rule, in whatever state, to be run over a cohort of its programme."""
    mapping = await mappings.get_office_mapping(session, actor, mapping_id)
    try:
        # Whoever may propose rules for a programme may see what they would do to its students.
        await mappings.get_own_programme(session, actor, mapping.programme_id)
    except NotFound:
        raise NotFound(what="mapping", zh="转换规则") from None
    if mapping.direction != Direction.CERTIFICATE_TO_COURSE:
        raise NothingToSimulate(mapping_id=str(mapping.id), direction=mapping.direction)
    simulation_id: UUID = (await session.execute(select(func.uuidv7()))).scalar_one()
    job_id = await jobs.enqueue(
        session,
        "simulate_mapping",
        arguments={"institution_id": str(mapping.institution_id), "simulation_id": str(simulation_id)},
        institution_id=mapping.institution_id,
        requested_by=actor,
    )
    simulation = Simulation(
        institution_id=mapping.institution_id,
        id=simulation_id,
        mapping_id=mapping.id,
        content_hash=mapping.content_hash,
        credit_hundredths=await mappings.sum_credits(session, mapping),
        entry_year_from=wish.entry_year_from or mapping.entry_year_from,
        entry_year_to=wish.entry_year_to or mapping.entry_year_to,
        exam_from=wish.exam_from,
        exam_to=wish.exam_to,
        assumes_open_accounts=wish.assume_open_accounts,
        requested_by=actor.id,
        job_id=job_id,
    )
    session.add(simulation)
    await session.flush()
    values = {"institution_id": mapping.institution_id, "simulation_id": simulation_id, "mapping_id": mapping.id}
    await session.execute(text(rules.STORE_COURSES), values)
    asked = wish.model_dump(mode="json", exclude_none=True)
    await _record(session, actor, "simulate_mapping", simulation, mapping_id=str(mapping.id), **asked)
    return simulation


async def run_slice(session: AsyncSession, actor: Actor, *, institution_id: UUID, simulation_id: UUID) -> Progress:
    """Decide the next students of a simulation's cohort; the slice after the last finishes it."""
    simulation = await _lock(session, institution_id=institution_id, simulation_id=simulation_id)
    mapping = await session.get_one(Mapping, (institution_id, simulation.mapping_id))
    if mapping.content_hash != simulation.content_hash:
        raise SimulatedRuleChanged(content_hash=mapping.content_hash, simulated_hash=simulation.content_hash)
    values = await _values_of(session, simulation, mapping)
    cohort = await queries.count_students(session, values)
    if simulation.finished_at is None:
        await _decide(session, simulation, values)
    figures = await queries.find_figures(session, simulation)
    if figures is not None:
        told = figures.model_dump(include={"certificates", "gain", "lose", "same"})
        await _record(session, actor, "finish_simulation", simulation, **told)
    return Progress(
        students=simulation.students,
        cohort=max(cohort, simulation.students),
        certificates=simulation.rows,
        is_finished=simulation.finished_at is not None,
    )


async def _decide(session: AsyncSession, simulation: Simulation, values: dict[str, Any]) -> None:
    slice_ = (await session.execute(text(rules.NEXT_SLICE), values | {"size": SLICE_STUDENTS})).one()
    if not slice_.students:
        simulation.finished_at = clock.now()
        await session.flush()
        return
    within = values | {"reached": slice_.reached}
    await staging.empty(session, STAGED)
    await session.execute(text(rules.STAGE_CONCERNED), within)
    accounts = {"accounts": rules.AS_IF_OPEN} if simulation.assumes_open_accounts else {}
    decision = rules.decision(
        rules.CONCERNED, rules=rules.rules_with_it(rules.IN_FORCE), held=rules.NOTHING_HELD, **accounts
    )
    stored = await db.write(session, text(rules.store_slice(decision)), within | {"now": clock.now()})
    simulation.reached = slice_.reached
    simulation.students += slice_.students
    simulation.rows += stored
    if slice_.students < SLICE_STUDENTS:
        simulation.finished_at = clock.now()
    await session.flush()


async def _lock(session: AsyncSession, *, institution_id: UUID, simulation_id: UUID) -> Simulation:
    statement = (
        select(Simulation)
        .where(Simulation.institution_id == institution_id, Simulation.id == simulation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def _values_of(session: AsyncSession, simulation: Simulation, mapping: Mapping) -> dict[str, Any]:
    stakes = await mappings.get_stakes(session, mapping)
    # The driver knows the first and the last date there is as minus and plus infinity.
    last_day = simulation.exam_to
    return {
        "institution_id": simulation.institution_id,
        "simulation_id": simulation.id,
        "mapping_id": mapping.id,
        "programme_id": mapping.programme_id,
        "certificate_id": stakes.certificate_id,
        "certificate_level_id": mapping.certificate_level_id,
        "rule_credit": simulation.credit_hundredths,
        "entry_year_from": simulation.entry_year_from,
        "entry_year_to": simulation.entry_year_to,
        "earned_from": simulation.exam_from or date.min,
        "earned_before": last_day + timedelta(days=1) if last_day is not None and last_day < date.max else date.max,
        "after": simulation.reached,
        "rows": simulation.rows,
    }


async def _record(session: AsyncSession, actor: Actor, deed: str, simulation: Simulation, **detail: object) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=simulation.institution_id,
        object_kind=_AUDIT_KIND,
        object_id=simulation.id,
        detail=detail,
    )
