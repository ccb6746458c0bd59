"""The organisations' door: what a machine client finds behind it, and what it does not."""

from uuid import uuid4

import httpx
import pytest

from tests.conftest import make_token
from tests.exams import make
from tests.exams.desk import Desk, Json


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


async def test_an_organisation_sees_its_own_plans_at_whichever_institution(desk: Desk, plan: make.Plan) -> None:
    elsewhere = await desk.plan(school=1)
    others = await desk.plan(organisation=1)
    mine = await desk.get("/v1/partner/exam-plans", who="machine")
    assert [found["id"] for found in mine["items"]] == sorted([str(plan.id), str(elsewhere.id)])
    theirs = await desk.get("/v1/partner/exam-plans", who="machine_2")
    assert [found["id"] for found in theirs["items"]] == [str(others.id)]


async def test_candidates_come_by_admission_number_with_their_documents_masked(desk: Desk, plan: make.Plan) -> None:
    path = f"/v1/partner/exam-plans/{plan.id}/candidates"
    found: list[Json] = []
    token: dict[str, str] = {}
    headers = desk.sign_in("machine")
    while True:
        answer = await desk.client.get(path, params={"page_size": 4, **token}, headers=headers)
        assert not any(number in answer.text for number in desk.world.schools[0].documents)
        page = answer.json()
        found += page["items"]
        if page["next_page_token"] is None:
            break
        assert answer.headers["Link"].startswith(f"<{path}?page_size=4&page_token=")
        token = {"page_token": page["next_page_token"]}
    assert [candidate["admission_number"] for candidate in found] == plan.admission_numbers
    first, number = found[0], desk.world.schools[0].documents[0]
    assert first == {
        "admission_number": plan.admission_numbers[0],
        "name": "学生10",
        "masked_document_number": f"{number[:6]}********{number[-4:]}",
        "certificate_level_id": str(plan.level_ids[0]),
        "level": "2",
        "state": "accepted",
        "exempt_components": [],
    }


async def test_another_organisation_finds_neither_plan_nor_candidates_nor_batch_nor_rows(
    desk: Desk, plan: make.Plan
) -> None:
    batch = await desk.push(plan, desk.row(plan))
    paths = [
        f"/v1/partner/exam-plans/{plan.id}/candidates",
        f"/v1/partner/result-batches/{batch['id']}",
        batch["row_outcomes_url"],
    ]
    assert [await desk.status(path, who="machine") for path in paths] == [200] * 3
    assert [await desk.status(path, who="machine_2") for path in paths] == [404] * 3
    answer = await desk.send(plan, desk.row(plan, 1), who="machine_2")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    unknown = [path.replace(str(plan.id), str(uuid4())).replace(batch["id"], str(uuid4())) for path in paths]
    assert [await desk.status(path, who="machine") for path in unknown] == [404] * 3


async def test_nobody_but_a_machine_client_comes_through_this_door(desk: Desk, plan: make.Plan) -> None:
    batch = await desk.push(plan, desk.row(plan))
    for who in ("registrar", "coordinator", "student", "auditor", "org_staff", "operator", "security_admin"):
        assert await desk.status("/v1/partner/exam-plans", who=who) == 403, who
        assert await desk.status(batch["row_outcomes_url"], who=who) == 403, who
        assert (await desk.send(plan, desk.row(plan, 1), who=who)).status_code == 403, who
    assert (await desk.client.get("/v1/partner/exam-plans")).status_code == 401


async def test_a_token_opens_only_what_it_was_given_for(desk: Desk, plan: make.Plan) -> None:
    client_id = desk.world.callers["machine"].id

    async def ask(scope: str) -> tuple[int, int, int]:
        headers = {"Authorization": f"Bearer {make_token(desk.service, client_id, scope=scope)}"}
        reads = [
            await desk.client.get(path, headers=headers)
            for path in ("/v1/partner/exam-plans", f"/v1/partner/exam-plans/{plan.id}/candidates")
        ]
        push: httpx.Response = await make.push(desk.client, headers, plan, [desk.row(plan)])
        return reads[0].status_code, reads[1].status_code, push.status_code

    assert await ask("plans:read") == (200, 403, 403)
    assert await ask("candidates:read results:write") == (403, 200, 201)
    assert await ask("ledger:read mappings:publish") == (403, 403, 403)
    assert await ask("") == (403, 403, 403)


async def test_a_page_token_somebody_made_up_is_refused(desk: Desk, plan: make.Plan) -> None:
    batch = await desk.push(plan, desk.row(plan))
    headers = desk.sign_in("machine")
    for path, tokens in (
        (batch["row_outcomes_url"], ("x", "WyJhIl0=", "WyItMSJd", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd", "WyIxIiwiMiJd")),
        (f"/v1/partner/exam-plans/{plan.id}/candidates", ("x", "WyJcdTAwMDAiXQ==", "WyJcdWQ4MDAiXQ==", "WyIxIiwiMiJd")),
        ("/v1/partner/exam-plans", ("WyJub2JvZHkiXQ==", "W10=", "WzFd", "WyIxIiwiMiJd")),
    ):
        for token in tokens:
            answer = await desk.client.get(path, params={"page_token": token}, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), (path, token)
