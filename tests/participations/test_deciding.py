"""Asking for participation and deciding on it."""

from tests.exams.desk import Json
from tests.participations.make import DOCUMENT, Office


async def test_asked_for_approved_changed_ended_and_resumed_with_its_history(office: Office) -> None:
    asked = await office.ask()
    assert (asked["state"], asked["quota"], asked["taken"], asked["allowed_deeds"]) == ("asked", None, 0, [])
    assert (await office.read(asked))["allowed_deeds"] == ["approve", "refuse"]
    approved = await office.decide(asked, "approve", quota=8, decision_document=DOCUMENT)
    assert (approved["state"], approved["quota"], approved["left"]) == ("approved", 8, 8)
    changed = await office.decide(asked, "change", quota=12, decision_document="教〔2026〕2号", reason="增加一个班")
    assert (changed["quota"], changed["decision_document"]) == (12, "教〔2026〕2号")
    ended = await office.decide(asked, "end", decision_document="教〔2026〕3号", reason="证书退出")
    assert (ended["state"], ended["left"], ended["allowed_deeds"]) == ("ended", None, ["resume"])
    await office.decide(asked, "resume", quota=5, decision_document="教〔2026〕4号", reason="恢复")
    history = await office.desk.get(f"/v1/participations/{asked['id']}/decisions", who="coordinator")
    assert [(it["number"], it["deed"], it["quota"]) for it in history] == [
        (1, "ask", None),
        (2, "approve", 8),
        (3, "change", 12),
        (4, "end", 12),
        (5, "resume", 5),
    ]
    assert history[2]["reason"] == "增加一个班"


async def test_a_refusal_can_be_followed_by_another_asking(office: Office) -> None:
    asked = await office.ask()
    refused = await office.decide(asked, "refuse", reason="材料不全")
    assert (refused["state"], refused["quota"]) == ("refused", None)
    assert (await office.desk.get(f"/v1/participations/{asked['id']}", who="coordinator"))["allowed_deeds"] == [
        "ask_again"
    ]
    again = await office.decide(asked, "ask-again", who="coordinator", quota_asked=6)
    assert (again["state"], again["quota_asked"]) == ("asked", 6)


async def test_what_the_state_does_not_admit_is_refused(office: Office) -> None:
    asked = await office.ask()
    change: Json = {"quota": 3, "decision_document": DOCUMENT, "reason": "-"}
    assert await office.refused(asked, "change", **change) == (409, "deed_not_allowed")
    assert await office.refused(asked, "resume", **change) == (409, "deed_not_allowed")
    await office.decide(asked, "approve", quota=3, decision_document=DOCUMENT)
    assert await office.refused(asked, "approve", quota=3, decision_document=DOCUMENT) == (409, "deed_not_allowed")
    assert await office.refused(asked, "ask-again", who="coordinator", quota_asked=1) == (409, "deed_not_allowed")


async def test_there_is_one_a_year_for_a_college_and_one_for_its_programme(office: Office) -> None:
    asked = await office.ask()
    answer = await office.send("/participations", office.wish(quota_asked=3), who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (409, "participation_exists")
    assert asked["id"] in answer.json()["detail"]
    await office.ask(office.for_programme())
    await office.ask(office.wish(academic_year="2026-2027"))
    listed = await office.desk.get("/v1/participations", academic_year="2025-2026")
    assert len(listed["items"]) == 2


async def test_nobody_asks_for_another_college(office: Office) -> None:
    school = office.desk.world.schools[0]
    sibling = office.wish(college_id=str(school.colleges[1]))
    foreign = office.wish(college_id=str(office.desk.world.schools[1].colleges[0]))
    for body in (sibling, foreign, office.for_programme(programme_id=str(school.programmes[1]))):
        answer = await office.send("/participations", body, who="coordinator")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await office.send("/participations", office.wish(), who="registrar")).status_code == 403


async def test_a_college_and_a_programme_at_once_or_neither_is_no_wish(office: Office) -> None:
    both = office.wish(programme_id=str(office.desk.world.schools[0].programmes[0]))
    neither = office.wish()
    del neither["college_id"]
    for body in (both, neither, office.wish(academic_year="2025-2027"), office.wish(quota_asked=0)):
        assert (await office.send("/participations", body, who="coordinator")).status_code == 422


async def test_a_certificate_that_has_exited_is_not_approved(office: Office) -> None:
    asked = await office.ask()
    await office.exit_certificate()
    refused = await office.refused(asked, "approve", quota=1, decision_document=DOCUMENT)
    assert refused == (409, "participation_not_admitted")


async def test_each_sees_their_own(office: Office) -> None:
    asked = await office.ask()
    path = f"/v1/participations/{asked['id']}"
    seen = {who: await office.desk.status(path, who=who) for who in ("coordinator", "registrar", "auditor")}
    assert set(seen.values()) == {200}
    hidden = {who: await office.desk.status(path, who=who) for who in ("sibling_coordinator", "registrar_2")}
    assert set(hidden.values()) == {404}
