"""Charges: raised with the lock, by the published fee and the payer's rule, and undone to the fen."""

from uuid import UUID

import pytest

from tests.charges.money import FEE, Money
from tests.exams.hall import IN_MAY
from x_pilot_api.charges.rules import raising


async def test_the_lock_charges_the_published_fee_to_the_institutions_budget(money: Money) -> None:
    await money.publish()
    plan = await money.till.hall.plan()
    await money.till.hall.registered(plan, 0, 1, 2)
    told = await money.till.lock(plan)
    assert told["charged"] == {
        "charges": 3,
        "amount_fen": 3 * FEE,
        "relief_fen": 0,
        "guaranteed": 3,
        "uncharged": [],
    }
    assert await money.charges() == [("institution", "open", FEE)] * 3
    assert await money.accounts() == {"fee_income": 3 * FEE, "fee_owed_institution": -3 * FEE}
    await money.drift()
    again = (await money.till.hall.done(f"/exam-plans/{plan['id']}/charges:raise", who="registrar"))["charges"]
    assert again == 0


async def test_without_a_published_fee_the_lock_holds_and_says_what_is_missing(money: Money) -> None:
    plan = await money.till.hall.plan()
    await money.till.hall.registered(plan, 0, 1)
    told = await money.till.lock(plan)
    assert (told["changed"], told["charged"]["charges"]) == (2, 0)
    assert told["charged"]["uncharged"] == [
        {"certificate_level_id": str(money.till.hall.level()), "exam_form": "computer", "registrations": 2}
    ]
    await money.publish()
    raised = await money.till.hall.done(f"/exam-plans/{plan['id']}/charges:raise", who="registrar")
    assert (raised["charges"], raised["uncharged"]) == (2, [])
    await money.drift()


async def used(money: Money, index: int) -> None:
    """Let a student have used their guaranteed attempt."""
    plan, made = await money.till.again(index)
    await money.till.results(plan, (made, "present"))
    money.till.at(IN_MAY)


async def test_a_student_is_charged_only_once_the_guaranteed_attempt_is_used(money: Money) -> None:
    await money.publish()
    await money.payer("student")
    await used(money, 0)
    plan = await money.till.hall.plan()
    mine, other = await money.till.hall.registered(plan, 0, 1)
    await money.till.lock(plan)
    spent, unused = await money.charge_of(mine), await money.charge_of(other)
    assert (spent.payer, spent.is_guaranteed) == ("student", False)
    assert (unused.payer, unused.is_guaranteed) == ("institution", True)


async def test_where_nobody_asks_about_the_attempt_a_student_is_charged_for_it(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "UNUSED", "false")
    await money.publish()
    await money.payer("student")
    plan = await money.till.hall.plan()
    await money.till.hall.registered(plan, 1)
    await money.till.lock(plan)
    assert [payer for payer, _, _ in await money.charges()] == ["student"]


async def test_a_corrected_attendance_moves_the_charge_back_to_the_institution(money: Money) -> None:
    await money.publish()
    await money.payer("student")
    first, made = await money.till.again(0)
    await money.till.results(first, (made, "present"))
    money.till.at(IN_MAY)
    plan = await money.till.hall.plan()
    (mine,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    assert (await money.charge_of(mine)).payer == "student"
    await money.till.results(first, (made, "absent"), revision=2)
    assert await money.charges() == [("student", "cancelled", FEE), ("institution", "open", FEE)]
    assert (await money.charge_of(mine)).is_guaranteed
    await money.drift()


@pytest.mark.parametrize(
    ("what", "relief"), [({"share": 5_000}, 20_750), ({"amount_fen": 90_000}, FEE), ({"share": 3}, 12)]
)
async def test_a_group_is_let_off_by_rule_and_never_more_than_the_fee(
    money: Money, what: dict[str, int], relief: int
) -> None:
    await money.publish()
    await money.relief(0, what=what)
    await money.relief(1, kind="subsidy", what=what)
    plan = await money.till.hall.plan()
    waived, subsidised = await money.till.hall.registered(plan, 0, 1)
    assert (await money.till.lock(plan))["charged"]["relief_fen"] == 2 * relief
    one, other = await money.charge_of(waived), await money.charge_of(subsidised)
    assert (one.waived_fen, one.subsidised_fen, other.waived_fen, other.subsidised_fen) == (relief, 0, 0, relief)
    assert {one.state, other.state} == {"settled" if relief == FEE else "open"}
    await money.drift()


async def test_the_more_a_payers_rule_names_the_more_it_counts(money: Money) -> None:
    await money.publish()
    await money.payer("subsidy")
    body = {
        "payer": "college",
        "college_id": str(money.till.hall.desk.world.schools[0].colleges[0]),
        "document_number": "财〔2026〕2号",
        "effective_from": "2026-01-01",
    }
    await money.till.hall.done("/payer-rules", body, who="registrar")
    plan = await money.till.hall.plan()
    (made,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    assert (await money.charge_of(made)).payer == "college"
    refused = await money.till.hall.post("/payer-rules", body, who="registrar")
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_rule_overlaps")


async def test_a_cancelled_plan_undoes_its_charges_to_the_fen(money: Money) -> None:
    await money.publish()
    await money.relief(1, what={"share": 2_500})
    plan = await money.till.hall.plan()
    made = await money.till.hall.registered(plan, 0, 1, 2)
    await money.till.lock(plan)
    charge = await money.charge_of(made[0])
    await pay(money, charge.id, 41_500)
    await pay(money, (await money.charge_of(made[1])).id, 10_000)
    await money.drift()
    await money.till.hall.done(f"/exam-plans/{plan['id']}:cancel", {"reason": "疫情"}, who="org_staff")
    assert {state for _, state, _ in await money.charges()} == {"cancelled"}
    assert await money.accounts() == {}
    await money.drift()
    refunds = "SELECT string_agg(amount_fen || ' ' || cause, ', ' ORDER BY amount_fen) FROM charge_refunds"
    assert await money.till.count(refunds) == "10000 plan_cancelled, 41500 plan_cancelled"
    assert [(await money.till.guarantee(index))[0] for index in range(3)] == ["available"] * 3


async def pay(money: Money, charge_id: UUID, amount_fen: int) -> None:
    """Let the finance office be paid, and somebody else confirm it."""
    body = {"amount_fen": amount_fen, "document_number": f"收{amount_fen}", "paid_on": "2026-05-20"}
    made = await money.till.hall.done(f"/charges/{charge_id}/payments", body, who="coordinator")
    await money.till.hall.done(f"/payments/{made['id']}:confirm", who="registrar")
