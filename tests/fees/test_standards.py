"""The way of a fee standard: two sides, three persons, ceilings at every step, successors without gap or overlap."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import ceiling_in, standard_in, store_ceiling, store_standard
from tests.fees.persons import OPERATOR, coordinator, org_staff, registrar
from tests.world import World
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.errors import (
    CeilingExceeded,
    FeeBeginsInThePast,
    FeeNeedsTheOtherSide,
    FeeSecondPersonNeeded,
    FeeStandardOverlaps,
    FeeSuccessorEndsEarlier,
)
from x_pilot_api.fees.models import FeeStandard
from x_pilot_api.inbox.models import Message
from x_pilot_api.outbox.models import OutboxEvent

TODAY = date(2026, 3, 1)
JUNE = date(2026, 6, 1)


async def _propose(session: AsyncSession, world: World, actor: Actor, **changes: object) -> FeeStandard:
    named = {"institution_id": str(world.schools[0].id)} if actor.organisation_id else {}
    return await commands.propose_fee_standard(session, actor, wish=standard_in(world, **named, **changes))


async def _approved(session: AsyncSession, world: World, **changes: object) -> FeeStandard:
    """Bring a proposal of the organisation as far as the office's approval."""
    standard = await _propose(session, world, org_staff(world), **changes)
    await act_within(session, institution_id=world.schools[0].id)
    await commands.agree_fee_standard(session, coordinator(world), standard=standard)
    await commands.approve_fee_standard(session, registrar(world), standard=standard)
    return standard


async def _published(session: AsyncSession, world: World, **changes: object) -> FeeStandard:
    standard = await _approved(session, world, **changes)
    await commands.publish_fee_standard(session, registrar(world), standard=standard, today=TODAY)
    return standard


async def _fee_on(session: AsyncSession, world: World, day: date) -> int | None:
    where: dict[str, Any] = {
        "institution_id": world.schools[0].id,
        "certificate_level_id": world.organisations[0].levels["2"],
    }
    found = await queries.find_standard_in_force(session, **where, exam_form="computer", on=day)
    return found.fee_fen if found else None


async def test_a_fee_goes_from_the_organisation_by_the_college_and_the_office_into_force(
    session: AsyncSession, world: World
) -> None:
    await store_ceiling(session)
    standard = await _published(session, world)
    assert (standard.state, await _fee_on(session, world, TODAY)) == ("published", 41_500)
    deeds = await session.scalars(select(AuditEvent.deed).order_by(AuditEvent.recorded_at))
    steps = ["propose", "agree", "approve", "publish"]
    assert deeds.all() == [f"{step}_fee_standard" for step in steps]
    await act_within(session, organisation_id=world.organisations[0].id)
    told = await session.scalars(select(OutboxEvent.data["deed"].astext).order_by(OutboxEvent.id))
    assert told.all() == steps


async def test_the_other_side_agrees_and_never_ones_own(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    organisations = await _propose(session, world, org_staff(world))
    await act_within(session, institution_id=world.schools[0].id)
    for actor in (org_staff(world), registrar(world)):
        with pytest.raises(FeeNeedsTheOtherSide):
            await commands.agree_fee_standard(session, actor, standard=organisations)
    with pytest.raises(FeeNeedsTheOtherSide):
        await commands.withdraw_fee_standard(session, coordinator(world), standard=organisations, reason="不再需要")
    await commands.withdraw_fee_standard(session, org_staff(world), standard=organisations, reason="改价")
    colleges = await _propose(session, world, coordinator(world))
    with pytest.raises(FeeNeedsTheOtherSide):
        await commands.agree_fee_standard(session, coordinator(world), standard=colleges)
    await commands.agree_fee_standard(session, org_staff(world), standard=colleges)
    assert (organisations.state, colleges.state) == ("withdrawn", "agreed")


async def test_proposing_agreeing_and_approving_are_three_persons(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    office = registrar(world)
    standard = await _propose(session, world, office)
    await act_within(session, institution_id=world.schools[0].id)
    await commands.agree_fee_standard(session, org_staff(world), standard=standard)
    with pytest.raises(FeeSecondPersonNeeded):
        await commands.approve_fee_standard(session, office, standard=standard)
    await commands.approve_fee_standard(session, registrar(world), standard=standard)
    assert standard.state == "approved"


async def test_no_step_can_be_left_out(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    standard = await _propose(session, world, org_staff(world))
    with pytest.raises(DeedNotAllowed):
        await commands.approve_fee_standard(session, registrar(world), standard=standard)
    with pytest.raises(DeedNotAllowed):
        await commands.publish_fee_standard(session, registrar(world), standard=standard, today=TODAY)


async def test_each_caller_is_told_what_they_may_do(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    standard = await _propose(session, world, org_staff(world))
    await act_within(session, institution_id=world.schools[0].id)

    async def told(actor: Actor) -> list[str]:
        (out,) = await queries.describe_standards(session, actor, [standard])
        return out.allowed_deeds

    assert await told(coordinator(world)) == ["agree", "refuse"]
    assert await told(org_staff(world)) == ["withdraw"]
    assert await told(registrar(world)) == []
    await commands.agree_fee_standard(session, coordinator(world), standard=standard)
    assert await told(registrar(world)) == ["approve", "reject"]


@pytest.mark.parametrize("step", ["refuse", "reject"])
async def test_a_refused_fee_makes_room_for_another(session: AsyncSession, world: World, step: str) -> None:
    await store_ceiling(session)
    standard = await _propose(session, world, org_staff(world))
    with pytest.raises(FeeStandardOverlaps):
        await _propose(session, world, org_staff(world))
    await act_within(session, institution_id=world.schools[0].id)
    if step == "refuse":
        await commands.refuse_fee_standard(session, coordinator(world), standard=standard, reason="偏高")
    else:
        await commands.agree_fee_standard(session, coordinator(world), standard=standard)
        await commands.reject_fee_standard(session, registrar(world), standard=standard, reason="偏高")
    assert (standard.state, standard.reason) == ("refused", "偏高")
    await _propose(session, world, org_staff(world), fee_fen=40_000)


async def test_a_successor_takes_over_on_its_first_day_and_not_before(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    first = await _published(session, world)
    second = await _published(session, world, fee_fen=40_000, effective_from=str(JUNE))
    assert (first.state, first.ended_on, second.state) == ("superseded", JUNE, "published")
    for day, fee in ((date(2025, 12, 31), None), (TODAY, 41_500), (JUNE - timedelta(days=1), 41_500), (JUNE, 40_000)):
        assert await _fee_on(session, world, day) == fee
    whole = await _published(session, world, fee_fen=39_000, effective_from=str(JUNE), effective_to=None)
    assert (second.state, second.ended_on, whole.state) == ("superseded", JUNE, "published")
    assert [await _fee_on(session, world, day) for day in (TODAY, JUNE)] == [41_500, 39_000]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"effective_from": "2026-02-28"}, FeeBeginsInThePast),
        ({"effective_from": "2026-06-01", "effective_to": "2026-12-31"}, FeeSuccessorEndsEarlier),
    ],
    ids=["past days", "a gap"],
)
async def test_a_successor_changes_no_past_day_and_leaves_no_gap(
    session: AsyncSession, world: World, changes: dict[str, str], refusal: type[AppError]
) -> None:
    await store_ceiling(session)
    first = await _published(session, world)
    second = await _approved(session, world, fee_fen=40_000, **changes)
    with pytest.raises(refusal):
        await commands.publish_fee_standard(session, registrar(world), standard=second, today=TODAY)
    assert (first.state, first.ended_on) == ("published", None)


async def test_a_lower_ceiling_ends_a_published_fee_on_its_first_day_and_tells_those_concerned(
    session: AsyncSession, world: World
) -> None:
    await store_ceiling(session)
    standard = await _published(session, world)
    issued = await commands.issue_fee_ceiling(
        session, OPERATOR, wish=ceiling_in(level="2", amount_fen=40_000, effective_from=str(JUNE))
    )
    assert [(each.id, each.ended_on) for each in issued.suspended_standards] == [(standard.id, JUNE)]
    await act_within(session, institution_id=world.schools[0].id)
    await session.refresh(standard)
    assert (standard.state, standard.ended_on) == ("suspended", JUNE)
    assert [await _fee_on(session, world, day) for day in (TODAY, JUNE)] == [41_500, None]
    kind = "fee_standards.suspended"
    assert await session.scalar(select(func.count()).where(Message.kind == kind))
    with pytest.raises(CeilingExceeded):
        await _propose(session, world, org_staff(world), effective_from=str(JUNE))
    await _published(session, world, fee_fen=40_000, effective_from=str(JUNE))
    assert [await _fee_on(session, world, day) for day in (TODAY, JUNE)] == [41_500, 40_000]


async def test_what_is_still_in_force_until_a_successor_is_ended_by_a_lower_ceiling_too(
    session: AsyncSession, world: World
) -> None:
    await store_ceiling(session)
    first = await _published(session, world)
    await _published(session, world, fee_fen=30_000, effective_from="2026-09-01")
    lower = ceiling_in(level="2", amount_fen=35_000, effective_from=str(JUNE))
    issued = await commands.issue_fee_ceiling(session, OPERATOR, wish=lower)
    assert [each.id for each in issued.suspended_standards] == [first.id]
    await act_within(session, institution_id=world.schools[0].id)
    days = (TODAY, JUNE, date(2026, 9, 1))
    assert [await _fee_on(session, world, day) for day in days] == [41_500, None, 30_000]


@pytest.mark.parametrize("step", ["approve", "publish"])
async def test_a_fee_is_measured_again_at_every_step(session: AsyncSession, world: World, step: str) -> None:
    ceiling_id = await store_ceiling(session)
    state = {"approve": "agreed", "publish": "approved"}[step]
    standard_id: UUID = await store_standard(session, world, ceiling_id=ceiling_id, state=state)
    # As one would be if it had been missed when the lower ceiling was issued.
    await store_ceiling(session, level="2", amount_fen=40_000)
    standard = await queries.take_fee_standard(session, registrar(world), standard_id)
    going_on = (
        commands.approve_fee_standard(session, registrar(world), standard=standard)
        if step == "approve"
        else commands.publish_fee_standard(session, registrar(world), standard=standard, today=TODAY)
    )
    with pytest.raises(CeilingExceeded):
        await going_on
