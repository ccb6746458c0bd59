"""One key, one effect: whatever is sent again, and by whomever."""

from typing import Any

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, SignIn
from tests.world import World
from x_pilot_api.core.service import Service

PATH = "/v1/partner/result-batches"


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    await desk.open_accounts(0)
    return await desk.plan()


async def send(
    desk: Desk,
    plan: make.Plan,
    key: str | None,
    *rows: Any,  # noqa: ANN401
    who: str = "machine",
    path: str = PATH,
) -> httpx.Response:
    """Push rows under a key exactly as it is given."""
    body: Json = {"exam_plan_id": str(plan.id), "rows": list(rows or [desk.row(plan)])}
    headers = desk.sign_in(who) | ({} if key is None else {"Idempotency-Key": key})
    return await desk.client.post(path, json=body, headers=headers)


async def test_the_same_again_gets_the_same_answer_and_does_nothing(desk: Desk, plan: make.Plan) -> None:
    first = await send(desk, plan, "k")
    before = await desk.sizes()
    again = await send(desk, plan, "k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert (first.headers.get("Idempotency-Hit"), again.headers["Idempotency-Hit"]) == (None, "true")
    assert again.headers["content-type"] == first.headers["content-type"]
    assert await desk.sizes() == before
    assert (await desk.account())["accumulated"] == "3.00"


async def test_another_body_under_the_same_key_is_refused(desk: Desk, plan: make.Plan) -> None:
    await send(desk, plan, "k")
    refused = await send(desk, plan, "k", desk.row(plan, 1))
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert await desk.awards(1) == []
    assert (await send(desk, plan, "k")).status_code == 201


async def test_another_query_under_the_same_key_is_refused(desk: Desk, plan: make.Plan) -> None:
    await send(desk, plan, "k")
    for query in ("?atomic=true", f"?{'&'.join(['atomic=false'] * 500)}"):
        refused = await send(desk, plan, "k", path=f"{PATH}{query}")
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_deed_without_a_usable_key_is_refused(desk: Desk, plan: make.Plan) -> None:
    for key in (None, "", " ", '""', "k" * 256, "a\tb"):
        refused = await send(desk, plan, key)
        assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_missing"), key
    assert await desk.awards() == []
    assert (await send(desk, plan, "k" * 255)).status_code == 201


async def test_a_quoted_key_is_the_bare_one(desk: Desk, plan: make.Plan) -> None:
    first = await send(desk, plan, '"one key"')
    again = await send(desk, plan, "one key")
    assert again.headers["Idempotency-Hit"] == "true"
    assert again.json() == first.json()


async def test_keys_differ_by_case_and_by_every_character(desk: Desk, plan: make.Plan) -> None:
    for key in ("k", "K", "k ", "k2"):
        answer = await send(desk, plan, key)
        assert ("Idempotency-Hit" in answer.headers) == (key == "k ")


async def test_a_refused_request_leaves_its_key_free(desk: Desk, plan: make.Plan) -> None:
    before = (await desk.sizes())["idempotency_keys"]
    bad = desk.row(plan, 1, admission_number="nobody")
    assert (await send(desk, plan, "k", bad, path=f"{PATH}?atomic=true")).status_code == 409
    assert (await send(desk, plan, "k", {}, path=f"{PATH}?atomic=true")).status_code == 409
    assert (await send(desk, plan, "k", who="machine_2")).status_code == 404
    assert (await desk.sizes())["idempotency_keys"] == before
    taken = await send(desk, plan, "k", path=f"{PATH}?atomic=true")
    assert (taken.status_code, taken.json()["accepted"]) == (201, 1)
    assert "Idempotency-Hit" not in taken.headers


async def test_another_clients_equal_key_is_another_key(desk: Desk, plan: make.Plan) -> None:
    others = await desk.plan(organisation=1)
    assert (await send(desk, plan, "k")).json()["accepted"] == 1
    answer = await send(desk, others, "k", who="machine_2")
    assert (answer.status_code, answer.json()["accepted"]) == (201, 1)
    assert "Idempotency-Hit" not in answer.headers


async def test_an_equal_key_at_another_institution_is_another_key(desk: Desk, plan: make.Plan) -> None:
    elsewhere = await desk.plan(school=1)
    await send(desk, plan, "k")
    answer = await send(desk, elsewhere, "k", make.row(desk.world, elsewhere, 0, school=1))
    assert (answer.status_code, answer.json()["accepted"]) == (201, 1)


async def test_an_equal_key_on_another_path_is_another_key(desk: Desk) -> None:
    headers = desk.sign_in("registrar") | {"Idempotency-Key": "k"}
    wish = {"student_ids": [str(desk.world.schools[0].students[0])]}
    first = await desk.client.post("/v1/credit-accounts:open", json=wish, headers=headers)
    again = await desk.client.post("/v1/credit-accounts:open", json=wish, headers=headers)
    assert (first.json()["opened"], again.json()["opened"], again.headers["Idempotency-Hit"]) == (1, 1, "true")
    plan = await desk.plan(candidates=0)
    refused = await desk.client.post(
        f"/v1/exam-plans/{plan.id}/registrations", json={"registrations": []}, headers=headers
    )
    assert refused.status_code == 422
    assert "Idempotency-Hit" not in refused.headers


async def test_what_is_kept_of_an_answer_holds_no_row_and_no_document(desk: Desk, plan: make.Plan) -> None:
    kept = await send(desk, plan, "k", desk.row(plan), desk.row(plan, 1, admission_number="nobody"))
    assert kept.json()["row_outcomes"] is None
    again = await send(desk, plan, "k", desk.row(plan), desk.row(plan, 1, admission_number="nobody"))
    assert not any(number in again.text for number in desk.world.schools[0].documents)
