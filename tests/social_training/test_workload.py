"""Workload through HTTP: logged by teachers, verified by a second person into the book, reversed, stated."""

from uuid import uuid4

import pytest

from tests.social_training.make import DOCUMENT, Academy


async def test_without_a_ratio_nothing_is_converted_and_nothing_is_lost(academy: Academy) -> None:
    running = await academy.running()
    record = await academy.log(running)
    assert (record["state"], record["has_ratio"], record["allowed_deeds"]) == ("logged", False, ["change", "withdraw"])
    assert (await academy.record(record))["allowed_deeds"] == ["refuse"]
    refused = await academy.verify(record)
    assert (refused.status_code, refused.json()["code"]) == (409, "workload_ratio_missing")
    assert "2026-04-01" in refused.json()["detail"]
    assert (await academy.load(first="2026-04-02")).status_code == 201
    assert (await academy.verify(record)).json()["code"] == "workload_ratio_missing"
    assert (await academy.load(first="2026-01-01", last="2026-04-01")).status_code == 201
    assert (await academy.record(record))["allowed_deeds"] == ["verify", "refuse"]
    verified = await academy.verify(record)
    assert (verified.status_code, verified.json()) == (201, {"verified": 1, "hours_tenths": 35, "workload": "4.20"})


async def test_many_are_posted_at_once_and_stated_with_a_running_balance(academy: Academy) -> None:
    running = await academy.running()
    await academy.load("2/3")
    records = [await academy.log(running, day=day, tenths=tenths) for day, tenths in enumerate((10, 20, 5))]
    # Each record is rounded once: 0.666… to 0.67, 1.333… to 1.33, 0.333… to 0.33.
    assert (await academy.verify(*records)).json()["workload"] == "2.33"
    reversed_ = await academy.reverse(records[1])
    assert (reversed_.status_code, reversed_.json()["state"], reversed_.json()["reversal_reason"]) == (
        200,
        "reversed",
        "课时重复",
    )
    stated = await academy.statement()
    assert [(it["kind"], it["change"], it["balance"], it["reason"]) for it in stated["lines"]] == [
        ("workload", "0.67", "0.67", None),
        ("workload", "1.33", "2.00", None),
        ("workload", "0.33", "2.33", None),
        ("reverse_workload", "-1.33", "1.00", "课时重复"),
    ]
    assert (stated["workload"], stated["account_workload"], stated["hours_tenths"]) == ("1.00", "1.00", 15)
    assert {(it["ratio"], it["document_number"]) for it in stated["lines"]} == {("2/3", DOCUMENT)}
    other = await academy.statement(year="2026-2027")
    assert (other["lines"], other["workload"], other["account_workload"]) == ([], "0.00", "1.00")
    summary = await academy.desk.summary("workload")
    assert {kind["kind"]: kind["balance"] for kind in summary["kinds"]} == {
        "workload": 100, "workload_recognised": -100,
    }  # fmt: skip
    assert await academy.findings() == []


async def test_what_is_reversed_can_be_logged_anew_and_is_reversed_once(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    record = await academy.log(running)
    await academy.verify(record)
    twice = await academy.verify(record)
    assert [it["code"] for it in twice.json()["errors"]] == ["workload_record_decided"]
    again = await academy.post(
        "/workload-records",
        {"social_class_id": running["id"], "worked_on": "2026-04-01", "hours_tenths": 10, "what": "授课"},
        who="teacher",
    )
    assert (again.status_code, again.json()["code"]) == (409, "workload_day_logged")
    assert (await academy.reverse(record)).status_code == 200
    assert (await academy.reverse(record)).json()["code"] == "deed_not_allowed"
    anew = await academy.log(running, tenths=10)
    assert (await academy.verify(anew)).status_code == 201
    assert (await academy.statement())["workload"] == "1.20"
    assert await academy.findings() == []


async def test_nobody_decides_on_their_own_hours(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    own = await academy.log(running, who="coordinator")
    assert own["allowed_deeds"] == ["change", "withdraw"]
    refused = await academy.verify(own, who="coordinator")
    assert [it["code"] for it in refused.json()["errors"]] == ["workload_record_own"]
    answer = await academy.post(f"/workload-records/{own['id']}:refuse", {"reason": "-"})
    assert (answer.status_code, answer.json()["code"]) == (409, "workload_own_record")
    assert (await academy.verify(own)).status_code == 201
    answer = await academy.reverse(own, who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (409, "workload_own_record")


async def test_a_list_is_verified_whole_or_not_at_all(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    good, own = await academy.log(running, day=1), await academy.log(running, day=2, who="coordinator")
    refused = await academy.verify(good, own, {"id": str(uuid4())}, who="coordinator")
    assert [(it["pointer"], it["code"]) for it in refused.json()["errors"]] == [
        ("/record_ids/1", "workload_record_own"),
        ("/record_ids/2", "workload_record_unknown"),
    ]
    assert (await academy.record(good))["state"] == "logged"
    assert (await academy.verify(good, who="sibling_coordinator")).json()["errors"][0]["code"] == (
        "workload_record_unknown"
    )
    assert (await academy.verify(good, who="registrar_2")).json()["errors"][0]["code"] == "workload_record_unknown"


async def test_what_is_refused_is_put_right_and_waits_again(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    record = await academy.log(running)
    refused = await academy.done(f"/workload-records/{record['id']}:refuse", {"reason": "当日停课"})
    assert (refused["state"], refused["reason"]) == ("refused", "当日停课")
    path = f"/workload-records/{record['id']}"
    body = {"worked_on": "2026-04-02", "hours_tenths": 20, "what": "授课"}
    assert (await academy.put(path, body, who="teacher", tag='W/"old"')).status_code == 412
    await academy.log(running, day=1)
    clash = await academy.put(path, body, who="teacher")
    assert (clash.status_code, clash.json()["code"]) == (409, "workload_day_logged")
    changed = await academy.put(path, body | {"worked_on": "2026-04-03"}, who="teacher")
    assert (changed.json()["state"], changed.json()["hours_tenths"]) == ("logged", 20)
    withdrawn = await academy.done(f"{path}:withdraw", who="teacher")
    assert (withdrawn["state"], withdrawn["allowed_deeds"]) == ("withdrawn", [])
    assert (await academy.verify(record)).json()["errors"][0]["code"] == "workload_record_decided"


@pytest.mark.parametrize(
    ("day", "changes", "status", "code"),
    [
        ("2026-03-31", {}, 409, "workload_day_outside"),
        ("2026-05-11", {}, 409, "workload_day_outside"),
        ("2026-05-10", {}, 201, None),
        ("2026-04-01", {"hours_tenths": 241}, 422, "body_invalid"),
        ("2026-04-01", {"hours_tenths": 0}, 422, "body_invalid"),
    ],
)
async def test_hours_are_of_a_day_of_the_class_that_has_come(
    academy: Academy, day: str, changes: dict[str, int], status: int, code: str | None
) -> None:
    running = await academy.running()
    body = {"social_class_id": running["id"], "worked_on": day, "hours_tenths": 10, "what": "授课"} | changes
    answer = await academy.post("/workload-records", body, who="teacher")
    assert (answer.status_code, answer.json().get("code")) == (status, code)


async def test_only_who_teaches_a_class_that_runs_logs_on_it(academy: Academy) -> None:
    running = await academy.running(teacher_ids=[str(academy.teachers["teacher"])])
    body = {"social_class_id": running["id"], "worked_on": "2026-04-01", "hours_tenths": 10, "what": "授课"}
    answer = await academy.post("/workload-records", body, who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (409, "workload_not_their_class")
    assert (await academy.post("/workload-records", body, who="registrar")).status_code == 403
    opened = await academy.opened()
    answer = await academy.post("/workload-records", body | {"social_class_id": opened["id"]}, who="teacher")
    assert (answer.status_code, answer.json()["code"]) == (409, "deed_not_allowed")
    unknown = await academy.post("/workload-records", body | {"social_class_id": str(uuid4())}, who="teacher")
    assert unknown.status_code == 404


async def test_a_ratio_follows_another_and_never_changes_what_is_posted(academy: Academy) -> None:
    running = await academy.running()
    await academy.load("1.2")
    await academy.verify(await academy.log(running, day=9))
    used = await academy.load("1.5", first="2026-04-10")
    assert (used.status_code, used.json()["code"]) == (409, "workload_ratio_used")
    assert "2026-04-10" in used.json()["detail"]
    followed = await academy.load("1.5", first="2026-04-11")
    assert (followed.status_code, followed.json()["ratio"], followed.json()["is_in_force"]) == (201, "1.5", True)
    listed = (await academy.desk.get("/v1/workload-ratios", who="teacher"))["items"]
    assert [(it["ratio"], it["effective_from"], it["effective_to"], it["is_in_force"]) for it in listed] == [
        ("1.2", "2026-01-01", "2026-04-10", False),
        ("1.5", "2026-04-11", None, True),
    ]
    for first, last in (("2026-04-01", "2026-04-02"), ("2025-12-01", None), ("2026-04-11", None)):
        overlap = await academy.load("2", first=first, last=last)
        assert (overlap.status_code, overlap.json()["code"]) == (409, "workload_ratio_overlaps")
    await academy.verify(await academy.log(running, day=10))
    assert [it["ratio"] for it in (await academy.statement())["lines"]] == ["1.2", "1.5"]
    for wrong in ("0.09", "10.1", "1/0", "-1", "1.23456", "20000/20001", "一"):
        assert (await academy.load(wrong)).status_code == 422
    answer = await academy.post(
        "/workload-ratios", {"ratio": "1", "document_number": "-", "effective_from": "2030-01-01"}
    )
    assert answer.status_code == 403


async def test_each_sees_their_own_hours(academy: Academy) -> None:
    running = await academy.running()
    record = await academy.log(running)
    path = f"/v1/workload-records/{record['id']}"
    statuses = {
        who: await academy.desk.status(path, who=who)
        for who in ("teacher", "coordinator", "registrar", "auditor", "sibling_coordinator", "registrar_2", "student")
    }
    assert statuses == {
        "teacher": 200, "coordinator": 200, "registrar": 200, "auditor": 200, "sibling_coordinator": 404,
        "registrar_2": 404, "student": 403,
    }  # fmt: skip
    await academy.log(running, who="coordinator")
    mine = (await academy.desk.get("/v1/workload-records", who="coordinator", is_mine="true"))["items"]
    assert [it["teacher_name"] for it in mine] == ["教师coordinator"]
    queue = (await academy.desk.get("/v1/workload-records", who="coordinator", is_mine="false", state="logged"))[
        "items"
    ]
    assert [it["teacher_name"] for it in queue] == ["教师teacher"]
    own = f"/v1/workload-statements/{academy.teachers['teacher']}?academic_year=2025-2026"
    others = f"/v1/workload-statements/{academy.teachers['coordinator']}?academic_year=2025-2026"
    assert [await academy.desk.status(it, who="teacher") for it in (own, others)] == [200, 404]
    assert [await academy.desk.status(own, who=who) for who in ("coordinator", "sibling_coordinator")] == [200, 404]


async def test_the_same_key_verifies_once(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    record = await academy.log(running)
    answers = [await academy.verify(record, key="once") for _ in range(2)]
    assert [it.status_code for it in answers] == [201, 201]
    assert answers[1].headers["Idempotency-Hit"] == "true"
    assert len((await academy.statement())["lines"]) == 1
