"""The policy library through HTTP: versions that stay, a day to read as of, a search that knows Chinese."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.publications.make import CONTENT, Press
from x_pilot_api.publications.models import VersionStanding


async def test_a_document_is_drafted_published_revised_compared_and_read_as_of_a_day(press: Press) -> None:
    first = await press.policy()
    assert (first["number"], first["standing"], first["allowed_deeds"]) == (1, "in_force", ["revise", "repeal"])
    body = CONTENT["body"].replace("不得超过上限", "执行公布的标准") + "\n第四条 本办法自发布之日起施行。"
    second = await press.policy(of=first["id"], body=body, in_force_from="2026-07-01", change_note="费用改为标准")
    assert [(it["number"], it["standing"]) for it in second["versions"]] == [(2, "coming"), (1, "in_force")]
    assert second["number"] == 1
    later = await press.get(f"/policy-documents/{first['id']}", on="2026-07-01")
    assert (later["number"], later["standing"], later["body"]) == (2, "in_force", body)
    assert [it["standing"] for it in later["versions"]] == ["in_force", "superseded"]
    early = await press.get(f"/policy-documents/{first['id']}", on="2019-01-01", who="teacher")
    assert (early["number"], early["standing"], early["allowed_deeds"]) == (1, "coming", [])
    compared = await press.get(f"/policy-documents/{first['id']}/comparison", before=1, after=2)
    assert [it["change"] for it in compared["paragraphs"]] == ["same", "changed", "same", "added"]
    assert (compared["changed"], compared["title"]["change"]) == (2, "same")
    kept = await press.get(f"/policy-documents/{first['id']}/versions/1")
    assert (kept["body"], kept["document_number"]) == (CONTENT["body"], CONTENT["document_number"])


async def test_a_document_has_one_draft_which_is_changed_as_it_was_read(press: Press) -> None:
    draft = await press.done("/policy-drafts", {"content": CONTENT})
    path = f"/policy-drafts/{draft['id']}"
    answer = await press.desk.client.get(f"/v1{path}", headers=press.desk.sign_in("registrar"))
    tag = answer.headers["ETag"]
    assert (await press.put(path, CONTENT | {"title": "改"}, tag=tag)).json()["title"] == "改"
    assert (await press.put(path, CONTENT, tag=tag)).status_code == 412
    assert await press.found("改") == []
    document = await press.done(f"{path}:publish")
    again = await press.done("/policy-drafts", {"policy_document_id": document["id"], "content": CONTENT})
    assert (again["follows"], again["allowed_deeds"]) == (1, ["change", "publish", "discard"])
    told = await press.get(f"/policy-documents/{document['id']}")
    assert (told["draft_id"], told["allowed_deeds"]) == (again["id"], ["repeal"])
    refused = await press.code("/policy-drafts", {"policy_document_id": document["id"], "content": CONTENT})
    assert refused == (409, "policy_draft_exists")
    assert await press.code(f"/policy-drafts/{again['id']}:publish") == (409, "policy_version_too_early")
    gone = await press.desk.client.delete(f"/v1/policy-drafts/{again['id']}", headers=press.desk.sign_in("registrar"))
    assert gone.status_code == 204
    assert (await press.get("/policy-drafts"))["items"] == []


async def test_a_repealed_document_holds_no_more_and_takes_no_version(press: Press) -> None:
    document = await press.policy()
    path = f"/policy-documents/{document['id']}"
    wish = {"repealed_on": "2026-06-01", "repeal_note": "由新办法代替"}
    assert await press.code(f"{path}:repeal", wish | {"repealed_on": "2020-03-01"}) == (409, "policy_repeal_too_early")
    told = await press.done(f"{path}:repeal", wish)
    assert (told["state"], told["standing"], told["allowed_deeds"]) == ("repealed", "in_force", [])
    assert await press.found("考核") == [CONTENT["title"]]
    assert await press.found("考核", on="2026-06-01") == []
    (hit,) = (await press.get("/policy-documents", text="考核", on="2026-06-01", every_version="true"))["items"]
    assert (hit["standing"], hit["repealed_on"]) == ("repealed", "2026-06-01")
    assert await press.code(f"{path}:repeal", wish) == (409, "deed_not_allowed")
    revised = await press.code("/policy-drafts", {"policy_document_id": document["id"], "content": CONTENT})
    assert revised == (409, "deed_not_allowed")


async def test_searching_finds_two_characters_one_a_number_and_all_of_several(press: Press) -> None:
    await press.policy()
    await press.policy(
        title="学分银行建设方案", document_number="苏教〔2021〕8号", body="成果认定按省里规定执行。", level="provincial"
    )
    await press.policy(
        title="校内实施细则",
        document_number=None,
        body="学分银行账户由教务处开立。",
        issued_on="2026-01-01",
        in_force_from="2026-01-01",
    )
    assert await press.found("考核") == [CONTENT["title"]]
    assert await press.found("苏") == ["学分银行建设方案"]
    assert await press.found("教职所[2020]22号") == [CONTENT["title"]]
    assert await press.found("教职所（2020）22号") == [CONTENT["title"]]
    assert await press.found("１＋Ｘ") == [CONTENT["title"]]
    # In the title before in the text, whatever is newer.
    assert await press.found("学分银行") == ["学分银行建设方案", "校内实施细则"]
    assert await press.found("学分 账户") == ["校内实施细则"]
    assert await press.found("学分 上限") == []
    assert await press.found("认定", level="provincial") == ["学分银行建设方案"]
    (hit,) = (await press.get("/policy-documents", text="考核 22号"))["items"]
    marked = [[it["text"] for it in hit[name] if it["is_hit"]] for name in ("marked_title", "marked_number", "snippet")]
    assert marked == [["考核"], ["22号"], ["考核"]]
    for query, status in (("，。", 400), ("一 二 三 四 五 六 七 八 九", 400)):
        answer = await press.desk.client.get(
            "/v1/policy-documents", params={"text": query}, headers=press.desk.sign_in("registrar")
        )
        assert answer.status_code == status, query


async def test_the_whole_list_comes_page_by_page_in_one_order(press: Press) -> None:
    for index in range(5):
        day = f"202{index % 3}-01-0{index + 1}"
        await press.policy(title=f"{'考核' if index % 2 else '培训'}办法{index}", issued_on=day, in_force_from=day)
    whole = await press.found("办法 考核")
    assert len(whole) == 5
    seen: list[str] = []
    token: dict[str, Any] = {}
    while True:
        page = await press.get("/policy-documents", text="办法 考核", page_size=2, **token)
        seen += [it["title"] for it in page["items"]]
        if page["next_page_token"] is None:
            break
        token = {"page_token": page["next_page_token"]}
    assert seen == whole
    assert seen[:2] == ["考核办法1", "考核办法3"] or seen[:2] == ["考核办法3", "考核办法1"]


async def test_the_rule_for_one_version_and_the_condition_for_many_agree(press: Press) -> None:
    first = await press.policy(in_force_to="2026-02-01", in_force_from="2025-01-01")
    await press.policy(of=first["id"], in_force_from="2026-03-01", in_force_to="2026-09-01")
    other = await press.policy(in_force_from="2025-06-01")
    await press.done(f"/policy-documents/{other['id']}:repeal", {"repealed_on": "2026-04-01", "repeal_note": "停"})
    for day in (
        date(2025, 1, 1),
        date(2025, 7, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 4, 1),
        date(2026, 9, 1),
    ):
        page = await press.get("/policy-documents", on=day.isoformat())
        by_sql = {(it["policy_document_id"], it["number"]) for it in page["items"]}
        by_rule: set[tuple[str, int]] = set()
        for document_id in (first["id"], other["id"]):
            document = await press.get(f"/policy-documents/{document_id}", on=day.isoformat())
            by_rule |= {
                (document_id, it["number"]) for it in document["versions"] if it["standing"] == VersionStanding.IN_FORCE
            }
        assert by_sql == by_rule, day


async def test_a_published_version_cannot_be_changed_by_the_service(press: Press, session: AsyncSession) -> None:
    await press.policy()
    for statement in ("UPDATE policy_versions SET body = 'x'", "DELETE FROM policy_versions"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_who_may_write_and_who_sees_what(press: Press) -> None:
    document = await press.policy()
    draft = await press.done("/policy-drafts", {"content": CONTENT})
    for who in ("coordinator", "teacher", "expert", "auditor"):
        assert await press.code("/policy-drafts", {"content": CONTENT}, who=who) == (403, "forbidden")
        assert (await press.get("/policy-documents", who=who, text="考核"))["items"]
        assert len((await press.get("/policy-drafts", who=who))["items"]) == (who == "auditor")
    assert await press.desk.status(f"/v1/policy-drafts/{draft['id']}", who="teacher") == 404
    for path in (f"/v1/policy-documents/{document['id']}", f"/v1/policy-drafts/{draft['id']}"):
        assert await press.desk.status(path, who="registrar_2") == 404
    assert (await press.get("/policy-documents", who="registrar_2"))["items"] == []
    assert await press.desk.status("/v1/policy-documents", who="student") == 403
    # What was never published is known by its draft alone.
    assert await press.desk.status(f"/v1/policy-documents/{draft['policy_document_id']}", who="registrar") == 404


async def test_bad_input_gets_its_place(press: Press) -> None:
    for changes, pointer in (
        ({"body": " \n "}, "/content/body"),
        ({"body": "a\x00b"}, "/content/body"),
        ({"kind": "law"}, "/content/kind"),
        ({"issued_on": 20200101}, "/content/issued_on"),
    ):
        answer = await press.send("/policy-drafts", {"content": CONTENT | changes})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    days = {"in_force_to": CONTENT["in_force_from"]}
    assert await press.code("/policy-drafts", {"content": CONTENT | days}) == (409, "policy_days_unordered")
