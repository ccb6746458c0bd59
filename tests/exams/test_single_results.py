"""One result by its own address: created, replaced, unchanged, and refused where a batch would reject it."""

from typing import Any

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk

Json = dict[str, Any]


async def _put(desk: Desk, plan: make.Plan, row: Json, *, who: str = "machine") -> httpx.Response:
    body = {name: value for name, value in row.items() if name != "org_result_id"} | {"exam_plan_id": str(plan.id)}
    path = f"/v1/partner/results/{row['org_result_id']}"
    return await desk.client.put(path, json=body, headers=desk.sign_in(who))


async def _get(desk: Desk, plan: make.Plan, row: Json) -> Json:
    found: Json = await desk.get(
        f"/v1/partner/results/{row['org_result_id']}", who="machine", exam_plan_id=str(plan.id)
    )
    return found


async def test_a_result_is_created_then_unchanged_then_replaced(desk: Desk) -> None:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    created = await _put(desk, plan, desk.row(plan))
    assert (created.status_code, created.json()["outcome"]) == (201, "accepted")
    assert created.json()["downstream"]["awards_issued"] == 1
    again = await _put(desk, plan, desk.row(plan))
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    newer = await _put(desk, plan, desk.row(plan, revision=2, reason="复核", **make.FAILED))
    assert (newer.status_code, newer.json()["outcome"]) == (200, "corrected")
    assert newer.json()["downstream"]["awards_revoked"] == 1
    read = await _get(desk, plan, desk.row(plan))
    assert (read["revision"], read["total"], read["passed"], read["standing"]) == (2, "40.00", False, "effective")
    assert (await desk.account())["accumulated"] == "0.00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"revision": 1}, "stale_revision"),
        ({"revision": 2, "total": "81.00"}, "revision_conflict"),
        ({"revision": 3, "admission_number": "nobody"}, "unknown_candidate"),
        ({"revision": 3, "components": make.scores("180.00", "80.00")}, "score_out_of_range"),
    ],
)
async def test_what_a_batch_would_reject_is_refused_and_leaves_nothing(desk: Desk, changes: Json, code: str) -> None:
    plan = await desk.plan()
    assert (await _put(desk, plan, desk.row(plan, revision=2))).status_code == 201
    before = await desk.sizes()
    answer = await _put(desk, plan, desk.row(plan, **changes))
    assert (answer.status_code, answer.json()["code"]) == (409, "result_refused")
    (fault,) = answer.json()["errors"]
    assert fault["code"] == code
    assert fault["pointer"].lstrip("/") in changes
    assert await desk.sizes() == before


async def test_a_doubtful_result_is_created_and_waits(desk: Desk) -> None:
    plan = await desk.plan()
    answer = await _put(desk, plan, desk.row(plan, passed=False))
    assert (answer.status_code, answer.json()["code"]) == (201, "pass_flag_disagrees")
    assert (await _get(desk, plan, desk.row(plan)))["standing"] == "quarantined"
    assert (await _put(desk, plan, desk.row(plan, passed=False))).status_code == 200
    newer = await _put(desk, plan, desk.row(plan, passed=False, revision=2))
    assert (newer.status_code, newer.json()["outcome"]) == (200, "quarantined")


async def test_a_body_that_breaks_the_schema_is_refused_as_any_other(desk: Desk) -> None:
    plan = await desk.plan()
    answer = await _put(desk, plan, desk.row(plan, revision="1"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/revision")
    named = desk.row(plan) | {"extra": 1}
    assert (await _put(desk, plan, named)).status_code == 422


async def test_a_result_of_another_plan_is_not_found(desk: Desk) -> None:
    plan, other = await desk.plan(), await desk.plan(levels=("1",))
    await _put(desk, plan, desk.row(plan))
    path = f"/v1/partner/results/{desk.row(plan)['org_result_id']}?exam_plan_id={other.id}"
    assert await desk.status(path, who="machine") == 404
    assert await desk.status(path.replace(str(other.id), str(plan.id)), who="machine_2") == 404
