"""Quarantine, newer revisions and voiding: what they take back, what they bring, and what they leave alone."""

import pytest

from tests.exams import make
from tests.exams.desk import Desk

EFFECTS = ("results", "awards", "learning_outcomes", "journal_entries", "transfers")


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    await desk.open_accounts(0, 1)
    return await desk.plan()


async def states(desk: Desk, index: int = 0) -> list[str]:
    return [award["state"] for award in await desk.awards(index)]


async def test_a_pass_flag_that_disagrees_is_quarantined_with_both_verdicts(desk: Desk, plan: make.Plan) -> None:
    found = await desk.outcomes(
        plan,
        desk.row(plan, 0, passed=False),
        desk.row(plan, 1, **make.FAILED | {"passed": True}),
        desk.row(plan, 2, activity="absent", components={}, total=None, passed=True),
    )
    assert [row["outcome"] for row in found] == ["quarantined"] * 3
    assert {(row["code"], row["column"]) for row in found} == {("pass_flag_disagrees", "passed")}
    assert [row["detail"] for row in found] == [
        "贵方判定 未通过，按考核方案核算为 通过（总分 80.00），待复核。",
        "贵方判定 通过，按考核方案核算为 未通过（总分 40.00），待复核。",
        "贵方判定 通过，按考核方案核算为 未通过（总分 -），待复核。",
    ]
    assert await desk.awards(None) == []


async def test_a_total_that_disagrees_is_quarantined_with_both_figures(desk: Desk, plan: make.Plan) -> None:
    found = await desk.outcome(plan, desk.row(plan, total="80.01"))
    assert (found["outcome"], found["code"], found["column"]) == ("quarantined", "total_disagrees", "total")
    assert found["detail"] == "贵方总分 80.01，按考核方案核算为 80.00，待复核。"
    assert await desk.awards() == []


async def test_a_quarantined_row_pushed_again_waits_on_and_changes_nothing(desk: Desk, plan: make.Plan) -> None:
    row = desk.row(plan, passed=False)
    first = await desk.outcome(plan, row)
    before = await desk.sizes()
    again = await desk.outcome(plan, row)
    assert again == first
    after = await desk.sizes()
    assert [after[table] for table in EFFECTS] == [before[table] for table in EFFECTS]
    assert await desk.code(plan, row | {"passed": True}) == "revision_conflict"


async def test_a_newer_consistent_revision_takes_a_quarantined_ones_place_and_issues(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.push(plan, desk.row(plan, passed=False))
    batch = await desk.push(plan, desk.row(plan, revision=2))
    assert (batch["corrected"], batch["downstream"]["awards_issued"]) == (1, 1)
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_doubtful_revision_leaves_the_result_in_effect_until_a_clear_one_comes(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.push(plan, desk.row(plan))
    for revision in (2, 3):
        doubtful = await desk.outcome(plan, desk.row(plan, revision=revision, **make.FAILED | {"passed": True}))
        assert doubtful["outcome"] == "quarantined"
    assert await states(desk) == ["valid"]
    batch = await desk.push(plan, desk.row(plan, revision=4, **make.FAILED))
    assert batch["downstream"]["awards_revoked"] == 1
    assert await states(desk) == ["revoked"]


async def test_a_pass_corrected_to_a_fail_takes_certificate_and_credits_back(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    batch = await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED))
    assert batch["corrected"] == 1
    assert (batch["downstream"]["awards_revoked"], batch["downstream"]["deposits_reversed"]) == (1, 1)
    (award,) = await desk.awards()
    assert (award["state"], award["revoked_reason"]) == ("revoked", "复核改判")
    account = await desk.account()
    assert (account["accumulated"], account["available"]) == ("0.00", "0.00")
    (outcome,) = account["outcomes"]
    assert (outcome["state"], outcome["reason"], outcome["credit"]) == ("revoked", "award_revoked", "0.00")
    deposit, taken = await desk.entries()
    assert [(entry["seq"], entry["kind"], entry["amount"]) for entry in (deposit, taken)] == [
        (1, "deposit", "3.00"),
        (2, "revoke", "-3.00"),
    ]
    assert [entry["available_after"] for entry in (deposit, taken)] == ["3.00", "0.00"]
    assert taken["reverses_entry_id"] == deposit["entry_id"]
    assert {entry["award_id"] for entry in (deposit, taken)} == {award["id"]}
    verified = await desk.verify(award["verification_code"])
    assert (verified["state"], verified["revoked_at"] is not None) == ("revoked", True)
    assert (await desk.summary())["moved"] == 600


async def test_a_fail_corrected_to_a_pass_issues(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, **make.FAILED))
    batch = await desk.push(plan, desk.row(plan, revision=2))
    assert (batch["corrected"], batch["downstream"]["awards_issued"]) == (1, 1)
    assert await states(desk) == ["valid"]
    assert (await desk.account())["accumulated"] == "3.00"


async def test_back_and_forth_issues_a_certificate_of_its_own_each_time(desk: Desk, plan: make.Plan) -> None:
    for revision in range(1, 6):
        changes = {} if revision % 2 else make.FAILED
        await desk.push(plan, desk.row(plan, revision=revision, **changes))
    assert await states(desk) == ["revoked", "revoked", "valid"]
    assert (await desk.account())["accumulated"] == "3.00"
    assert [entry["available_after"] for entry in await desk.entries()] == ["3.00", "0.00", "3.00", "0.00", "3.00"]
    assert len({award["verification_code"] for award in await desk.awards()}) == 3


async def test_another_passing_score_changes_nothing_downstream(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    entries = await desk.entries()
    batch = await desk.push(plan, desk.row(plan, revision=2, components=make.scores("90", "90"), total="90"))
    assert batch["corrected"] == 1
    assert {batch["downstream"][name] for name in ("awards_issued", "awards_revoked", "deposits_reversed")} == {0}
    assert await desk.awards() == [award]
    assert await desk.entries() == entries


async def test_who_turns_out_to_have_been_absent_loses_the_certificate(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    await desk.push(plan, desk.row(plan, revision=2, activity="breach", components={}, total=None, passed=False))
    assert await states(desk) == ["revoked"]
    assert (await desk.account())["accumulated"] == "0.00"


async def test_voiding_revokes_even_when_the_row_repeats_what_it_voids(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    bare = desk.row(plan, 0, revision=2, grading="voided", components={}, total=None, passed=None)
    batch = await desk.push(plan, bare, desk.row(plan, 1, revision=2, grading="voided"))
    assert (batch["corrected"], batch["downstream"]["awards_revoked"]) == (2, 2)
    assert await states(desk, 0) == await states(desk, 1) == ["revoked"]
    assert (await desk.outcome(plan, bare))["outcome"] == "unchanged"
    batch = await desk.push(plan, desk.row(plan, revision=3))
    assert batch["downstream"]["awards_issued"] == 1


async def test_what_was_never_in_effect_cannot_be_voided(desk: Desk, plan: make.Plan) -> None:
    found = await desk.outcome(plan, desk.row(plan, grading="voided"))
    assert (found["outcome"], found["code"], found["detail"]) == ("rejected", "nothing_to_void", "没有可作废的成绩。")


async def test_a_result_that_waits_in_quarantine_can_be_voided(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, passed=False))
    voided = await desk.outcome(plan, desk.row(plan, revision=2, grading="voided"))
    assert voided["outcome"] == "corrected"
    assert await desk.awards() == []


async def test_a_final_result_does_not_become_provisional_again(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    refused = await desk.outcome(plan, desk.row(plan, revision=2, grading="provisional"))
    assert (refused["outcome"], refused["code"]) == ("rejected", "final_already")
    assert await states(desk) == ["valid"]
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_pass_without_an_account_that_is_revoked_is_not_recognised_by_opening_one(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.push(plan, desk.row(plan, 2))
    await desk.push(plan, desk.row(plan, 2, revision=2, **make.FAILED))
    opened = await desk.open_accounts(2)
    assert (opened["opened"], opened["outcomes_recognised"]) == (1, 0)
    assert await desk.reasons(2) == {"2": "award_revoked"}
