"""Consultations through HTTP: written, signed off for good, added to, and what follows from them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.exams.desk import set_clock
from tests.guidance.make import Guide


async def test_minutes_change_until_they_are_signed_off_and_then_only_grow(guide: Guide) -> None:
    drafted = await guide.consult()
    assert drafted["allowed_deeds"] == ["change", "sign_off", "follow_up"]
    path = f"/consultations/{drafted['id']}"
    wish = guide.consultation_wish({"id": drafted["parties"][0]["party_id"]}, minutes="定稿")
    assert (await guide.put(path, wish)).json()["minutes"] == "定稿"
    signed = (await guide.sign_off(drafted)).json()
    assert (signed["state"], signed["allowed_deeds"]) == ("signed_off", ["add", "follow_up"])
    assert [(it["number"], it["body"], it["writer_name"]) for it in signed["entries"]] == [(1, "定稿", "coordinator")]
    changed = await guide.put(path, wish | {"minutes": "改写"})
    assert (changed.status_code, changed.json()["code"]) == (409, "deed_not_allowed")
    assert (await guide.sign_off(drafted)).json()["code"] == "deed_not_allowed"
    told = await guide.done(f"{path}:add", {"body": "补充：\n学会同意提供案例。"})
    assert [(it["number"], it["body"]) for it in told["entries"]] == [(1, "定稿"), (2, "补充：\n学会同意提供案例。")]
    assert told["minutes"] == "定稿"


async def test_what_was_signed_off_keeps_who_met_and_the_service_cannot_write_it(guide: Guide) -> None:
    drafted = await guide.consult()
    await guide.sign_off(drafted)
    async with guide.desk.service.database.transaction(read_only=True) as session:
        record = (await session.execute(text("SELECT record FROM minute_entries"))).scalar_one()
    assert (record["held_on"], record["parties"][0]["party_id"]) == ("2026-05-08", drafted["parties"][0]["party_id"])


async def test_whoever_changes_or_signs_names_the_copy_they_read(guide: Guide) -> None:
    drafted = await guide.consult()
    path = f"/consultations/{drafted['id']}"
    wish = guide.consultation_wish({"id": drafted["parties"][0]["party_id"]})
    stale = await guide.put(path, wish, tag='W/"0"')
    assert (stale.status_code, stale.json()["code"]) == (412, "if_match_failed")
    unnamed = await guide.post(f"{path}:sign-off")
    assert (unnamed.status_code, unnamed.json()["code"]) == (428, "if_match_missing")


async def test_only_what_was_held_and_written_is_signed_off(guide: Guide) -> None:
    planned = await guide.consult(held_on="2026-06-01")
    assert (await guide.sign_off(planned)).json()["code"] == "held_in_future"
    empty = await guide.consult(minutes=None)
    assert "sign_off" not in empty["allowed_deeds"]
    assert (await guide.sign_off(empty)).json()["code"] == "minutes_missing"
    assert await guide.refused(f"/consultations/{empty['id']}:add", {"body": "补充"}) == (409, "deed_not_allowed")


async def test_a_consultation_is_its_colleges_and_the_offices_are_read_by_all(guide: Guide) -> None:
    own = await guide.consult()
    office = await guide.consult(who="registrar", college_id=None)
    for who, seen in (
        ("coordinator", [own["id"], office["id"]]),
        ("sibling_coordinator", [office["id"]]),
        ("auditor", [own["id"], office["id"]]),
        ("registrar_2", []),
    ):
        assert [it["id"] for it in await guide.items("/consultations", who=who)] == seen, who
    assert await guide.desk.status("/v1/consultations", who="teacher") == 403
    (read,) = [it for it in await guide.items("/consultations") if it["id"] == office["id"]]
    assert read["allowed_deeds"] == []
    assert (await guide.sign_off(office)).status_code == 404
    party = {"id": own["parties"][0]["party_id"]}
    mine = guide.consultation_wish(party, college_id=None)
    assert await guide.refused("/consultations", mine) == (404, "not_found")
    other = guide.consultation_wish(party, college_id=guide.college(1))
    assert await guide.refused("/consultations", other) == (404, "not_found")


async def test_a_party_that_is_not_in_the_register_was_not_there(guide: Guide) -> None:
    foreign = await guide.party("别校单位", who="registrar_2")
    refused = await guide.refused("/consultations", guide.consultation_wish(foreign))
    assert refused == (409, "outside_parties_unknown")


async def test_what_follows_is_done_by_its_owner_and_checked_by_another(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = await guide.consult()
    agreed = await guide.follow_up(consultation)
    assert (agreed["state"], agreed["is_overdue"], agreed["allowed_deeds"]) == ("open", False, ["reassign", "finish"])
    assert await guide.told("coordinator") == [("follow_ups.given", "回函确认企业需求")]
    path = f"/follow-ups/{agreed['id']}"
    assert await guide.refused(f"{path}:finish", {"result": "已回函"}, who="registrar") == (403, "deed_of_another")
    set_clock(monkeypatch, datetime(2026, 5, 13, 4, tzinfo=UTC))
    (late,) = await guide.items("/follow-ups", overdue="true", mine="true")
    assert late["is_overdue"]
    (told,) = await guide.items("/consultations")
    assert (told["follow_ups"], told["open_follow_ups"], told["overdue_follow_ups"]) == (1, 1, 1)
    done = await guide.done(f"{path}:finish", {"result": "已回函"})
    assert (done["state"], done["is_overdue"], done["allowed_deeds"]) == ("done", False, [])
    assert await guide.refused(f"{path}:check", {}) == (403, "deed_of_another")
    again = await guide.done(f"{path}:reopen", {"comment": "缺盖章件", "due_on": "2026-05-15"}, who="registrar")
    assert (again["state"], again["comment"], again["due_on"]) == ("reopened", "缺盖章件", "2026-05-15")
    await guide.done(f"{path}:finish", {"result": "已补盖章件"})
    checked = await guide.done(f"{path}:check", {}, who="registrar")
    assert (checked["state"], checked["checker_name"], checked["allowed_deeds"]) == ("checked", "registrar", [])
    assert await guide.refused(f"{path}:finish", {"result": "再来"}) == (409, "deed_not_allowed")


async def test_what_is_to_be_done_can_be_given_to_another_who_then_sees_it(guide: Guide) -> None:
    office = await guide.consult(who="registrar", college_id=None)
    agreed = await guide.follow_up(office, owner="sibling_coordinator", who="registrar")
    path = f"/follow-ups/{agreed['id']}"
    assert [it["id"] for it in await guide.items("/follow-ups", who="sibling_coordinator", mine="true")] == [
        agreed["id"]
    ]
    wish = {"owner_id": guide.person("coordinator"), "due_on": "2026-05-18"}
    assert await guide.refused(f"{path}:reassign", wish, who="sibling_coordinator") == (403, "deed_of_another")
    moved = await guide.done(f"{path}:reassign", wish, who="registrar")
    assert (moved["owner_name"], moved["due_on"]) == ("coordinator", "2026-05-18")


@pytest.mark.parametrize("owner", ["sibling_coordinator", "teacher", "registrar_2", "student"])
async def test_who_cannot_see_a_consultation_owns_nothing_of_it(guide: Guide, owner: str) -> None:
    consultation = await guide.consult()
    wish = {
        "consultation_id": consultation["id"],
        "task": "回函",
        "owner_id": guide.person(owner),
        "due_on": "2026-05-11",
    }
    assert await guide.refused("/follow-ups", wish) == (409, "owner_unfit")
    assert await guide.refused("/follow-ups", wish, who="sibling_coordinator") == (404, "not_found")
