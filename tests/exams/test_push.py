"""What becomes of a pushed row that fits, and what it sets off."""

import pytest

from tests.exams import make
from tests.exams.desk import Desk


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    return await desk.plan()


async def test_a_pass_becomes_a_certificate_and_credits(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    batch = await desk.push(plan, desk.row(plan))
    assert (batch["rows"], batch["accepted"]) == (1, 1)
    assert batch["downstream"] == {
        "awards_issued": 1,
        "awards_revoked": 0,
        "results_held": 0,
        "deposits_posted": 1,
        "deposits_pending": 0,
        "deposits_reversed": 0,
        "credit_deposited": "3.00",
        "outcomes": {"deposited": 1},
        **dict.fromkeys(("grades_entered", "grades_revised", "grades_flagged"), 0),
    }
    (award,) = await desk.awards()
    assert (award["state"], award["level"], award["issued_on"]) == ("valid", "2", make.EXAM_ON.isoformat())
    account = await desk.get(desk.account_path(), who="student")
    assert (account["accumulated"], account["available"]) == ("3.00", "3.00")
    (outcome,) = account["outcomes"]
    assert (outcome["reason"], outcome["credit"], outcome["award_id"]) == ("deposited", "3.00", award["id"])


async def test_the_answer_to_a_push_is_what_the_batch_tells_later(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    answer = await desk.send(plan, desk.row(plan), desk.row(plan, 1), desk.row(plan, 2, admission_number="nobody"))
    assert answer.status_code == 201
    batch = answer.json()
    assert answer.headers["Location"] == f"/v1/partner/result-batches/{batch['id']}"
    assert await desk.get(answer.headers["Location"], who="machine") == batch


async def test_a_fail_is_accepted_and_issues_nothing(desk: Desk, plan: make.Plan) -> None:
    batch = await desk.push(plan, desk.row(plan, **make.FAILED))
    assert batch["accepted"] == 1
    assert batch["downstream"]["awards_issued"] == 0
    assert await desk.awards() == []


@pytest.mark.parametrize("activity", ["absent", "excused", "breach"])
async def test_who_did_not_sit_the_exam_is_accepted_and_gets_nothing(
    desk: Desk, plan: make.Plan, activity: str
) -> None:
    row = desk.row(plan, activity=activity, components={}, total=None, passed=None)
    assert (await desk.outcome(plan, row))["outcome"] == "accepted"
    assert (await desk.outcome(plan, row))["outcome"] == "unchanged"
    assert await desk.awards() == []


async def test_who_did_not_sit_the_exam_may_be_said_to_have_failed(desk: Desk, plan: make.Plan) -> None:
    row = desk.row(plan, activity="absent", components={}, total=None, passed=False)
    assert (await desk.outcome(plan, row))["outcome"] == "accepted"


async def test_a_provisional_result_is_only_stored(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    row = desk.row(plan, grading="provisional")
    batch = await desk.push(plan, row)
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (1, 0)
    assert await desk.awards() == []
    batch = await desk.push(plan, row | {"grading": "final", "revision": 2})
    assert (batch["corrected"], batch["downstream"]["awards_issued"]) == (1, 1)
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_first_result_called_corrected_issues_too(desk: Desk, plan: make.Plan) -> None:
    batch = await desk.push(plan, desk.row(plan, grading="corrected", revision=7))
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (1, 1)


async def test_the_same_content_again_is_unchanged_under_whatever_key(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    first = await desk.outcome(plan, desk.row(plan))
    before = await desk.sizes()
    again = await desk.outcome(plan, desk.row(plan, components=make.scores("80", "80.0"), total="80"))
    assert (first["outcome"], again["outcome"]) == ("accepted", "unchanged")
    assert again["result_id"] == first["result_id"]
    after = await desk.sizes()
    kept = {"results", "awards", "learning_outcomes", "journal_entries", "transfers"}
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_newer_revision_corrects(desk: Desk, plan: make.Plan) -> None:
    first = await desk.outcome(plan, desk.row(plan))
    changed = desk.row(plan, revision=2, components=make.scores("90.00", "90.00"), total="90.00", reason="复核")
    second = await desk.outcome(plan, changed)
    assert (second["outcome"], second["code"]) == ("corrected", None)
    assert second["result_id"] != first["result_id"]


async def test_one_push_may_mix_every_outcome(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan), desk.row(plan, 1))
    batch = await desk.push(
        plan,
        desk.row(plan),
        desk.row(plan, 1, revision=2, **make.FAILED),
        desk.row(plan, 2),
        desk.row(plan, 3, passed=False),
        desk.row(plan, 4, admission_number="nobody"),
        {"org_result_id": "R-bare"},
    )
    counts = {name: batch[name] for name in ("unchanged", "corrected", "accepted", "quarantined", "rejected")}
    assert counts == {"unchanged": 1, "corrected": 1, "accepted": 1, "quarantined": 1, "rejected": 2}
    assert batch["codes"] == {"pass_flag_disagrees": 1, "unknown_candidate": 1, "row_malformed": 1}
    rows = await desk.rows_of(batch)
    assert [row["row"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["outcome"] for row in rows] == [
        "unchanged", "corrected", "accepted", "quarantined", "rejected", "rejected",
    ]  # fmt: skip
    assert [row["row"] for row in await desk.rows_of(batch, outcome="rejected")] == [5, 6]


async def test_a_social_candidate_gets_a_certificate_and_no_learning_outcome(desk: Desk, plan: make.Plan) -> None:
    number = await desk.social_candidate(plan)
    row = desk.row(plan) | {"admission_number": plan.admission_numbers[-1], "document_number": number}
    batch = await desk.push(plan, row)
    assert batch["downstream"]["awards_issued"] == 1
    assert batch["downstream"]["outcomes"] == {}
    (award,) = await desk.awards(None)
    assert (award["holder_name"], award["student_id"]) == ("社会考生", None)


async def test_the_organisations_own_certificate_number_is_used(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, certificate_number="ZS-2026-1"), desk.row(plan, 1))
    assert [award["number"] for award in await desk.awards()] == ["ZS-2026-1"]
    (default,) = await desk.awards(1)
    assert default["number"] == f"XP-{plan.admission_numbers[1]}"


async def test_who_holds_the_level_already_gets_no_second_certificate(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    later = await desk.plan(candidates=1)
    await desk.push(plan, desk.row(plan))
    batch = await desk.push(later, desk.row(later))
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (1, 0)
    assert len(await desk.awards()) == 1
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_certificate_two_results_stand_for_is_lost_only_with_both(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    later = await desk.plan(candidates=1)
    await desk.push(plan, desk.row(plan))
    await desk.push(later, desk.row(later))
    batch = await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    assert batch["downstream"]["awards_revoked"] == 0
    assert [award["state"] for award in await desk.awards()] == ["valid"]
    batch = await desk.push(later, desk.row(later, revision=2, **make.FAILED))
    assert batch["downstream"]["awards_revoked"] == 1
    assert [award["state"] for award in await desk.awards()] == ["revoked"]
    assert (await desk.account())["accumulated"] == "0.00"


async def test_both_levels_of_one_plan_pushed_together_issue_both_and_the_higher_counts(desk: Desk) -> None:
    await desk.rule(level="1", credit=100)
    await desk.rule(level="2", credit=300)
    plan = await desk.plan(levels=("1", "2"), candidates=2)
    await desk.open_accounts(0, 1)
    batch = await desk.push(
        plan, desk.row(plan, 0), desk.row(plan, 2, document_number=desk.world.schools[0].documents[0])
    )
    assert batch["downstream"]["awards_issued"] == 2
    assert await desk.reasons() == {"1": "higher_level_counts", "2": "deposited"}
    assert (await desk.account())["accumulated"] == "3.00"
