"""Bulletins through HTTP: to whom they are shown, until when, who read them, and how one is corrected."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import Json, set_clock
from tests.publications.make import BULLETIN, Press

EVERYBODY = ("registrar", "coordinator", "sibling_coordinator", "expert", "teacher", "auditor", "student")


async def _told(press: Press, *audience: dict[str, str | None]) -> set[str]:
    """Publish a bulletin for an audience, and tell who of everybody is told of it."""
    title = f"通知{audience}"
    await press.bulletin(title=title, audience=list(audience))
    return {who for who in (*EVERYBODY, "registrar_2", "student_2") if title in await press.titles(who)}


async def test_a_bulletin_is_shown_to_whom_it_is_for_and_to_nobody_else(press: Press) -> None:
    first, second = press.colleges
    assert await _told(press, {"role": None}) == set(EVERYBODY)
    assert await _told(press, {"role": "student"}) == {"student"}
    assert await _told(press, {"role": "student", "college_id": first}) == {"student"}
    assert await _told(press, {"role": "student", "college_id": second}) == set()
    assert await _told(press, {"programme_id": press.programme}) == {"student"}
    assert await _told(press, {"college_id": first}) == {"coordinator", "student"}
    assert await _told(press, {"role": "coordinator"}, {"role": "teacher"}) == {
        "coordinator",
        "sibling_coordinator",
        "teacher",
    }


async def test_receipts_count_each_reader_once_out_of_those_it_is_for(press: Press) -> None:
    told = await press.bulletin(
        audience=[{"role": "student"}, {"role": "teacher"}, {"role": None, "college_id": press.colleges[0]}]
    )
    path = f"/bulletins/{told['id']}"
    # The student is named by two parts and counts once.
    assert told["reach"] == {"addressed": 3, "read": 0}
    assert (await press.get("/bulletins:count", who="student")) == {"unread": 1, "important": 0}
    own = await press.get(path, who="student")
    assert (own["is_addressed"], own["read_at"], own["reach"], own["allowed_deeds"]) == (True, None, None, ["read"])
    first = await press.done(f"{path}:read", who="student")
    again = await press.done(f"{path}:read", who="student")
    assert first["read_at"] == again["read_at"]
    assert again["allowed_deeds"] == []
    assert await press.code(f"{path}:read") == (409, "bulletin_not_addressed")
    assert (await press.get("/bulletins:count", who="student"))["unread"] == 0
    assert (await press.get("/bulletins", who="student", is_unread="true"))["items"] == []
    assert (await press.get(path))["reach"] == {"addressed": 3, "read": 1}
    (reader,) = (await press.get(f"{path}/readers", is_read="true"))["items"]
    assert (reader["name"], reader["roles"], reader["college_names"]) == ("student", ["student"], ["二级学院0"])
    waiting = (await press.get(f"{path}/readers", is_read="false"))["items"]
    assert {it["name"] for it in waiting} == {"teacher", "coordinator"}
    pages = [await press.get(f"{path}/readers", page_size=2)]
    pages.append(await press.get(f"{path}/readers", page_size=2, page_token=pages[0]["next_page_token"]))
    assert len({it["person_id"] for page in pages for it in page["items"]}) == 3
    # Who is no longer there is neither above nor below the line.
    async with press.desk.service.database.transaction() as session:
        gone = {"id": press.desk.world.callers["student"].id}
        await session.execute(text("UPDATE people SET disabled_at = now() WHERE id = :id"), gone)
    assert (await press.get(path))["reach"] == {"addressed": 2, "read": 0}


async def test_a_bulletin_comes_down_on_its_day_by_itself(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    told = await press.bulletin(is_public=True)
    public = f"/v1/public/bulletins/{told['id']}"
    # 15:59 in UTC is the evening of the last day in Shanghai; a minute later it is the day it comes down.
    set_clock(monkeypatch, datetime(2026, 5, 19, 15, 59, tzinfo=UTC))
    assert await press.titles("student") == [BULLETIN["title"]]
    shown = (await press.desk.client.get(public)).json()
    assert shown.keys() == {
        "id", "institution", "title", "is_important", "published_at", "down_on", "body", "correction_note",
    }  # fmt: skip
    set_clock(monkeypatch, datetime(2026, 5, 19, 16, 0, tzinfo=UTC))
    assert await press.titles("student") == []
    assert (await press.desk.client.get(public)).status_code == 404
    assert (await press.desk.client.get("/v1/public/bulletins")).json()["items"] == []
    assert await press.desk.status(f"/v1/bulletins/{told['id']}", who="student") == 404
    over = await press.get(f"/bulletins/{told['id']}")
    assert (over["state"], over["allowed_deeds"]) == ("over", [])
    assert [it["id"] for it in (await press.get("/bulletins:issued", state="over"))["items"]] == [told["id"]]
    assert await press.code(f"/bulletins/{told['id']}:withdraw", {"withdrawal_note": "x"}) == (409, "deed_not_allowed")


async def test_a_correction_takes_the_place_of_what_it_corrects_once(press: Press) -> None:
    told = await press.bulletin(is_public=True)
    path = f"/bulletins/{told['id']}"
    await press.done(f"{path}:read", who="student")
    drafts = [await press.done(f"{path}:correct", {"correction_note": "时间改为月中"}) for _ in range(2)]
    assert drafts[0]["audience"] == told["audience"]
    changed = BULLETIN | {"body": "请于月中前完成报名。", "is_public": True}
    assert (await press.put(f"/bulletin-drafts/{drafts[0]['id']}", changed)).status_code == 200
    new = await press.done(f"/bulletin-drafts/{drafts[0]['id']}:publish")
    assert (new["supersedes_id"], new["correction_note"]) == (told["id"], "时间改为月中")
    assert await press.code(f"/bulletin-drafts/{drafts[1]['id']}:publish") == (409, "deed_not_allowed")
    (shown,) = (await press.get("/bulletins", who="student"))["items"]
    # The corrected one has to be read anew.
    assert (shown["id"], shown["read_at"]) == (new["id"], None)
    old = await press.get(path)
    assert (old["state"], old["superseded_by"], old["body"]) == ("superseded", new["id"], BULLETIN["body"])
    assert [it["id"] for it in (await press.desk.client.get("/v1/public/bulletins")).json()["items"]] == [new["id"]]


async def test_a_bulletin_is_withdrawn_with_its_reason_and_never_rewritten(press: Press, session: AsyncSession) -> None:
    told = await press.bulletin()
    gone = await press.done(f"/bulletins/{told['id']}:withdraw", {"withdrawal_note": "发错"})
    assert (gone["state"], gone["withdrawal_note"]) == ("withdrawn", "发错")
    assert await press.titles("student") == []
    again = await press.code(f"/bulletins/{told['id']}:withdraw", {"withdrawal_note": "发错"})
    assert again == (409, "deed_not_allowed")
    for statement in (
        "UPDATE bulletins SET title = 'x'",
        "DELETE FROM bulletins",
        "DELETE FROM bulletin_receipts",
        "UPDATE bulletin_audiences SET role = NULL",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_a_college_tells_its_own_people_and_not_the_public(press: Press) -> None:
    first, second = press.colleges
    own = {"college_id": first, "audience": [{"role": "student", "college_id": first}]}
    told = await press.bulletin(who="coordinator", **own)
    assert (told["college_name"], told["reach"], told["allowed_deeds"]) == (
        "二级学院0",
        {"addressed": 1, "read": 0},
        ["correct", "withdraw"],
    )
    of_programme = own | {"audience": [{"programme_id": press.programme}]}
    await press.bulletin(who="coordinator", **of_programme)
    for changes in (
        {"audience": [{"role": "student"}]},
        {"audience": [{"role": None, "college_id": second}]},
        {"is_public": True},
    ):
        refused = await press.code("/bulletin-drafts", BULLETIN | own | changes, who="coordinator")
        assert refused == (409, "bulletin_audience_unfit")
    for college_id in (None, second):
        refused = await press.code("/bulletin-drafts", BULLETIN | own | {"college_id": college_id}, who="coordinator")
        assert refused == (404, "not_found")
    # The office sees how a college's fares, and may take it down.
    seen = await press.get(f"/bulletins/{told['id']}")
    assert (seen["reach"], seen["allowed_deeds"]) == ({"addressed": 1, "read": 0}, ["correct", "withdraw"])
    withdrawal = {"withdrawal_note": "x"}
    for who, status in (("sibling_coordinator", 404), ("auditor", 403), ("student", 403)):
        assert (await press.code(f"/bulletins/{told['id']}:withdraw", withdrawal, who=who))[0] == status
    assert await press.desk.status(f"/v1/bulletins/{told['id']}/readers", who="sibling_coordinator") == 404
    assert (await press.get("/bulletins:issued", who="sibling_coordinator"))["items"] == []


async def test_a_draft_says_whom_it_would_reach_and_is_seen_by_its_own(press: Press) -> None:
    wish = BULLETIN | {
        "audience": [{"role": "student"}, {"role": "coordinator"}, {"role": None, "college_id": press.colleges[0]}]
    }
    draft = await press.done("/bulletin-drafts", wish)
    path = f"/bulletin-drafts/{draft['id']}"
    reach = await press.get(f"{path}/reach", who="auditor")
    assert reach["people"] == 3
    assert [(it["role"], it["college_name"], it["people"]) for it in reach["parts"]] == [
        ("coordinator", "二级学院0", 1),
        ("coordinator", "二级学院1", 1),
        ("student", "二级学院0", 1),
    ]
    assert await press.desk.status(f"/v1{path}", who="coordinator") == 404
    assert await press.desk.status(f"/v1{path}", who="registrar_2") == 404
    assert (await press.get("/bulletin-drafts", who="coordinator"))["items"] == []
    gone = await press.desk.client.delete(f"/v1{path}", headers=press.desk.sign_in("registrar"))
    assert gone.status_code == 204
    assert (await press.get("/bulletin-drafts"))["items"] == []


async def test_what_cannot_be_published_says_why(press: Press) -> None:
    nobody: Json = BULLETIN | {"audience": []}
    assert await press.code("/bulletin-drafts", nobody) == (409, "bulletin_audience_missing")
    foreign = str(press.desk.world.schools[1].colleges[0])
    elsewhere = BULLETIN | {"audience": [{"college_id": foreign}]}
    assert await press.code("/bulletin-drafts", elsewhere) == (409, "publication_place_unknown")
    both = BULLETIN | {"audience": [{"college_id": press.colleges[0], "programme_id": press.programme}]}
    assert (await press.code("/bulletin-drafts", both))[0] == 422
    twice = BULLETIN | {"audience": [{"role": "student"}, {"role": "student"}]}
    assert (await press.code("/bulletin-drafts", twice))[0] == 422
    past = await press.done("/bulletin-drafts", BULLETIN | {"down_on": "2026-05-10"})
    assert await press.code(f"/bulletin-drafts/{past['id']}:publish") == (409, "bulletin_day_past")
    person = await press.done("/bulletin-drafts", BULLETIN | {"is_public": True, "body": "电话13812345678"})
    assert await press.code(f"/bulletin-drafts/{person['id']}:publish") == (409, "personal_data_found")
    inside = await press.done("/bulletin-drafts", BULLETIN | {"body": "值班电话13812345678"})
    assert (await press.done(f"/bulletin-drafts/{inside['id']}:publish"))["state"] == "shown"
