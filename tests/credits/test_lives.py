"""Accounts frozen, going on and closed with a certified statement; cohorts by class; lists and rates."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.credits.make import deeds
from tests.exams import make
from tests.exams.desk import Desk, Json, set_clock
from tests.ledger.purse import purse_of

REASON = {"reason": "休学一学期"}
UNTIL = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    await desk.rule()
    return await desk.plan()


async def do(desk: Desk, deed: str, account_id: str, *, who: str = "registrar", status: int = 200) -> Json:
    """Do a deed on an account."""
    answer = await desk.client.post(f"/v1/credit-accounts/{account_id}:{deed}", json=REASON, headers=desk.sign_in(who))
    assert answer.status_code == status, answer.text
    told: Json = answer.json()
    return told


async def test_a_frozen_account_takes_nothing_and_what_waited_is_posted_when_it_goes_on(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.open_accounts(0)
    account = await desk.account()
    assert account["allowed_deeds"] == ["freeze", "close"]
    frozen = await do(desk, "freeze", account["id"])
    assert (frozen["state"], frozen["state_reason"]) == ("frozen", REASON["reason"])
    assert frozen["allowed_deeds"] == ["unfreeze", "close"]
    assert (await do(desk, "freeze", account["id"], status=409))["code"] == "deed_not_allowed"
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["outcomes"] == {"account_not_open": 1}
    assert (await desk.open_accounts(0))["already_open"] == 1
    going_on = await do(desk, "unfreeze", account["id"])
    assert (going_on["state"], going_on["accumulated"]) == ("active", "3.00")
    assert [detail["to"] for detail in await deeds(desk, "freeze_credit_account")] == ["frozen"]


async def test_pending_credits_still_post_into_a_frozen_account(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.rule()
    plan = await desk.plan(objections_until=UNTIL)
    await desk.open_accounts(0)
    set_clock(monkeypatch, UNTIL - timedelta(days=1))
    await desk.push(plan, desk.row(plan))
    account = await desk.account()
    await do(desk, "freeze", account["id"])
    refused = await do(desk, "close", account["id"], status=409)
    assert (refused["code"], refused["figures"]) == ("account_not_settled", {"held": 0, "pending": 300})
    set_clock(monkeypatch, UNTIL)
    assert await desk.post_due_deposits() == 1
    assert (await desk.account())["accumulated"] == "3.00"


async def test_closing_certifies_what_is_there_and_leaves_it_on_record(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    account = await desk.account()
    closed = await do(desk, "close", account["id"])
    assert (closed["state"], closed["accumulated"], closed["allowed_deeds"]) == ("closed", "3.00", [])
    assert closed["closed_at"] is not None
    certified = await desk.get(f"/v1/credit-accounts/{account['id']}/closing-statement")
    assert (certified["accumulated"], certified["movements"]) == ("3.00", 1)
    assert hashlib.sha256(certified["content"].encode()).hexdigest() == certified["content_hash"]
    content = json.loads(certified["content"])
    assert (content["accumulated"], content["student_id"]) == ("3.00", account["student_id"])
    assert content["entries"][0]["evidence"]["award_number"] in content["entries"][0]["says"]["zh-CN"]
    for deed in ("freeze", "unfreeze", "close"):
        assert (await do(desk, deed, account["id"], status=409))["code"] == "deed_not_allowed"
    # A new account begins with nothing, and the certificate counts once.
    assert (await desk.open_accounts(0))["opened"] == 1
    assert (await desk.account())["accumulated"] == "0.00"
    assert (await desk.account())["id"] != account["id"]


async def test_an_account_with_something_held_is_not_closed(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    purse = await purse_of(desk, 0)
    hold = await purse.move(("out", 100), phase="pending")
    account = await desk.account()
    refused = await do(desk, "close", account["id"], status=409)
    assert refused["figures"] == {"held": 100, "pending": 0}
    assert (await desk.account())["state"] == "active"
    await purse.reverse(hold)
    assert (await do(desk, "close", account["id"]))["state"] == "closed"


async def test_a_certificate_revoked_later_takes_its_credits_back_from_the_closed_account(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    account = await desk.account()
    await do(desk, "close", account["id"])
    await desk.push(plan, desk.row(plan, revision=2, grading="voided"))
    stated = await desk.get(f"/v1/credit-accounts/{account['id']}/statement")
    assert (stated["accumulated"], stated["movements"]) == ("0.00", 2)
    certified = await desk.get(f"/v1/credit-accounts/{account['id']}/closing-statement")
    assert json.loads(certified["content"])["accumulated"] == "3.00"


async def test_an_account_moves_with_its_student_to_another_programme(desk: Desk, plan: make.Plan) -> None:
    school = desk.world.schools[0]
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    before = await desk.account()
    async with desk.service.database.transaction(institution_id=school.id) as session:
        await session.execute(
            text("UPDATE students SET programme_id = :programme WHERE institution_id = :school AND id = :student"),
            {"programme": school.programmes[1], "school": school.id, "student": school.students[0]},
        )
    after = await desk.account()
    assert (after["id"], after["accumulated"]) == (before["id"], "3.00")
    assert await desk.status(desk.account_path(), who="coordinator") == 404
    assert await desk.status(desk.account_path(), who="sibling_coordinator") == 200


async def test_a_class_is_opened_at_once_and_who_is_left_out_is_told(desk: Desk) -> None:
    school = desk.world.schools[0]
    await desk.open_accounts(0)
    async with desk.service.database.transaction(institution_id=school.id) as session:
        for index, change in ((1, "status = 'left'"), (2, "class_name = '另一个班'")):
            await session.execute(
                text(f"UPDATE students SET {change} WHERE institution_id = :school AND id = :student"),
                {"school": school.id, "student": school.students[index]},
            )
        asked = text("SELECT class_name, entry_year, programme_id FROM students WHERE id = :student")
        student = (await session.execute(asked, {"student": school.students[0]})).one()
        counted = text("SELECT count(*) FROM students WHERE class_name = :name AND programme_id = :programme")
        size = (
            await session.execute(counted, {"name": student.class_name, "programme": student.programme_id})
        ).scalar_one()
    cohort = {
        "programme_id": str(student.programme_id),
        "entry_year": student.entry_year,
        "class_name": student.class_name,
    }
    answer = await desk.client.post(
        "/v1/credit-accounts:open",
        json=cohort,
        headers=desk.sign_in("registrar") | {"Idempotency-Key": "a class"},
    )
    assert answer.status_code == 201, answer.text
    opened = answer.json()
    assert (opened["opened"], opened["already_open"], opened["not_enrolled"]) == (size - 2, 1, 1)
    assert {(it["student_id"], it["reason"]) for it in opened["skipped"]} == {
        (str(school.students[0]), "already_open"),
        (str(school.students[1]), "not_enrolled"),
    }
    del cohort["entry_year"]
    answer = await desk.client.post(
        "/v1/credit-accounts:open", json=cohort, headers=desk.sign_in("registrar") | {"Idempotency-Key": "b"}
    )
    assert answer.status_code == 422


async def test_accounts_are_listed_by_filters_in_pages(desk: Desk, plan: make.Plan) -> None:
    await desk.open_accounts()
    await desk.push(plan, desk.row(plan, 3))
    school = desk.world.schools[0]
    first = await desk.get("/v1/credit-accounts", page_size=4, college_id=str(school.colleges[0]), state="active")
    rest = await desk.get("/v1/credit-accounts", page_size=100, page_token=first["next_page_token"])
    found = {row["student_id"]: row["accumulated"] for row in first["items"] + rest["items"]}
    assert set(found) == {str(student) for student in school.students}
    assert found[str(school.students[3])] == "3.00"
    queries: tuple[dict[str, Any], ...] = (
        {"state": "closed"},
        {"entry_year": 1999},
        {"class_name": "没有"},
        {"programme_id": str(UUID(int=1))},
    )
    for query in queries:
        assert (await desk.get("/v1/credit-accounts", **query))["items"] == []
    assert (await desk.get("/v1/credit-accounts", who="sibling_coordinator"))["items"] == []


@pytest.mark.parametrize("by", ["college", "programme", "entry_year"])
async def test_the_opening_rate_is_told_with_numerator_and_denominator(desk: Desk, by: str) -> None:
    school = desk.world.schools[0]
    async with desk.service.database.transaction(institution_id=school.id) as session:
        await session.execute(
            text("UPDATE programmes SET is_pilot = id = :id, is_showcase = false"), {"id": school.programmes[0]}
        )
    await desk.open_accounts(0, 1, 2)
    rates = await desk.get("/v1/credit-account-rates", by=by)
    assert sum(group["students"] for group in rates["groups"]) == rates["total"]["students"] == 10
    assert (rates["total"]["open_accounts"], rates["total"]["rate_percent"]) == (3, "30.00")
    async with desk.service.database.transaction(institution_id=school.id) as session:
        await session.execute(text("UPDATE programmes SET is_pilot = false, is_showcase = false"))
    rates = await desk.get("/v1/credit-account-rates", by=by)
    assert (rates["groups"], rates["total"]["rate_percent"]) == ([], None)
