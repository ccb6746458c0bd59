"""Outside parties through HTTP: the register, letters and what answers them, and whom they want trained."""

from typing import Any

import pytest

from tests.guidance.make import Guide

CODE = "91350100M000100Y43"


async def test_a_party_is_in_the_register_once_by_name_and_by_code(guide: Guide) -> None:
    party = await guide.party(credit_code=CODE)
    same_name = {"name": "淮安市会计学会", "kind": "employer"}
    assert await guide.refused("/outside-parties", same_name) == (409, "outside_party_exists")
    same_code = {"name": "另一单位", "kind": "employer", "credit_code": CODE}
    assert await guide.refused("/outside-parties", same_code, who="registrar") == (409, "outside_party_exists")
    other = await guide.party("另一单位")
    taken = await guide.put(f"/outside-parties/{other['id']}", same_code)
    assert (taken.status_code, taken.json()["code"]) == (409, "outside_party_exists")
    renamed = await guide.put(f"/outside-parties/{party['id']}", {"name": "淮安会计学会", "kind": "association"})
    assert (renamed.json()["name"], renamed.json()["credit_code"]) == ("淮安会计学会", None)
    # The register is an institution's own.
    await guide.party(who="registrar_2")
    assert [it["name"] for it in await guide.items("/outside-parties", name="会计")] == ["淮安会计学会"]
    assert await guide.items("/outside-parties", kind="employer") == []


@pytest.mark.parametrize("code", ["91350100M000100Y44", "91350100m000100y43", "9135"])
async def test_a_code_that_is_none_is_refused(guide: Guide, code: str) -> None:
    body = {"name": "单位", "kind": "employer", "credit_code": code}
    assert (await guide.post("/outside-parties", body)).status_code == 422


async def test_letters_are_listed_by_party_with_what_waits_for_an_answer(guide: Guide) -> None:
    party, other = await guide.party(), await guide.party("企业")
    asked = await guide.done("/correspondence", guide.letter_wish(party, answer_due_on="2026-05-09"))
    await guide.done("/correspondence", guide.letter_wish(other, medium="call", reference_number=None))
    assert asked["is_unanswered"]
    assert [it["id"] for it in await guide.items("/correspondence", unanswered="true")] == [asked["id"]]
    told = await guide.desk.get(f"/v1/outside-parties/{party['id']}")
    assert (told["correspondence"], told["unanswered"]) == (1, 1)
    reply = guide.letter_wish(party, direction="incoming", sent_on="2026-05-10", answers_id=asked["id"])
    answer = await guide.done("/correspondence", reply)
    first, second = await guide.items("/correspondence", party_id=party["id"])
    assert (first["answered_by_id"], first["answered_on"], first["is_unanswered"]) == (
        answer["id"],
        "2026-05-10",
        False,
    )
    assert second["direction"] == "incoming"
    assert await guide.items("/correspondence", unanswered="true") == []
    assert await guide.refused("/correspondence", reply) == (409, "correspondence_answer_unfit")


async def test_a_letter_answers_only_what_the_same_party_was_written(guide: Guide) -> None:
    party, other = await guide.party(), await guide.party("企业")
    asked = await guide.done("/correspondence", guide.letter_wish(party))
    wrong_way = guide.letter_wish(party, answers_id=asked["id"])
    assert await guide.refused("/correspondence", wrong_way) == (409, "correspondence_answer_unfit")
    stranger = guide.letter_wish(other, direction="incoming", answers_id=asked["id"])
    assert await guide.refused("/correspondence", stranger) == (404, "not_found")
    tomorrow = guide.letter_wish(party, sent_on="2026-05-11")
    assert await guide.refused("/correspondence", tomorrow) == (409, "held_in_future")
    backwards = guide.letter_wish(party, answer_due_on="2026-04-30")
    assert (await guide.post("/correspondence", backwards)).status_code == 422


async def test_letters_are_a_colleges_own(guide: Guide) -> None:
    party = await guide.party()
    await guide.done("/correspondence", guide.letter_wish(party))
    assert await guide.items("/correspondence", who="sibling_coordinator") == []
    assert (await guide.desk.get(f"/v1/outside-parties/{party['id']}", who="sibling_coordinator"))[
        "correspondence"
    ] == 0
    assert await guide.refused("/correspondence", guide.letter_wish(party), who="sibling_coordinator") == (
        404,
        "not_found",
    )
    assert (await guide.post("/correspondence", guide.letter_wish(party), who="auditor")).status_code == 403


def _wish(guide: Guide, party: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "party_id": party["id"],
        "college_id": guide.college(),
        "demand_group": "enterprise_employees",
        "certificate_level_id": str(guide.desk.world.organisations[0].levels["2"]),
        "head_count": 40,
        "wanted_from": "2026-07-01",
        "wanted_to": "2026-08-31",
    } | changes


async def test_a_wish_for_training_is_met_by_a_class_or_stays_unmet(guide: Guide) -> None:
    party = await guide.party("企业", kind="employer")
    wish = await guide.done("/training-demands", _wish(guide, party))
    assert (wish["state"], wish["certificate_name"], wish["level"], wish["allowed_deeds"]) == (
        "unmet",
        "智能财税1",
        "2",
        ["meet"],
    )
    assert (await guide.desk.get(f"/v1/outside-parties/{party['id']}"))["unmet_demands"] == 1
    path = f"/training-demands/{wish['id']}"
    met = await guide.done(f"{path}:meet", {"met_by": "2026年暑期财税班"})
    assert (met["state"], met["met_by"], met["allowed_deeds"]) == ("met", "2026年暑期财税班", ["reopen"])
    assert await guide.refused(f"{path}:meet", {"met_by": "又一班"}) == (409, "deed_not_allowed")
    assert await guide.items("/training-demands", state="unmet") == []
    assert (await guide.done(f"{path}:reopen"))["met_by"] is None
    assert await guide.refused(f"{path}:meet", {"met_by": "班"}, who="sibling_coordinator") == (404, "not_found")
    backwards = _wish(guide, party, wanted_to="2026-06-30")
    assert (await guide.post("/training-demands", backwards)).status_code == 422
