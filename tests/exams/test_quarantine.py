"""The desk of quarantined results: figures side by side, two persons, and a release that is a push."""

from typing import Any

import httpx
import pytest

from tests.exams import make, second_persons
from tests.exams.desk import Desk

Json = dict[str, Any]
PATH = "/v1/quarantined-results"


@pytest.fixture
async def two(desk: Desk) -> Desk:
    await second_persons.add(desk)
    return desk


async def _list(desk: Desk, plan: make.Plan, who: str = "registrar") -> list[Json]:
    items: list[Json] = (await desk.get(PATH, who=who, exam_plan_id=str(plan.id)))["items"]
    return items


async def _do(desk: Desk, result_id: str, deed: str, *, who: str, **body: str) -> httpx.Response:
    return await desk.client.post(f"{PATH}/{result_id}:{deed}", json=body, headers=desk.sign_in(who))


async def _doubtful(desk: Desk, **changes: Any) -> tuple[make.Plan, str]:  # noqa: ANN401 - of a row
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    found = await desk.outcome(plan, desk.row(plan, **({"passed": False} | changes)))
    assert found["outcome"] == "quarantined"
    return plan, str(found["result_id"])


async def _settle(desk: Desk, result_id: str, decision: str) -> httpx.Response:
    proposed = await _do(desk, result_id, "propose", who="registrar", decision=decision, reason="核对评分表")
    assert proposed.status_code == 201, proposed.text
    return await _do(desk, result_id, "confirm", who="second_registrar", reason="同意")


async def test_both_sides_see_the_figures_that_differ_beside_each_other(two: Desk) -> None:
    plan, result_id = await _doubtful(two, total="79.00")
    for who in ("registrar", "org_staff", "auditor"):
        (found,) = await _list(two, plan, who)
        assert (found["id"], found["code"]) == (result_id, "pass_flag_disagrees")
        assert (found["their_total"], found["our_total"]) == ("79.00", "80.00")
        assert (found["their_passed"], found["our_passed"]) == (False, True)
        assert "80.00" in found["detail"]
        assert found["review"] is None
    assert found["allowed_deeds"] == []
    assert two.world.schools[0].documents[0] not in str(found)
    assert await two.status(f"{PATH}?exam_plan_id={plan.id}", who="org_staff_2") == 404
    assert await two.status(f"{PATH}/{result_id}", who="registrar_2") == 404
    assert await two.status(f"{PATH}?exam_plan_id={plan.id}", who="coordinator") == 403


async def test_a_confirmed_release_issues_and_deposits_as_a_push_of_the_row_would(two: Desk) -> None:
    plan, result_id = await _doubtful(two)
    assert await two.awards(0) == []
    answer = await _settle(two, result_id, "confirm_ours")
    assert (answer.status_code, answer.json()["state"]) == (200, "confirmed")
    (award,) = await two.awards(0)
    assert award["state"] == "valid"
    assert (await two.account())["accumulated"] == "3.00"
    assert await _list(two, plan) == []
    batch = await two.get(f"/v1/partner/result-batches/{answer.json()['batch_id']}", who="machine")
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (1, 1)
    # The organisation's own revision stands now, and sending it again changes nothing.
    assert (await two.outcome(plan, two.row(plan, passed=False)))["outcome"] == "unchanged"
    assert {"result.released", "awards.issued"} <= (await second_persons.told(two)).keys()


async def test_a_release_replaces_the_revision_that_was_in_effect(two: Desk) -> None:
    await two.rule()
    plan = await two.plan()
    await two.open_accounts(0)
    await two.push(plan, two.row(plan))
    found = await two.outcome(plan, two.row(plan, revision=2, **make.FAILED) | {"passed": True})
    assert (found["outcome"], (await two.account())["accumulated"]) == ("quarantined", "3.00")
    answer = await _settle(two, found["result_id"], "confirm_ours")
    assert answer.status_code == 200, answer.text
    assert (await two.account())["accumulated"] == "0.00"
    assert {award["state"] for award in await two.awards(0)} == {"revoked"}
    latest = await two.get(
        f"/v1/partner/results/{two.row(plan)['org_result_id']}", who="machine", exam_plan_id=str(plan.id)
    )
    assert (latest["revision"], latest["standing"]) == (2, "effective")


async def test_a_rejected_row_counts_for_nothing_until_a_larger_revision_comes(two: Desk) -> None:
    plan, result_id = await _doubtful(two)
    assert (await _settle(two, result_id, "reject_row")).json()["state"] == "confirmed"
    assert await _list(two, plan) == []
    assert await two.awards(0) == []
    assert await two.code(plan, two.row(plan, passed=False)) == "rejected_in_review"
    assert (await two.outcome(plan, two.row(plan, revision=2)))["outcome"] == "corrected"
    assert len(await two.awards(0)) == 1


async def test_a_question_is_asked_by_one_person_and_leaves_the_result_where_it_is(two: Desk) -> None:
    plan, result_id = await _doubtful(two)
    asked = await _do(two, result_id, "propose", who="registrar", decision="ask_organisation", reason="请说明")
    assert (asked.status_code, asked.json()["state"], asked.json()["allowed_deeds"]) == (201, "asked", [])
    assert len(await _list(two, plan)) == 1
    told = (await second_persons.told(two))["result.questioned"]
    assert (told["object_id"], told["data"]["code"]) == (result_id, "pass_flag_disagrees")
    refused = await _do(two, result_id, "confirm", who="second_registrar", reason="同意")
    assert refused.json()["code"] == "deed_not_allowed"


async def test_nobody_decides_on_what_they_proposed(two: Desk) -> None:
    _, result_id = await _doubtful(two)
    await _do(two, result_id, "propose", who="registrar", decision="confirm_ours", reason="核对")
    for deed in ("confirm", "decline"):
        refused = await _do(two, result_id, deed, who="registrar", reason="同意")
        assert (refused.status_code, refused.json()["code"]) == (409, "result_second_person_needed")
        assert refused.json()["figures"] == {"deed": deed, "done": "propose"}
    again = await _do(two, result_id, "propose", who="second_registrar", decision="reject_row", reason="核对")
    assert again.json()["code"] == "result_review_open"
    assert (await _do(two, result_id, "decline", who="org_staff", reason="不同意")).json()["state"] == "declined"
    again = await _do(two, result_id, "propose", who="second_registrar", decision="reject_row", reason="核对")
    assert again.status_code == 201


async def test_a_newer_revision_ends_the_review(two: Desk) -> None:
    plan, result_id = await _doubtful(two)
    await _do(two, result_id, "propose", who="registrar", decision="confirm_ours", reason="核对")
    await two.push(plan, two.row(plan, revision=2))
    refused = await _do(two, result_id, "confirm", who="second_registrar", reason="同意")
    assert (refused.json()["code"], refused.json()["figures"]) == ("quarantine_over", {"standing": "superseded"})
    assert len(await two.awards(0)) == 1
