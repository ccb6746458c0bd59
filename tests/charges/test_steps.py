"""A correction's case tells what it did to the guaranteed attempt and to the charges, before and after."""

from tests.charges.money import FEE, Money
from tests.exams.hall import IN_MAY


async def test_the_case_tells_what_became_of_the_attempt_and_of_the_charges(money: Money) -> None:
    await money.publish()
    await money.payer("student")
    first, made = await money.till.again(0)
    await money.till.results(first, (made, "present"))
    money.till.at(IN_MAY)
    plan = await money.till.hall.plan()
    (mine,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    previewed = await money.till.results(first, (made, "absent"), revision=2, query="?validate_only=true")
    kinds = [step["kind"] for step in previewed["corrections"][0]["steps"]]
    assert (await money.charge_of(mine)).payer == "student"
    await money.till.results(first, (made, "absent"), revision=2)
    (case,) = (await money.till.hall.desk.get("/v1/corrections"))["items"]
    whole = await money.till.hall.desk.get(f"/v1/corrections/{case['id']}")
    assert [step["kind"] for step in whole["steps"]] == kinds
    assert kinds == [
        "result_changed",
        "award_revoked",
        "guarantee_changed",
        "charge_cancelled",
        "charge_raised",
        "parties_told",
    ]
    steps = {step["kind"]: step for step in whole["steps"]}
    guarantee = steps["guarantee_changed"]
    assert (guarantee["before"]["state"], guarantee["after"]["state"], guarantee["after"]["absences"]) == (
        "used",
        "available",
        1,
    )
    assert (steps["charge_raised"]["after"]["payer"], steps["charge_raised"]["after"]["amount_fen"]) == (
        "institution",
        FEE,
    )
