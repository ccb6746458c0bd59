"""Who may look into a credit account."""

import pytest

from tests.exams import make
from tests.exams.desk import Desk


@pytest.fixture
async def account_id(desk: Desk) -> str:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0, 1)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    account_id: str = (await desk.account())["id"]
    return account_id


async def test_an_account_is_seen_by_its_student_and_those_who_look_after_them(desk: Desk, account_id: str) -> None:
    for path in (desk.account_path(), f"/v1/credit-accounts/{account_id}/entries"):
        for who in ("student", "coordinator", "registrar", "auditor"):
            assert await desk.status(path, who=who) == 200, (path, who)
        for who in ("sibling_coordinator", "student_2", "coordinator_2", "registrar_2", "auditor_2"):
            assert await desk.status(path, who=who) == 404, (path, who)
        for who in ("teacher", "expert", "org_staff", "machine", "operator", "security_admin"):
            assert await desk.status(path, who=who) == 403, (path, who)


@pytest.mark.usefixtures("account_id")
async def test_a_student_does_not_see_another_ones_account(desk: Desk) -> None:
    theirs = (await desk.account(1))["id"]
    assert await desk.status(desk.account_path(1), who="student") == 404
    assert await desk.status(f"/v1/credit-accounts/{theirs}/entries", who="student") == 404


async def test_the_other_institution_finds_nothing_under_the_same_paths(desk: Desk, account_id: str) -> None:
    assert await desk.status(desk.account_path(0, school=1), who="registrar") == 404
    assert await desk.status(desk.account_path(0, school=1), who="registrar_2") == 404
    assert (await desk.get("/v1/ledger/summary", who="registrar_2"))["units"] == []
    assert len((await desk.get("/v1/ledger/summary"))["units"]) == 1
    for who in ("coordinator", "student", "machine", "org_staff", "operator"):
        assert await desk.status("/v1/ledger/summary", who=who) == 403, who
    assert await desk.status(f"/v1/credit-accounts/{account_id}/entries", who="registrar_2") == 404


async def test_no_document_number_is_told_with_an_account(desk: Desk, account_id: str) -> None:
    headers = desk.sign_in("registrar")
    for path in (desk.account_path(), f"/v1/credit-accounts/{account_id}/entries"):
        answer = await desk.client.get(path, headers=headers)
        assert not any(number in answer.text for number in desk.world.schools[0].documents)


async def test_both_institutions_keep_books_of_their_own(desk: Desk) -> None:
    await desk.rule()
    await desk.rule(school=1, credit=500)
    plans = [await desk.plan(), await desk.plan(school=1)]
    for plan, school, who in zip(plans, (0, 1), ("registrar", "registrar_2"), strict=True):
        student = desk.world.schools[school].students[0]
        await desk.client.post(
            "/v1/credit-accounts:open",
            json={"student_ids": [str(student)]},
            headers=desk.sign_in(who) | {"Idempotency-Key": "one key for both"},
        )
        await desk.push(plan, make.row(desk.world, plan, 0, school=school))
    moved = [
        (await desk.get("/v1/ledger/summary", who=who))["units"][0]["moved"] for who in ("registrar", "registrar_2")
    ]
    assert moved == [300, 500]
