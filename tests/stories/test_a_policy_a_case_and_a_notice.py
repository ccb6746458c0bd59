"""A policy is revised, a college's case reaches everybody, and a bulletin its readers, over HTTP alone."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.publications.make import BULLETIN, CASE, CONTENT, Press
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def press(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Press:
    set_clock(monkeypatch, datetime(2026, 5, 10, 2, tzinfo=UTC))
    return Press(Desk(client, sign_in, world, service))


async def _a_policy_is_revised(press: Press) -> None:
    """Publish a measure and revise it; a teacher finds what holds and what changed."""
    document = await press.policy(title="试点工作管理办法", document_number="校教〔2025〕3号")
    more = CONTENT["body"] + "\n第四条 各学院及时发布有关信息。"
    await press.policy(
        of=document["id"],
        title="试点工作管理办法",
        document_number="校教〔2026〕1号",
        body=more,
        in_force_from="2026-05-01",
    )
    (hit,) = (await press.get("/policy-documents", text="校教[2026]1号 信息", who="teacher"))["items"]
    assert (hit["number"], hit["standing"]) == (2, "in_force")
    assert await press.found("校教〔2025〕3号") == []
    compared = await press.get(f"/policy-documents/{document['id']}/comparison", before=1, after=2, who="teacher")
    assert [it["after"] for it in compared["paragraphs"] if it["change"] == "added"] == [
        "第四条 各学院及时发布有关信息。"
    ]


async def _a_case_reaches_everybody(press: Press) -> str:
    """Write as a college, recommend as an expert, accept and publish as the office."""
    case = await press.case(state="submitted")
    path = f"/typical-cases/{case['id']}"
    await press.done(f"{path}:assess", {"recommends": True, "opinion": "可推广"}, who="expert")
    await press.done(f"{path}:accept", {"comment": "采纳"})
    await press.done(f"{path}:publish", {})
    return f"/v1/public{path}"


async def _a_bulletin_is_read_and_corrected(press: Press, *, about: str) -> None:
    """Tell the students and everybody of the case; who read it is counted; the correction is read anew."""
    told = await press.bulletin(body=f"典型案例已公布：{about}", is_public=True, is_important=True)
    assert (await press.get("/bulletins:count", who="student")) == {"unread": 1, "important": 1}
    await press.done(f"/bulletins/{told['id']}:read", who="student")
    assert (await press.get(f"/bulletins/{told['id']}"))["reach"] == {"addressed": 1, "read": 1}
    draft = await press.done(f"/bulletins/{told['id']}:correct", {"correction_note": "标题有误"})
    changed = {name: value for name, value in BULLETIN.items() if name != "audience"}
    changed |= {"title": "典型案例公布", "is_public": True, "audience": [{"role": "student"}]}
    assert (await press.put(f"/bulletin-drafts/{draft['id']}", changed)).status_code == 200
    await press.done(f"/bulletin-drafts/{draft['id']}:publish")
    assert await press.titles("student") == ["典型案例公布"]
    assert (await press.get("/bulletins:count", who="student"))["unread"] == 1
    public = (await press.desk.client.get("/v1/public/bulletins")).json()["items"]
    assert [it["title"] for it in public] == ["典型案例公布"]


async def test_a_policy_a_case_and_a_bulletin_are_made_known(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    await _a_policy_is_revised(press)
    about = await _a_case_reaches_everybody(press)
    assert (await press.desk.client.get(about)).json()["title"] == CASE["title"]
    await _a_bulletin_is_read_and_corrected(press, about=about)
    # Its day comes, and nobody has to do anything.
    set_clock(monkeypatch, datetime(2026, 5, 20, 2, tzinfo=UTC))
    assert await press.titles("student") == []
    assert (await press.desk.client.get("/v1/public/bulletins")).json()["items"] == []
    deeds = {it["deed"] for it in (await press.get("/audit-events", page_size=100, who="auditor"))["items"]}
    assert {"publish_policy", "publish_typical_case", "publish_bulletin", "read_bulletin"} <= deeds
