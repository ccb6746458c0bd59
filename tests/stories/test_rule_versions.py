"""A rule from draft through both agreements, filing and notice to publication; then version 2, and who keeps which."""

from datetime import UTC, date, datetime
from uuid import uuid4

import httpx
import pytest

from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.world import World
from x_pilot_api.core.service import Service

IN_MARCH = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AFTER_THE_NOTICE = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
A_MONTH_LATER = datetime(2026, 4, 9, 1, 0, tzinfo=UTC)
AFTER_THE_EXAMS = datetime(2026, 7, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


async def ask(
    desk: Desk,
    who: str,
    path: str,
    body: Json | None = None,
    *,
    status: int = 200,
    method: str = "POST",
    if_match: str | None = None,
) -> Json:
    """Do a deed as somebody, expect a status, and give what is answered."""
    sent = desk.sign_in(who) | {"Idempotency-Key": uuid4().hex} | ({"If-Match": if_match} if if_match else {})
    answer = await desk.client.request(method, path, json=body, headers=sent)
    assert answer.status_code == status, answer.text
    answered: Json = answer.json()
    return answered


async def load_the_limits(desk: Desk) -> None:
    """Let the office load what its documents say."""
    for limit in (
        {"code": "per_certificate", "credit": "8.00"},
        {"code": "notice_days", "days": 5},
        {"code": "level_categories", "level": "2", "categories": ["core"]},
    ):
        document = {"document_number": "苏财院教〔2026〕3号", "effective_from": "2026-03-01"}
        await ask(desk, "registrar", "/v1/policy-limits", limit | document, status=201)


async def propose(desk: Desk) -> Json:
    """Propose a rule that enters grades by table and counts the units of the standard."""
    school, level_id = desk.world.schools[0], desk.world.organisations[0].levels["2"]
    course = str(school.courses[0][0])
    wish: Json = {
        "programme_id": str(school.programmes[0]),
        "certificate_level_id": str(level_id),
        "direction": "certificate_to_course",
        "entry_year_from": 2024,
        "entry_year_to": 2024,
        "courses": [{"course_id": course, "credit": "4.00"}],
        "grades": [{"score_from": "60.00", "grade": "合格"}, {"score_from": "85.00", "grade": "优秀"}],
        "units": [
            {"code": "U1", "name": "票据", "weight_percent": 40, "covered_by": [{"course_id": course, "percent": 100}]},
            {"code": "U2", "name": "核算", "weight_percent": 60, "covered_by": [{"course_id": course, "percent": 25}]},
        ],
    }
    made = await ask(desk, "coordinator", "/v1/mappings", wish, status=201)
    assert (made["credit"], made["coverage_percent"]) == ("4.00", "55.00")
    return made


async def agree(desk: Desk, rule: Json) -> Json:
    """Let both parties agree to what the rule says."""
    path, agreement = f"/v1/mappings/{rule['id']}", {"content_hash": rule["content_hash"]}
    await ask(desk, "coordinator", f"{path}:agree", agreement)
    return await ask(desk, "org_staff", f"{path}:agree", agreement)


async def edit_what_was_agreed(desk: Desk, rule: Json) -> Json:
    """Change the credits after both agreed: the copy has to be the present one, and both have to agree again."""
    path = f"/v1/mappings/{rule['id']}"
    course = {"course_id": rule["courses"][0]["course_id"], "credit": "3.00"}
    read = await desk.client.get(path, headers=desk.sign_in("coordinator"))
    tag: str = read.headers["etag"]
    await ask(desk, "coordinator", path, {"courses": [course]}, method="PATCH", status=428)
    edited = await ask(desk, "coordinator", path, {"courses": [course]}, method="PATCH", if_match=tag)
    assert (edited["state"], edited["college_agreed"], edited["organisation_agreed"]) == ("draft", False, False)
    assert (edited["credit"], edited["coverage_percent"]) == ("3.00", "55.00")
    await ask(desk, "coordinator", path, {"courses": [course]}, method="PATCH", status=412, if_match=tag)
    stale = {"content_hash": rule["content_hash"]}
    refused = await ask(desk, "org_staff", f"{path}:agree", stale, status=409)
    assert refused["code"] == "content_changed"
    return edited


async def file_and_show(desk: Desk, rule: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    """Approve and file it, show it, answer an objection, and wait until the notice has come down."""
    path = f"/v1/mappings/{rule['id']}"
    await ask(desk, "registrar", f"{path}:approve")
    filing = {"filing_number": "苏学分银行备〔2026〕7号", "filed_on": "2026-03-02", "document": "转换规则备案表"}
    await ask(desk, "registrar", f"{path}:file", filing)
    refused = await ask(desk, "registrar", f"{path}:publish", {"effective_from": "2026-04-01"}, status=409)
    assert (refused["code"], refused["figures"]["limit_version"]) == ("notice_missing", 1)
    days = {"starts_on": "2026-03-02", "ends_on": "2026-03-05"}
    refused = await ask(desk, "registrar", f"{path}:open-notice", days, status=409)
    assert (refused["code"], refused["figures"]["days"], refused["figures"]["needed"]) == ("notice_too_short", 4, 5)
    notice = await ask(desk, "registrar", f"{path}:open-notice", days | {"ends_on": "2026-03-06"})
    shown = (await desk.client.get("/v1/public/mapping-notices")).json()["items"]
    assert [(it["id"], it["notice"]["ends_on"]) for it in shown] == [(rule["id"], "2026-03-06")]
    objections = f"/v1/mapping-notices/{notice['id']}/objections"
    objection = await ask(desk, "student", objections, {"text": "学分偏高"}, status=201)
    set_clock(monkeypatch, AFTER_THE_NOTICE)
    assert (await desk.client.get("/v1/public/mapping-notices")).json()["items"] == []
    refused = await ask(desk, "registrar", f"{path}:publish", {"effective_from": "2026-04-01"}, status=409)
    assert refused["code"] == "objections_open"
    answer = {"answer": "学分与课程学时一致", "is_upheld": False}
    await ask(desk, "registrar", f"/v1/mapping-objections/{objection['id']}:answer", answer)


async def make_version_two(desk: Desk, first: Json) -> Json:
    """Revise the published rule, lower its credits, and let both agree to that."""
    draft = await ask(desk, "coordinator", f"/v1/mappings/{first['id']}:revise", status=201)
    assert (draft["version"], draft["revises_id"], draft["content_hash"]) == (2, first["id"], first["content_hash"])
    path = f"/v1/mappings/{draft['id']}"
    course = {"course_id": first["courses"][0]["course_id"], "credit": "2.00"}
    edited = await ask(desk, "coordinator", path, {"courses": [course]}, method="PATCH", if_match="*")
    told = await desk.get(f"{path}/differences", who="org_staff")
    assert told["differences"] == [{"place": "courses/K0/credit", "before": "3.00", "after": "2.00"}]
    await agree(desk, edited)
    return edited


async def test_a_rule_from_draft_to_publication_and_on_to_its_second_version(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, IN_MARCH)
    await load_the_limits(desk)
    rule = await propose(desk)
    assert (await agree(desk, rule))["state"] == "agreed"
    rule = await agree(desk, await edit_what_was_agreed(desk, rule))
    await file_and_show(desk, rule, monkeypatch)
    path = f"/v1/mappings/{rule['id']}"
    first = await ask(desk, "registrar", f"{path}:publish", {"effective_from": "2026-04-01"})
    public = (await desk.client.get(f"/v1/public/mappings/{rule['id']}")).json()
    assert (public["credit"], public["filing_number"], public["institution"]) == (
        "3.00",
        "苏学分银行备〔2026〕7号",
        "学院1",
    )

    set_clock(monkeypatch, A_MONTH_LATER)
    second = await make_version_two(desk, first)
    path = f"/v1/mappings/{second['id']}"
    await ask(desk, "registrar", f"{path}:approve")
    await ask(desk, "registrar", f"{path}:file", {"filing_number": "备9号", "filed_on": "2026-04-09"})
    waived = {"code": "notice_days", "is_waived": True, "document_number": "苏财院教〔2026〕8号"}
    await ask(desk, "registrar", "/v1/policy-limits", waived | {"effective_from": "2026-04-09"}, status=201)
    await ask(desk, "registrar", f"{path}:publish", {"effective_from": "2026-07-01"})

    await desk.open_accounts(0, 1)
    june, july = await desk.plan(candidates=2), await desk.plan(exam_on=date(2026, 7, 18), candidates=2)
    set_clock(monkeypatch, AFTER_THE_EXAMS)
    await desk.push(june, desk.row(june, 0))
    await desk.push(july, desk.row(july, 1))
    kept, later = [(await desk.account(index))["outcomes"][0] for index in (0, 1)]
    assert [(it["mapping_id"], it["mapping_version"], it["credit"]) for it in (kept, later)] == [
        (first["id"], 1, "3.00"),
        (second["id"], 2, "2.00"),
    ]
    feed = (await desk.client.get("/v1/public/mapping-feed")).json()
    assert [item["id"] for item in feed["items"]] == [second["id"], first["id"]]
    ended = await desk.get(f"/v1/mappings/{first['id']}")
    assert (ended["state"], ended["effective_to"]) == ("superseded", "2026-07-01")
