"""A typical case through HTTP, from a college's draft to everybody and down again."""

from tests.publications.make import CASE, Press


async def test_a_case_is_submitted_sent_back_mended_accepted_published_and_taken_down(press: Press) -> None:
    told = await press.case(state="draft")
    path = f"/typical-cases/{told['id']}"
    assert (told["state"], told["allowed_deeds"]) == ("draft", ["change", "submit"])
    told = await press.done(f"{path}:submit", who="coordinator")
    assert (told["state"], told["submissions"], told["allowed_deeds"]) == ("submitted", 1, [])
    told = await press.done(f"{path}:assess", {"recommends": False, "opinion": "成效不足"}, who="expert")
    assert (told["opinions_for"], told["opinions_against"], told["allowed_deeds"]) == (0, 1, [])
    told = await press.done(f"{path}:send-back", {"comment": "补充成效"})
    assert (told["state"], told["comment"]) == ("returned", "补充成效")
    own = await press.get(path, who="coordinator")
    assert (own["opinions"], [it["comment"] for it in own["decisions"]]) == ([], ["补充成效"])
    assert (await press.put(path, CASE | {"summary": "补充"}, who="coordinator")).json()["state"] == "draft"
    told = await press.done(f"{path}:submit", who="coordinator")
    # What was thought of the first submission is not thought of the second.
    assert (told["submissions"], told["opinions_against"]) == (2, 0)
    await press.done(f"{path}:assess", {"recommends": True, "opinion": "可推广"}, who="expert")
    told = await press.done(f"{path}:accept", {})
    assert (told["opinions_for"], told["allowed_deeds"]) == (1, ["publish"])
    assert (await press.desk.client.get(f"/v1/public{path}")).status_code == 404
    told = await press.done(f"{path}:publish", {"comment": "公开交流"})
    shown = (await press.desk.client.get(f"/v1/public{path}")).json()
    assert (shown["title"], shown["college"], shown["institution"]) == (CASE["title"], "二级学院0", "学院1")
    assert shown.keys() == {
        "id", "institution", "college", "certificate", "title", "summary", "published_at", "body",
    }  # fmt: skip
    listed = (await press.desk.client.get("/v1/public/typical-cases")).json()["items"]
    assert [it["id"] for it in listed] == [told["id"]]
    await press.done(f"{path}:take-down", {"comment": "内容过时"})
    assert (await press.desk.client.get(f"/v1/public{path}")).status_code == 404
    assert (await press.desk.client.get("/v1/public/typical-cases")).json()["items"] == []
    whole = await press.get(path)
    assert [it["state"] for it in whole["decisions"]] == ["returned", "accepted", "published", "taken_down"]
    assert [(it["submission"], it["recommends"]) for it in whole["opinions"]] == [(1, False), (2, True)]


async def test_personal_data_stop_a_submission_and_are_named_by_their_line(press: Press) -> None:
    told = await press.case(state="draft", body="一、做法\n联系人电话138 1234 5678")
    answer = await press.send(f"/typical-cases/{told['id']}:submit", who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (409, "personal_data_found")
    assert answer.json()["errors"][0]["pointer"] == "/body"
    assert "1381234" not in answer.text.replace(" ", "")
    assert (await press.get(f"/typical-cases/{told['id']}"))["state"] == "draft"


async def test_a_college_writes_its_own_and_sees_of_others_what_is_published(press: Press) -> None:
    told = await press.case(state="submitted")
    path = f"/typical-cases/{told['id']}"
    foreign = CASE | {"college_id": press.colleges[1]}
    assert await press.code("/typical-cases", foreign, who="coordinator") == (404, "not_found")
    assert await press.desk.status(f"/v1{path}", who="sibling_coordinator") == 404
    await press.done(f"{path}:accept", {})
    await press.done(f"{path}:publish", {})
    assert (await press.get(path, who="sibling_coordinator"))["allowed_deeds"] == []
    assert (await press.put(path, CASE, who="sibling_coordinator")).status_code == 404
    assert (await press.put(path, CASE, who="coordinator")).json()["code"] == "deed_not_allowed"
    for who in ("teacher", "student", "org_staff"):
        assert await press.desk.status(f"/v1{path}", who=who) == 403
    assert await press.desk.status(f"/v1{path}", who="registrar_2") == 404
    for deed, who in (("accept", "coordinator"), ("assess", "auditor"), ("take-down", "expert")):
        body = {"comment": "x"} if deed != "assess" else {"recommends": True, "opinion": "x"}
        assert (await press.code(f"{path}:{deed}", body, who=who))[0] == 403


async def test_experts_see_what_waits_and_say_one_thing_of_a_submission(press: Press) -> None:
    draft = await press.case(state="draft")
    waiting = await press.case(state="submitted", title="第二个案例")
    assert [it["id"] for it in (await press.get("/typical-cases", who="expert"))["items"]] == [waiting["id"]]
    assert await press.desk.status(f"/v1/typical-cases/{draft['id']}", who="expert") == 404
    opinion = {"recommends": True, "opinion": "可推广"}
    path = f"/typical-cases/{waiting['id']}:assess"
    await press.done(path, opinion, who="expert")
    assert await press.code(path, opinion, who="expert") == (409, "case_opinion_given")
    await press.done(path, opinion)
    assert (await press.get(f"/typical-cases/{waiting['id']}"))["opinions_for"] == 2


async def test_a_certificate_that_is_not_there_is_refused_and_a_copy_that_is_old_too(press: Press) -> None:
    wish = CASE | {"college_id": press.colleges[0], "certificate_id": press.colleges[0]}
    assert await press.code("/typical-cases", wish, who="coordinator") == (409, "publication_place_unknown")
    certificate_id = str(press.desk.world.organisations[0].certificate_id)
    told = await press.case(state="draft", certificate_id=certificate_id)
    assert told["certificate_name"] == "智能财税1"
    path = f"/typical-cases/{told['id']}"
    answer = await press.desk.client.get(f"/v1{path}", headers=press.desk.sign_in("coordinator"))
    assert (await press.put(path, CASE, who="coordinator", tag=answer.headers["ETag"])).status_code == 200
    assert (await press.put(path, CASE, who="coordinator", tag=answer.headers["ETag"])).status_code == 412
