"""Opening accounts before and after certificates come, and what the account and its entries tell."""

from uuid import uuid4

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    return await desk.plan()


def told(**figures: int | str) -> Json:
    """Write what opening accounts answers when nobody is left out for another reason."""
    return {"not_enrolled": 0, "skipped": [], **figures}


async def test_a_certificate_waits_for_the_account_and_opening_it_posts_the_credits(
    desk: Desk, plan: make.Plan
) -> None:
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["outcomes"] == {"account_not_open": 1}
    assert batch["downstream"]["awards_issued"] == 1
    assert await desk.status(desk.account_path(), who="registrar") == 404
    opened = await desk.open_accounts(0)
    assert opened == told(opened=1, already_open=0, outcomes_recognised=1, credit_posted="3.00")
    account = await desk.account()
    assert (account["accumulated"], account["state"]) == ("3.00", "active")
    (outcome,) = account["outcomes"]
    assert (outcome["state"], outcome["reason"], outcome["credit"]) == ("recognised", "deposited", "3.00")
    (entry,) = await desk.entries()
    assert (entry["seq"], entry["phase"], entry["amount"], entry["available_after"]) == (1, "single", "3.00", "3.00")
    assert (entry["outcome_id"], entry["award_id"]) == (outcome["id"], outcome["award_id"])
    assert entry["mapping_id"] == outcome["mapping_id"]


async def test_a_whole_cohort_is_opened_at_once_and_only_once(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(9)
    await desk.push(plan, *(desk.row(plan, index) for index in range(10)))
    opened = await desk.open_accounts()
    assert opened | {"skipped": []} == told(opened=9, already_open=1, outcomes_recognised=9, credit_posted="27.00")
    assert [it["reason"] for it in opened["skipped"]] == ["already_open"]
    assert {(await desk.account(index))["accumulated"] for index in range(10)} == {"3.00"}
    again = await desk.open_accounts()
    assert again | {"skipped": []} == told(opened=0, already_open=10, outcomes_recognised=0, credit_posted="0.00")
    summary = await desk.summary()
    assert (summary["moved"], summary["transfers"]) == (3_000, 10)


async def test_of_two_levels_that_waited_for_the_account_the_higher_counts(desk: Desk, plan: make.Plan) -> None:
    await desk.rule(level="1", credit=100)
    lower = await desk.plan(levels=("1",), candidates=1)
    await desk.push(plan, desk.row(plan))
    await desk.push(lower, desk.row(lower))
    opened = await desk.open_accounts(0)
    assert (opened["outcomes_recognised"], opened["credit_posted"]) == (2, "3.00")
    assert await desk.reasons() == {"1": "higher_level_counts", "2": "deposited"}
    assert len(await desk.entries()) == 1


async def test_an_account_of_nobody_or_of_somebody_elses_student_is_not_opened(desk: Desk) -> None:
    school, other = desk.world.schools
    cases: list[tuple[str, Json, int, str]] = [
        ("registrar", {"student_ids": [str(school.students[0]), str(other.students[0])]}, 409, "students_unknown"),
        ("registrar", {"student_ids": [str(uuid4())]}, 409, "students_unknown"),
        ("registrar", {"programme_id": str(other.programmes[0])}, 409, "cohort_empty"),
        ("registrar", {"programme_id": str(school.programmes[1])}, 409, "cohort_empty"),
        ("sibling_coordinator", {"programme_id": str(school.programmes[0])}, 409, "cohort_empty"),
        ("sibling_coordinator", {"student_ids": [str(school.students[0])]}, 409, "students_unknown"),
        ("registrar", {"programme_id": str(school.programmes[0]), "student_ids": []}, 422, "body_invalid"),
        ("registrar", {"entry_year": 2024}, 422, "body_invalid"),
        ("registrar", {}, 422, "body_invalid"),
        ("student", {"student_ids": [str(school.students[0])]}, 403, "forbidden"),
        ("org_staff", {"student_ids": [str(school.students[0])]}, 403, "forbidden"),
        ("auditor", {"student_ids": [str(school.students[0])]}, 403, "forbidden"),
    ]
    for who, wish, status, code in cases:
        headers = desk.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        answer = await desk.client.post("/v1/credit-accounts:open", json=wish, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code), (who, wish)
    assert await desk.status(desk.account_path(), who="registrar") == 404


async def test_a_coordinator_opens_accounts_of_their_own_college(desk: Desk) -> None:
    assert (await desk.open_accounts(0, 1, who="coordinator"))["opened"] == 2


async def test_entries_come_in_their_order_page_by_page(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    for revision in range(1, 6):
        await desk.push(plan, desk.row(plan, revision=revision, **({} if revision % 2 else make.FAILED)))
    account = await desk.account()
    path = f"/v1/credit-accounts/{account['id']}/entries"
    seqs: list[int] = []
    token: dict[str, str] = {}
    while True:
        answer = await desk.client.get(path, params={"page_size": 2, **token}, headers=desk.sign_in("student"))
        page = answer.json()
        seqs += [entry["seq"] for entry in page["items"]]
        assert ("Link" in answer.headers) == (page["next_page_token"] is not None)
        if page["next_page_token"] is None:
            break
        token = {"page_token": page["next_page_token"]}
    assert seqs == [1, 2, 3, 4, 5]


async def test_who_left_gets_no_account(desk: Desk) -> None:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        await make.let_leave(session, desk.world, 0)
    opened = await desk.open_accounts(0, 1)
    assert (opened["opened"], opened["already_open"], opened["not_enrolled"]) == (1, 0, 1)
    assert await desk.status(desk.account_path(0), who="registrar") == 404
