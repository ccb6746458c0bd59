"""What a settlement rests on: excuses, money given back, a hash over all that its rows say, and two people."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.settlements import make
from tests.settlements.make import FEE, Desk, Exam
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.settlements import rules
from x_pilot_api.settlements.errors import SameSettler
from x_pilot_api.settlements.models import Settlement, SettlementRow
from x_pilot_api.settlements.queries import snapshot

_WHERE_IT_IS = {"institution_id", "organisation_id", "settlement_id", "edition"}
"""What says whose a row is; the head of what is hashed names it, and an edition holds nothing else."""
_BALANCED = {"charged_fen": 1, "cancelled_fen": -1, "waived_fen": -1, "reduced_fen": -1}


async def test_an_absence_that_an_incident_excuses_is_exempt_and_a_mere_one_is_not(desk: Desk) -> None:
    it = await desk.exam(candidates=3)
    for index, state in enumerate(("present", "absent", "absent")):
        await desk.change(it, make.charge, index)
        await desk.change(it, make.attend, index, state=state)
    await desk.change(it, make.excuse, 1)
    drawn = await desk.drawn(it)
    assert [drawn[name] for name in ("candidates", "attended", "absent", "exempt", "unknown")] == [3, 1, 1, 1, 0]
    rows = await desk.get(f"/v1/settlements/{drawn['id']}/rows")
    assert [row["presence"] for row in rows["items"]] == ["attended", "exempt", "absent"]


async def test_what_was_given_back_on_a_charge_that_stands_is_not_due(desk: Desk) -> None:
    it = await desk.exam(candidates=1)
    await desk.change(it, make.charge, 0)
    await desk.change(it, make.pay, 0, amount=FEE)
    await desk.change(it, make.give_back, 0, amount=1_500)
    drawn = await desk.drawn(it)
    assert (drawn["reduced_fen"], drawn["refunded_fen"], drawn["due_fen"]) == (1_500, 1_500, FEE - 1_500)


async def test_whatever_a_row_says_is_in_what_both_sides_agree_to(desk: Desk) -> None:
    it = await desk.exam(candidates=2)
    await desk.change(it, make.charge, 0)
    drawn = await desk.drawn(it)
    async with desk.service.database.transaction(institution_id=it.day.institution_id) as session:
        settlement = await session.get_one(Settlement, (it.day.institution_id, UUID(drawn["id"])))
        unheard = [name for name in _columns() if not await _is_heard(session, desk, it, settlement, name)]
    assert unheard == []


def _columns() -> list[str]:
    return [column.name for column in SettlementRow.__table__.columns if column.name not in _WHERE_IT_IS]


async def _is_heard(session: AsyncSession, desk: Desk, it: Exam, settlement: Settlement, column: str) -> bool:
    """Tell whether another value of a column is another hash; what is tried is taken back."""
    # A row without a standard may say none of one, so that another one of each is there to be said.
    index = 1 if column in {"fee_standard_id", "fee_fen"} else 0
    asked = select(SettlementRow).where(SettlementRow.registration_id == it.day.registrations[index])
    row = (await session.scalars(asked)).one()
    said = {name: getattr(row, name) for name in (*_columns(), *_WHERE_IT_IS)}
    another_level = desk.world.organisations[1].levels["1"]
    hashes: list[str] = []
    for edition, changed in ((71, {}), (72, _other(it, said, column, another_level))):
        savepoint = await session.begin_nested()
        await session.execute(insert(SettlementRow).values(said | changed | {"edition": edition}))
        summed = await snapshot.sum_up(session, settlement, edition=edition, as_of=settlement.as_of)
        hashes.append(summed["content_hash"])
        await savepoint.rollback()
    return hashes[0] != hashes[1]


def _other(it: Exam, said: dict[str, Any], column: str, another_level: UUID) -> dict[str, Any]:
    """Say something else in one column, and in what is due where that follows: then either is heard."""
    value = said[column]
    if column == "due_fen":
        return {"due_fen": value + 1, "charged_fen": said["charged_fen"] + 1}
    if column.endswith("_fen"):
        return {column: (value or 0) + 1, "due_fen": said["due_fen"] + _BALANCED.get(column, 0)}
    others: dict[str, Any] = {
        "registration_id": it.day.registrations[1],
        "payer": "college",
        "certificate_level_id": another_level,
        "college_id": it.colleges[1],
        "admission_number": "其他",
        "presence": "exempt",
        "guarantee_used": not value if column == "guarantee_used" else None,
        "fee_standard_id": it.standard_id,
    }
    assert others[column] != value
    return {column: others[column]}


def test_nobody_agrees_for_both_sides() -> None:
    person = uuid4()
    settlement = Settlement(
        institution_id=uuid4(),
        organisation_id=uuid4(),
        content_hash="a" * 64,
        institution_agreed_hash="a" * 64,
        institution_agreed_by=person,
    )
    theirs = Actor(
        id=person,
        kind=ActorKind.PERSON,
        name="-",
        permissions=frozenset(),
        institution_id=None,
        organisation_id=settlement.organisation_id,
    )
    with pytest.raises(SameSettler):
        rules.check_agreement(theirs, settlement, content_hash="a" * 64)
