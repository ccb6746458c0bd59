"""Settlements in each state, a comparison and forecasts on the ground, and what they go by."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.exams.models import Candidate, ExamPlan, ExamPlanLevel, Registration
from x_pilot_api.settlements.models import (
    Difference,
    FeeBudget,
    GraduationDay,
    GuaranteeForecast,
    GuaranteeForecastRow,
    Reconciliation,
    Settlement,
    SettlementRow,
)

_COUNTED = ("candidates", "attended", "absent", "exempt", "guarantees_used")
_AMOUNTS = ("charged", "cancelled", "waived", "reduced", "paid", "refunded", "before", "due")
_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give each institution a forecast, and each organisation there a draft, a proposed and an agreed settlement."""
    for school in range(2):
        await act_within(session, institution_id=world.schools[school].id)
        forecast = await _forecast(session, world, made, school=school)
        for organisation in range(2):
            found = await _settlements(session, world, made, school=school, organisation=organisation)
            for college in range(2):
                made.settling[school, college, organisation] = found | {"forecast": forecast}


async def _settlements(
    session: AsyncSession, world: World, made: Made, *, school: int, organisation: int
) -> dict[str, UUID]:
    there, organised = world.schools[school], world.organisations[organisation]
    owner = f"s{school + 1}o{organisation + 1}"
    of = {"institution_id": there.id, "organisation_id": organised.id}
    first, second, fresh = [
        await _plan(session, world, school=school, organisation=organisation, number=number, owner=owner)
        for number in range(3)
    ]
    agreed = await _settlement(session, of, first, state="agreed")
    found = {
        "fresh": fresh,
        "agreed": agreed,
        "proposed": await _settlement(session, of, first, state="proposed", number=2, adjusts_id=agreed),
        "draft": await _settlement(session, of, second, state="draft"),
    }
    found["reconciliation"] = await _reconciliation(session, of, found["proposed"])
    for college, students in enumerate((there.students, made.siblings[school])):
        at = of | {"college_id": there.colleges[college], "student_id": students[1]}
        at |= {"certificate_level_id": organised.levels["1"]}
        await _row(session, at, first, found["proposed"], f"s{school + 1}p{college}n1")
    # A level that the ground's other exams do not examine: nobody is kept from those by it.
    candidate = select(Candidate.id).where(
        Candidate.institution_id == there.id, Candidate.student_id == there.students[organisation]
    )
    locked = {
        "institution_id": there.id,
        "exam_plan_id": fresh,
        "certificate_level_id": organised.levels["1"],
        "candidate_id": (await session.scalars(candidate)).one(),
        "college_id": there.colleges[0],
        "state": "locked",
        "admission_number": f"L{mark(owner)}",
        "confirmed_at": _BEFORE,
        "locked_at": _BEFORE,
    }
    await session.execute(insert(Registration).values(locked))
    made.owners |= dict.fromkeys((*found.values(), first, second), owner)
    return found


async def _row(session: AsyncSession, at: dict[str, UUID], plan_id: UUID, settlement_id: UUID, owner: str) -> None:
    """Let a student of a college be one of those whom a settlement is about."""
    of = {name: at[name] for name in ("institution_id", "college_id", "certificate_level_id")}
    numbered = of | {"admission_number": f"R{mark(owner)}"}
    candidate = select(Candidate.id).where(
        Candidate.institution_id == at["institution_id"], Candidate.student_id == at["student_id"]
    )
    held = {"exam_plan_id": plan_id, "state": "withdrawn", "candidate_id": (await session.scalars(candidate)).one()}
    made = insert(Registration).values(numbered | held).returning(Registration.id)
    registration_id = (await session.execute(made)).scalar_one()
    said = {"payer": "none", "presence": "unknown", "guarantee_used": False, "edition": 1}
    named = {"settlement_id": settlement_id, "registration_id": registration_id}
    line = numbered | said | named | {f"{name}_fen": 0 for name in _AMOUNTS}
    await session.execute(insert(SettlementRow).values(line | {"organisation_id": at["organisation_id"]}))


async def _plan(
    session: AsyncSession, world: World, *, school: int, organisation: int, number: int, owner: str
) -> UUID:
    there, organised = world.schools[school], world.organisations[organisation]
    plan_id, day = uuid4(), makings.today() - timedelta(days=1)
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=plan_id,
            organisation_id=organised.id,
            code=f"S{number}{mark(owner)}",
            name=f"结算{mark(owner)}",
            registration_opens_on=day,
            registration_closes_on=day,
            exam_on=day,
        )
    )
    await session.flush()
    level = organised.levels["1"], organised.schemes["1"]
    session.add(
        ExamPlanLevel(institution_id=there.id, exam_plan_id=plan_id, certificate_level_id=level[0], scheme_id=level[1])
    )
    await session.flush()
    return plan_id


async def _settlement(
    session: AsyncSession, of: dict[str, UUID], plan_id: UUID, *, state: str, number: int = 1, **more: UUID
) -> UUID:
    both = {"institution_agreed_hash": makings.HASH, "organisation_agreed_hash": makings.HASH}
    by = {"institution_agreed_by": uuid4(), "organisation_agreed_by": uuid4()}
    values: dict[str, Any] = {
        **of,
        **dict.fromkeys(_COUNTED, 0),
        **{f"{name}_fen": 0 for name in _AMOUNTS},
        **(both | by if state == "agreed" else {}),
        "exam_plan_id": plan_id,
        "number": number,
        "state": state,
        "as_of": _BEFORE,
        "content_hash": makings.HASH,
        **more,
    }
    return (await session.execute(insert(Settlement).values(values).returning(Settlement.id))).scalar_one()


async def _reconciliation(session: AsyncSession, of: dict[str, UUID], settlement_id: UUID) -> UUID:
    counted = {"rows": 1, "matching": 0, "differences": 1, "their_fen": 100, "our_fen": 0}
    head = {"settlement_id": settlement_id, "edition": 1, "file_hash": makings.HASH, "made_by": uuid4()}
    made = insert(Reconciliation).values(of | counted | head).returning(Reconciliation.id)
    made_id = (await session.execute(made)).scalar_one()
    line = {"reconciliation_id": made_id, "number": 1, "kind": "theirs_only", "row_number": 2, "their_fen": 100}
    await session.execute(insert(Difference).values(of | line))
    return made_id


async def _forecast(session: AsyncSession, world: World, made: Made, *, school: int) -> UUID:
    there, owner = world.schools[school], f"s{school + 1}"
    head = {"institution_id": there.id, "looked_on": makings.today(), "asked_by": uuid4()}
    forecast = insert(GuaranteeForecast).values(head).returning(GuaranteeForecast.id)
    forecast_id = (await session.execute(forecast)).scalar_one()
    for college, student_id in enumerate((there.students[0], made.siblings[school][0])):
        row = {
            "institution_id": there.id,
            "forecast_id": forecast_id,
            "student_id": student_id,
            "college_id": there.colleges[college],
            "programme_id": there.programmes[college],
            "entry_year": 2024,
            "outlook": "unknown",
            "reason": "graduation_unknown",
            "is_new": False,
        }
        await session.execute(insert(GuaranteeForecastRow).values(row))
        day = {
            "institution_id": there.id,
            "programme_id": there.programmes[college],
            "entry_year": 2023,
            "revision": 1,
            "graduates_on": makings.today(),
            "document_number": f"文{mark(f'{owner}p{college}')}",
            "loaded_by": uuid4(),
        }
        await session.execute(insert(GraduationDay).values(day))
    budget = {"year": 2026, "revision": 1, "amount_fen": 1, "document_number": f"财{mark(owner)}", "loaded_by": uuid4()}
    await session.execute(insert(FeeBudget).values(budget | {"institution_id": there.id}))
    made.owners[forecast_id] = owner
    return forecast_id
