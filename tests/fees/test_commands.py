"""What issuing and proposing leave behind, and whom a new ceiling suspends."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import ceiling_in, standard_in, store_ceiling, store_standard
from tests.world import World
from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.audit import AuditEvent, PlatformAuditEvent
from x_pilot_api.core.row_security import act_within
from x_pilot_api.fees import commands, rules
from x_pilot_api.fees.errors import CeilingMissing
from x_pilot_api.fees.models import FeeCeiling, FeeStandard

OPERATOR = Actor(id=uuid4(), kind=ActorKind.PERSON, name="operator", permissions=frozenset())


def _registrar(world: World) -> Actor:
    return Actor(
        id=uuid4(),
        kind=ActorKind.PERSON,
        name="registrar",
        permissions=frozenset(),
        institution_id=world.schools[0].id,
    )


async def _suspended(session: AsyncSession, **changes: object) -> list[UUID]:
    issued = await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(**changes))
    return [standard.id for standard in issued.suspended_standards]


async def test_a_proposal_is_recorded_in_the_institution_with_its_amounts(session: AsyncSession, world: World) -> None:
    ceiling_id = await store_ceiling(session)
    registrar = _registrar(world)
    proposed = await commands.propose_fee_standard(session, registrar, wish=standard_in(world))
    event = (await session.scalars(select(AuditEvent))).one()
    assert (event.institution_id, event.actor_id, event.deed) == (
        world.schools[0].id,
        registrar.id,
        "propose_fee_standard",
    )
    assert event.object_id == proposed.id
    assert event.detail == {"fee_fen": 41_500, "ceiling_id": str(ceiling_id), "ceiling_fen": 50_000}


async def test_a_ceiling_is_recorded_on_the_platform_and_each_suspension_in_its_institution(
    session: AsyncSession, world: World
) -> None:
    ceiling_id = await store_ceiling(session)
    standards = [await store_standard(session, world, ceiling_id=ceiling_id, school=school) for school in (0, 1)]
    issued = await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(level="2", amount_fen=41_499))
    event = (await session.scalars(select(PlatformAuditEvent))).one()
    assert (event.deed, event.object_id, event.actor_id) == ("issue_fee_ceiling", issued.id, OPERATOR.id)
    assert event.detail == {"amount_fen": 41_499, "suspended_standards": 2}
    told = {row.institution_id: row for row in (await session.scalars(select(AuditEvent))).all()}
    for school, standard_id in zip(world.schools, standards, strict=True):
        assert (told[school.id].deed, told[school.id].object_id) == ("suspend_fee_standard", standard_id)
        assert told[school.id].detail == {"ceiling_id": str(issued.id), "ceiling_fen": 41_499, "fee_fen": 41_500}


async def test_a_refused_proposal_leaves_nothing(session: AsyncSession, world: World) -> None:
    with pytest.raises(CeilingMissing):
        await commands.propose_fee_standard(session, _registrar(world), wish=standard_in(world))
    assert (await session.scalars(select(FeeStandard))).all() == []
    assert (await session.scalars(select(AuditEvent))).all() == []


async def test_a_ceiling_suspends_only_what_it_rules(session: AsyncSession, world: World) -> None:
    ceiling_id = await store_ceiling(session, exam_form="special_practical")
    first, second = world.organisations

    async def store(**changes: object) -> UUID:
        return await store_standard(session, world, ceiling_id=ceiling_id, **changes)  # pyright: ignore[reportArgumentType]

    above = await store()
    await store(certificate_level_id=first.levels["1"])
    await store(certificate_level_id=second.levels["2"], fee_fen=41_000)
    await store(exam_form="paper")
    await store(school=1, state="superseded")
    await store(school=1, certificate_level_id=second.levels["2"], state="suspended")
    await store(effective_from=date(2025, 1, 1), effective_to=date(2026, 1, 1))
    assert await _suspended(session, level="2", amount_fen=41_000) == [above]


@pytest.mark.parametrize("state", ["proposed", "agreed", "approved", "published"])
async def test_a_standard_is_suspended_wherever_it_is_on_its_way(
    session: AsyncSession, world: World, state: str
) -> None:
    ceiling_id = await store_ceiling(session)
    standard_id = await store_standard(session, world, ceiling_id=ceiling_id, state=state)
    assert await _suspended(session, level="2", amount_fen=1) == [standard_id]


async def test_a_general_ceiling_leaves_alone_what_rests_on_a_more_specific_one(
    session: AsyncSession, world: World
) -> None:
    specific = await store_ceiling(session, level="2", effective_to=date(2027, 1, 1))
    covered = await store_standard(session, world, ceiling_id=specific)
    outlasting = await store_standard(
        session, world, ceiling_id=specific, school=1, effective_to=date(2027, 1, 2), state="published"
    )
    assert covered not in await _suspended(session, amount_fen=30_000, effective_to="2027-01-01")
    assert await _suspended(session, amount_fen=30_000, effective_from="2027-01-01") == [outlasting]


def _periods(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Cut two years into periods that do not overlap, with gaps."""
    day = date(2026, 1, 1)
    while day < date(2028, 1, 1):
        day += timedelta(days=chance.choice([0, 0, 30, 60]))
        end = day + timedelta(days=chance.choice([31, 90, 200]))
        yield {"effective_from": day, "effective_to": end}
        day = end
    yield {"effective_from": day, "effective_to": None}


async def _store_ceilings(session: AsyncSession, chance: random.Random, *, but: dict[str, str]) -> None:
    """Store ceilings for all exams there are, but for those of one key; those of another form are to change nothing."""
    for level in "12":
        await store_ceiling(session, exam_form="paper", level=level, effective_from=date(2025, 1, 1))
    keys: list[dict[str, Any]] = [{}, *({"level": level} for level in "12")]
    keys += [{"level": level, "category": category} for level in "12" for category in ("finance", "trade")]
    for key in keys:
        for period in _periods(chance) if key != but else ():
            await store_ceiling(session, amount_fen=chance.randrange(1, 10) * 10_000, **key, **period)


async def _store_standards(session: AsyncSession, world: World, chance: random.Random) -> None:
    """Store fee standards of all kinds and periods, each for a level of its own."""
    ceiling_id = await store_ceiling(session, exam_form="special_practical", amount_fen=99_999_999)
    for number in range(40):
        certificate_id, level_id = uuid4(), uuid4()
        await session.execute(
            insert(Certificate).values(
                id=certificate_id, organisation_id=world.organisations[0].id, name=f"证书{number}", basis="a test"
            )
        )
        await session.execute(
            insert(CertificateLevel).values(id=level_id, certificate_id=certificate_id, level=chance.choice("12"))
        )
        begin = date(2026, 1, 1) + timedelta(days=chance.randrange(700))
        await store_standard(
            session,
            world,
            ceiling_id=ceiling_id,
            ceiling_fen=99_999_999,
            certificate_level_id=level_id,
            category=chance.choice([None, "finance", "trade"]),
            fee_fen=chance.randrange(1, 100) * 1_000,
            effective_from=begin,
            effective_to=chance.choice([begin + timedelta(days=chance.randrange(1, 400)), None]),
        )


async def _above(session: AsyncSession, ceiling_id: UUID) -> set[UUID]:
    """Ask the rule for one day which standards are above a ceiling on a day on which it applies."""
    ceilings = (await session.scalars(select(FeeCeiling))).all()
    changes = {day for ceiling in ceilings for day in (ceiling.effective_from, ceiling.effective_to) if day}
    statement = select(FeeStandard, CertificateLevel.level).join(
        CertificateLevel, CertificateLevel.id == FeeStandard.certificate_level_id
    )
    found: set[UUID] = set()
    for standard, level in (await session.execute(statement)).all():
        begin, end = standard.effective_from, standard.effective_to or date.max
        for day in {begin, *(day for day in changes if begin <= day < end)}:
            chosen = rules.choose_ceiling(
                ceilings, exam_form="computer", level=level, category=standard.category, on=day
            )
            if chosen is not None and chosen.id == ceiling_id and standard.fee_fen > chosen.amount_fen:
                found.add(standard.id)
    return found


@pytest.mark.parametrize("key", [{}, {"level": "1"}, {"level": "2", "category": "finance"}], ids=str)
@pytest.mark.parametrize("seed", range(4))
async def test_the_statement_for_all_standards_and_the_rule_for_one_day_agree(
    session: AsyncSession, world: World, seed: int, key: dict[str, str]
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a failure has to come back with its seed
    await _store_standards(session, world, chance)
    await _store_ceilings(session, chance, but=key)
    period = {"effective_from": "2026-09-01", "effective_to": chance.choice(["2027-06-01", None])}
    issued = await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(amount_fen=20_000, **key, **period))
    suspended = {standard.id for standard in issued.suspended_standards}
    await act_within(session, institution_id=world.schools[0].id)
    assert suspended == await _above(session, issued.id)
    assert suspended
