"""A year's collection through HTTP: opened, filled in, confirmed, sent back, accepted, and what comes of it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.exams.desk import set_clock
from tests.programme_data.make import DOCUMENT, FULL, YEAR, Bureau


async def test_a_year_from_the_opening_to_registrations_under_what_was_accepted(bureau: Bureau) -> None:
    opened = await bureau.open()
    assert [(it["draft"], it["overdue"]) for it in opened["colleges"]] == [(1, 0), (1, 0)]
    form = await bureau.form(opened)
    assert (form["state"], form["classes"], form["known"]["classes"], form["known"]["students"]) == (
        "draft",
        None,
        1,
        10,
    )
    assert form["allowed_deeds"] == ["fill", "submit"]

    told = await bureau.submitted(opened, students=12)
    assert (told["state"], told["version"], told["is_late"], told["differs"]) == ("submitted", 1, False, ["students"])
    back = await bureau.answer(form, "send-back", comment="学生数与学籍不符")
    assert (back.json()["state"], back.json()["comment"]) == ("returned", "学生数与学籍不符")
    told = await bureau.submitted(opened)
    assert (told["version"], told["differs"]) == (2, [])

    grants = [{"certificate_level_id": bureau.level(), "quota": 2}]
    accepted = await bureau.answer(form, "accept", decision_document=DOCUMENT, grants=grants)
    assert accepted.json()["state"] == "accepted", accepted.text
    (part,) = (await bureau.desk.get("/v1/participations", academic_year=YEAR))["items"]
    assert (part["programme_id"], part["state"], part["quota_asked"], part["quota"], part["decision_document"]) == (
        form["programme_id"],
        "approved",
        10,
        2,
        DOCUMENT,
    )
    plan = await bureau.plan()
    assert (await bureau.register(plan, 0, 1)).status_code == 201
    assert (await bureau.register(plan, 2)).json()["errors"][0]["code"] == "beyond_quota"
    known = (await bureau.desk.get(f"/v1/programme-returns/{form['id']}"))["known"]["participations"]
    assert [(it["quota"], it["taken"]) for it in known] == [(2, 2)]

    history = await bureau.desk.get(f"/v1/programme-returns/{form['id']}/history", who="coordinator")
    assert [(it["number"], it["figures"]["students"], it["known"]["students"]) for it in history["versions"]] == [
        (1, 12, 10),
        (2, 10, 10),
    ]
    assert [(it["version"], it["state"], it["granted"]) for it in history["decisions"]] == [
        (1, "returned", {}),
        (2, "accepted", {bureau.level(): 2}),
    ]


async def test_accepting_again_adjusts_what_was_granted_and_never_below_what_is_taken(bureau: Bureau) -> None:
    opened = await bureau.open()
    form = await bureau.submitted(opened)
    await bureau.answer(form, "accept", decision_document=DOCUMENT)
    await bureau.register(await bureau.plan(), 0, 1, 2)
    await bureau.answer(form, "send-back", comment="名额调整")
    await bureau.submitted(opened, levels=[{"certificate_level_id": bureau.level(), "quota_asked": 5}])
    few = [{"certificate_level_id": bureau.level(), "quota": 2}]
    refused = await bureau.answer(form, "accept", decision_document="教〔2026〕9号", grants=few)
    assert (refused.status_code, refused.json()["code"]) == (409, "quota_below_taken")
    assert (await bureau.desk.get(f"/v1/programme-returns/{form['id']}"))["state"] == "submitted"
    accepted = await bureau.answer(form, "accept", decision_document="教〔2026〕9号")
    assert accepted.status_code == 200, accepted.text
    (part,) = (await bureau.desk.get("/v1/participations"))["items"]
    assert (part["quota"], part["taken"], part["left"], part["decision_document"]) == (5, 3, 2, "教〔2026〕9号")
    decisions = await bureau.desk.get(f"/v1/participations/{part['id']}/decisions")
    assert [it["deed"] for it in decisions] == ["grant", "grant"]


async def test_what_was_submitted_stays_as_it_was(bureau: Bureau) -> None:
    opened = await bureau.open()
    form = await bureau.submitted(opened)
    path = f"/v1/programme-returns/{form['id']}/history"
    before = await bureau.desk.get(path)
    async with bureau.desk.service.database.transaction(institution_id=bureau.desk.world.schools[0].id) as session:
        await session.execute(text("UPDATE students SET status = 'left'"))
    assert await bureau.desk.get(path) == before
    assert (await bureau.desk.get(f"/v1/programme-returns/{form['id']}"))["differs"] == ["classes", "students"]
    answer = await bureau.fill(form, **FULL)
    assert (answer.status_code, answer.json()["code"]) == (409, "deed_not_allowed")


async def test_data_that_come_after_the_day_are_late_and_a_closed_round_takes_none(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await bureau.open(due_on="2026-05-10")
    set_clock(monkeypatch, datetime(2026, 5, 10, 16, 0, tzinfo=UTC))
    (own,) = (await bureau.desk.get(f"/v1/collection-rounds/{opened['id']}", who="coordinator"))["colleges"]
    assert (own["draft"], own["overdue"]) == (1, 1)
    told = await bureau.submitted(opened)
    assert told["is_late"] is True
    late = await bureau.desk.get("/v1/programme-returns", is_late="true")
    assert [it["id"] for it in late["items"]] == [told["id"]]
    await bureau.send(f"/collection-rounds/{opened['id']}:extend", {"due_on": "2026-06-30"}, who="registrar")
    assert (await bureau.desk.get(f"/v1/programme-returns/{told['id']}"))["is_late"] is True

    await bureau.answer(told, "send-back", comment="补正")
    closed = await bureau.send(f"/collection-rounds/{opened['id']}:close", {}, who="registrar")
    assert (closed.json()["state"], closed.json()["allowed_deeds"]) == ("closed", ["reopen"])
    for answer in (await bureau.fill(told, **FULL), await bureau.submit(told)):
        assert (answer.status_code, answer.json()["code"]) == (409, "collection_round_closed")
    await bureau.send(f"/collection-rounds/{opened['id']}:reopen", {}, who="registrar")
    assert (await bureau.submit(told)).json()["is_late"] is False


async def test_a_form_is_filled_in_and_confirmed_as_it_was_read(bureau: Bureau) -> None:
    form = await bureau.form(await bureau.open())
    old = await bureau.tag(form)
    assert (await bureau.fill(form, **FULL)).status_code == 200
    for answer in (await bureau.fill(form, tag=old, **FULL), await bureau.submit(form, tag=old)):
        assert (answer.status_code, answer.json()["code"]) == (412, "if_match_failed")
    path, headers = f"/v1/programme-returns/{form['id']}", bureau.desk.sign_in("coordinator")
    assert (await bureau.desk.client.put(path, json=FULL, headers=headers)).status_code == 428
    assert (await bureau.desk.client.post(f"{path}:submit", headers=headers)).status_code == 428


async def test_what_is_not_whole_or_not_known_is_refused(bureau: Bureau) -> None:
    form = await bureau.form(await bureau.open())
    answer = await bureau.submit(form)
    assert (answer.status_code, answer.json()["code"]) == (409, "programme_figures_missing")
    assert answer.json()["detail"] == "未填：classes, students, teachers。"
    strange = [{"certificate_level_id": form["id"], "quota_asked": 1}]
    answer = await bureau.fill(form, levels=strange)
    assert (answer.status_code, answer.json()["code"]) == (409, "programme_levels_unknown")
    wish = {"certificate_level_id": bureau.level(), "quota_asked": 1}
    assert (await bureau.fill(form, levels=[wish, wish])).status_code == 422
    submitted = await bureau.submitted({"id": form["collection_round_id"]})
    grants = [{"certificate_level_id": bureau.level("1"), "quota": 1}]
    answer = await bureau.answer(submitted, "accept", decision_document=DOCUMENT, grants=grants)
    assert (answer.status_code, answer.json()["code"]) == (409, "programme_grants_unfit")
    await bureau.exit_certificate()
    answer = await bureau.answer(submitted, "accept", decision_document=DOCUMENT)
    assert (answer.status_code, answer.json()["code"]) == (409, "participation_not_admitted")
    assert (await bureau.desk.get("/v1/participations"))["items"] == []


async def test_a_year_is_collected_once_and_each_sees_their_own(bureau: Bureau) -> None:
    opened = await bureau.open()
    body = {"academic_year": YEAR, "title": "再开", "due_on": "2026-06-01"}
    answer = await bureau.send("/collection-rounds", body, who="registrar")
    assert (answer.status_code, answer.json()["code"]) == (409, "collection_round_exists")
    form = await bureau.form(opened)
    path = f"/v1/programme-returns/{form['id']}"
    seen = {who: await bureau.desk.status(path, who=who) for who in ("coordinator", "registrar", "auditor")}
    assert set(seen.values()) == {200}
    hidden = {who: await bureau.desk.status(path, who=who) for who in ("sibling_coordinator", "registrar_2")}
    assert set(hidden.values()) == {404}
    assert (await bureau.fill(form, who="registrar", tag="*", **FULL)).status_code == 403
    assert (await bureau.fill(form, who="sibling_coordinator", tag="*", **FULL)).status_code == 404
