"""Certificates issued anew, and where each paper is."""

import pytest

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Desk, Json


@pytest.fixture
async def award(desk: Desk) -> Json:
    return await office.issued(desk, certificate_number="ZS-1")


async def test_a_lost_certificate_is_issued_anew_by_a_second_person_and_keeps_its_date(desk: Desk, award: Json) -> None:
    other = await office.colleague(desk)
    proposed = await office.done(desk, f"/v1/awards/{award['id']}/reissues", office.LOST | {"number": "ZS-1B"})
    assert (proposed["state"], proposed["old_number"], proposed["new_number"]) == ("proposed", "ZS-1", None)
    assert proposed["allowed_deeds"] == ["refuse"]
    confirm = f"/v1/award-reissues/{proposed['id']}:confirm"
    assert await office.refused(desk, confirm) == (409, "reissue_own_request")
    made = await office.done(desk, confirm, who=other)
    assert (made["state"], made["old_number"], made["new_number"]) == ("issued", "ZS-1", "ZS-1B")
    told = await office.whole(desk, award)
    assert (told["award"]["number"], told["award"]["copies"]) == ("ZS-1B", 1)
    assert told["award"]["issued_on"] == make.EXAM_ON.isoformat()
    assert [(paper["serial"], paper["number"], paper["is_current"], paper["ground"]) for paper in told["papers"]] == [
        (0, "ZS-1", False, None),
        (1, "ZS-1B", True, "lost"),
    ]
    old, new = await desk.verify(award["verification_code"]), await desk.verify(made["new_verification_code"])
    assert (old["state"], old["reissued_as"], old["number"]) == ("reissued", "ZS-1B", "ZS-1")
    assert (new["state"], new["reissued_as"], new["number"]) == ("valid", None, "ZS-1B")
    assert old["issued_on"] == new["issued_on"]
    assert await office.refused(desk, confirm, who=other) == (409, "deed_not_allowed")


async def test_a_corrected_name_is_on_the_new_paper_and_the_chain_goes_on(desk: Desk, award: Json) -> None:
    corrected = await office.reissued(desk, award, office.CORRECTED)
    assert corrected["new_number"] == "ZS-1-R1"
    (told,) = await desk.awards()
    assert told["holder_name"] == "学笙壹零"
    again = await office.reissued(desk, award)
    assert (again["old_number"], again["new_number"]) == ("ZS-1-R1", "ZS-1-R2")
    assert [paper["holder_name"] for paper in (await office.whole(desk, award))["papers"]] == [
        "学生10", "学笙壹零", "学笙壹零",
    ]  # fmt: skip
    for code in (award["verification_code"], corrected["new_verification_code"]):
        assert (await desk.verify(code))["reissued_as"] == "ZS-1-R2"


async def test_a_pattern_numbers_the_new_paper_too(desk: Desk) -> None:
    await office.pattern(desk, "N{serial:3}")
    first = await office.issued(desk)
    made = await office.reissued(desk, first)
    assert (made["old_number"], made["new_number"]) == ("N001", "N002")


async def test_a_name_belongs_to_its_correction_alone(desk: Desk, award: Json) -> None:
    path = f"/v1/awards/{award['id']}/reissues"
    assert (await office.refused(desk, path, office.LOST | {"holder_name": "李四"}))[0] == 422
    assert (await office.refused(desk, path, office.CORRECTED | {"holder_name": None}))[0] == 422


async def test_one_wish_is_open_at_a_time_and_its_proposer_may_take_it_back(desk: Desk, award: Json) -> None:
    path = f"/v1/awards/{award['id']}/reissues"
    first = await office.done(desk, path, office.LOST)
    assert await office.refused(desk, path, office.LOST) == (409, "reissue_open")
    back = await office.done(desk, f"/v1/award-reissues/{first['id']}:refuse", {"reason": "已找到"})
    assert (back["state"], back["decision_reason"]) == ("refused", "已找到")
    await office.done(desk, path, office.LOST)
    listed = (await desk.get("/v1/award-reissues", who="registrar"))["items"]
    assert [found["state"] for found in listed] == ["refused", "proposed"]
    assert (await desk.verify(award["verification_code"]))["state"] == "valid"


async def test_a_number_that_another_certificate_bears_is_refused_and_nothing_is_issued(
    desk: Desk, award: Json
) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 1, certificate_number="ZS-2"))
    other = await office.colleague(desk)
    wish = office.LOST | {"number": "ZS-2"}
    proposed = await office.done(desk, f"/v1/awards/{award['id']}/reissues", wish)
    refused = await office.refused(desk, f"/v1/award-reissues/{proposed['id']}:confirm", who=other)
    assert refused == (409, "award_number_taken")
    assert (await desk.awards())[0]["copies"] == 0
    # The old number is still the certificate's, though no paper bears it any more.
    await office.done(desk, f"/v1/award-reissues/{proposed['id']}:refuse", {"reason": "号码有误"})
    await office.reissued(desk, award)
    assert await desk.code(plan, desk.row(plan, 2, certificate_number="ZS-1")) == "certificate_number_taken"


async def test_a_revoked_certificate_takes_all_its_papers_along(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    (award,) = await desk.awards()
    made = await office.reissued(desk, award)
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    for code in (award["verification_code"], made["new_verification_code"]):
        assert (await desk.verify(code))["state"] == "revoked"


async def test_papers_are_moved_on_many_at_once_or_none(desk: Desk, award: Json) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 1), desk.row(plan, 2))
    ids = [found["id"] for found in await desk.awards(None)]
    assert len(ids) == 3
    moved = await office.done(desk, "/v1/awards:move-papers", {"deed": "print", "award_ids": ids[:2]})
    assert moved == {"changed": 2, "print_state": "printed"}
    answer = await office.post(desk, "/v1/awards:move-papers", {"deed": "hand_over", "award_ids": ids})
    assert (answer.status_code, answer.json()["code"]) == (409, "print_refused")
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/award_ids/2", "paper_elsewhere")
    assert {found["print_state"] for found in await desk.awards(None)} == {"printed", "to_print"}
    for deed, who in (("hand_over", "org_staff"), ("collect", "coordinator"), ("take_back", "registrar")):
        await office.done(desk, "/v1/awards:move-papers", {"deed": deed, "award_ids": [award["id"]]}, who=who)
    steps = (await office.whole(desk, award))["print_steps"]
    assert [step["state"] for step in steps] == ["printed", "handed_over", "collected", "returned"]
    foreign = {"deed": "print", "award_ids": [award["id"]]}
    for who in ("sibling_coordinator", "registrar_2", "org_staff_2"):
        answer = await office.post(desk, "/v1/awards:move-papers", foreign, who=who)
        assert [fault["code"] for fault in answer.json()["errors"]] == ["paper_unknown"], who


async def test_another_paper_is_to_be_printed_again(desk: Desk, award: Json) -> None:
    await office.done(desk, "/v1/awards:move-papers", {"deed": "print", "award_ids": [award["id"]]})
    await office.reissued(desk, award)
    told = await office.whole(desk, award)
    assert told["award"]["print_state"] == "to_print"
    assert [(step["copy_serial"], step["state"]) for step in told["print_steps"]] == [(0, "printed"), (1, "to_print")]


@pytest.mark.parametrize("form", ["svg", "png"])
async def test_the_code_to_scan_leads_to_the_verification_and_says_nothing_else(
    desk: Desk, award: Json, form: str
) -> None:
    answers = [
        await desk.client.get(f"/v1/awards/{award['id']}/verification-qr?form={form}", headers=desk.sign_in(who))
        for who in ("student", "org_staff", "registrar")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    content = answers[0].content
    assert content.startswith(b"\x89PNG") if form == "png" else b"<svg" in content
