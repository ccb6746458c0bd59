"""Conversion rules over HTTP: their whole life, who sees them, who may do what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.mappings import make
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.mappings.models import Direction, MappingState

SignIn = Callable[[str], dict[str, str]]
Json = dict[str, Any]


def body(world: World, **changes: object) -> Json:
    school = world.schools[0]
    wish: Json = {
        "programme_id": str(school.programmes[0]),
        "certificate_level_id": str(world.organisations[0].levels["1"]),
        "direction": "certificate_to_course",
        "entry_year_from": 2024,
        "entry_year_to": 2026,
        "courses": [
            {"course_id": str(school.courses[0][1]), "credit": "1.5", "grade": "85"},
            {"course_id": str(school.courses[0][0]), "credit": "2.00", "grade": "良好"},
        ],
    }
    return wish | changes


class Caller:
    """Calls the service as somebody."""

    def __init__(self, client: httpx.AsyncClient, sign_in: SignIn) -> None:
        self.client, self.sign_in = client, sign_in

    async def get(self, who: str, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(f"/v1/mappings{path}", headers=self.sign_in(who) | headers)

    async def post(self, who: str, path: str = "", json: Json | None = None) -> httpx.Response:
        return await self.client.post(f"/v1/mappings{path}", headers=self.sign_in(who), json=json)

    async def propose(self, world: World, **changes: object) -> Json:
        answer = await self.post("coordinator", json=body(world, **changes))
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture
def call(client: httpx.AsyncClient, sign_in: SignIn) -> Caller:
    return Caller(client, sign_in)


async def test_a_rule_lives_from_draft_to_published_by_the_right_people(call: Caller, world: World) -> None:
    today = clock.today("Asia/Shanghai")
    draft = await call.propose(world)
    path, agreement = f"/{draft['id']}", {"content_hash": draft["content_hash"]}
    steps: list[tuple[str, str, Json | None, str]] = [
        ("coordinator", "agree", agreement, "draft"),
        ("org_staff", "agree", agreement, "agreed"),
        ("registrar", "approve", None, "approved"),
        ("registrar", "file", {"filing_number": "备〔2026〕1号", "filed_on": str(today)}, "filed"),
        ("registrar", "publish", {"effective_from": "2025-09-01"}, "published"),
    ]
    for who, deed, wish, state in steps:
        before = (await call.get(who, path)).json()
        assert deed in before["allowed_deeds"]
        answer = await call.post(who, f"{path}:{deed}", json=wish)
        assert (answer.status_code, answer.json()["state"]) == (200, state), answer.text
        assert deed not in answer.json()["allowed_deeds"]
    published = (await call.get("teacher", path)).json()
    assert published["allowed_deeds"] == []
    assert (published["college_agreed"], published["organisation_agreed"]) == (True, True)
    assert (published["filing_number"], published["filed_on"]) == ("备〔2026〕1号", str(today))
    assert (published["effective_from"], published["effective_to"]) == ("2025-09-01", None)


async def test_a_proposal_is_told_in_full(call: Caller, world: World) -> None:
    answer = await call.post("coordinator", json=body(world))
    made = answer.json()
    assert answer.headers["location"] == f"/v1/mappings/{made['id']}"
    assert [(line["code"], line["credit"], line["grade"]) for line in made["courses"]] == [
        ("K0", "2.00", "良好"),
        ("K1", "1.50", "85"),
    ]
    assert (made["credit"], made["version"], made["state"]) == ("3.50", 1, "draft")
    assert (made["programme_name"], made["certificate_name"], made["level"]) == ("专业0", "智能财税1", "1")
    assert made["allowed_deeds"] == ["agree", "edit"]
    assert (await call.get("coordinator", f"/{made['id']}")).json() == made


@pytest.mark.parametrize(
    "wrong",
    [
        {"courses": []},
        {"courses": [{"course_id": str(uuid4()), "credit": "0", "grade": "A"}]},
        {"courses": [{"course_id": str(uuid4()), "credit": "-1", "grade": "A"}]},
        {"courses": [{"course_id": str(uuid4()), "credit": 2.5, "grade": "A"}]},
        {"courses": [{"course_id": str(uuid4()), "credit": "2.505", "grade": "A"}]},
        {"courses": [{"course_id": "00000000-0000-0000-0000-000000000001", "credit": "1", "grade": "A"}] * 2},
        {"entry_year_from": 2027},
        {"entry_year_from": "2024"},
        {"direction": "sideways"},
        {"state": "published"},
    ],
)
async def test_a_proposal_that_makes_no_sense_is_refused(call: Caller, world: World, wrong: Json) -> None:
    answer = await call.post("coordinator", json=body(world, **wrong))
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")


async def test_a_foreign_course_is_refused_by_name(call: Caller, world: World) -> None:
    foreign = str(world.schools[1].courses[0][0])
    answer = await call.post(
        "registrar", json=body(world, courses=[{"course_id": foreign, "credit": "1", "grade": "A"}])
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "courses_not_of_programme")
    assert foreign in answer.json()["detail"]


async def test_agreeing_to_what_one_has_not_read_is_refused_with_both_hashes(call: Caller, world: World) -> None:
    draft = await call.propose(world)
    other = "0" * 64
    answer = await call.post("org_staff", f"/{draft['id']}:agree", json={"content_hash": other})
    assert (answer.status_code, answer.json()["code"]) == (409, "content_changed")
    assert answer.json()["figures"] == {"agreed_hash": other, "content_hash": draft["content_hash"]}
    assert (await call.get("org_staff", f"/{draft['id']}")).json()["organisation_agreed"] is False


@pytest.mark.parametrize(
    ("who", "deed", "wish"),
    [
        ("registrar", "agree", {"content_hash": "0" * 64}),
        ("sibling_coordinator", "agree", {"content_hash": "0" * 64}),
        ("coordinator", "approve", None),
        ("org_staff", "approve", None),
        ("auditor", "file", {"filing_number": "1", "filed_on": "2026-01-01"}),
        ("coordinator", "publish", {"effective_from": "2026-01-01"}),
        ("teacher", "withdraw", {"reason": "-"}),
        ("machine", "agree", {"content_hash": "0" * 64}),
    ],
)
async def test_the_wrong_role_may_not(call: Caller, world: World, who: str, deed: str, wish: Json | None) -> None:
    draft = await call.propose(world)
    answer = await call.post(who, f"/{draft['id']}:{deed}", json=wish)
    assert answer.status_code == 403
    assert (await call.get("registrar", f"/{draft['id']}")).json()["state"] == "draft"


@pytest.mark.parametrize("who", ["student", "expert", "operator", "security_admin", "machine"])
async def test_others_read_no_rules(call: Caller, who: str) -> None:
    assert (await call.get(who, "")).status_code == 403


@pytest.mark.parametrize("who", ["auditor", "teacher", "org_staff"])
async def test_readers_propose_nothing(call: Caller, world: World, who: str) -> None:
    assert (await call.post(who, json=body(world))).status_code == 403


@pytest.mark.parametrize("who", ["registrar_2", "coordinator_2", "auditor_2", "org_staff_2"])
async def test_another_institution_and_another_organisation_find_nothing(call: Caller, world: World, who: str) -> None:
    draft = await call.propose(world)
    answer = await call.get(who, f"/{draft['id']}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await call.get(who, "")).json()["items"] == []


async def test_deeds_on_anothers_rule_are_not_found(call: Caller, world: World) -> None:
    draft = await call.propose(world)
    agreement = {"content_hash": draft["content_hash"]}
    deeds: list[tuple[str, str, Json | None]] = [
        ("coordinator_2", "agree", agreement),
        ("org_staff_2", "agree", agreement),
        ("registrar_2", "approve", None),
        ("registrar_2", "file", {"filing_number": "1", "filed_on": "2026-01-01"}),
        ("registrar_2", "publish", {"effective_from": "2026-01-01"}),
        ("registrar_2", "withdraw", {"reason": "-"}),
    ]
    for who, deed, wish in deeds:
        assert (await call.post(who, f"/{draft['id']}:{deed}", json=wish)).status_code == 404, deed


@pytest.mark.parametrize("who", ["registrar", "coordinator", "sibling_coordinator", "teacher", "auditor", "org_staff"])
async def test_the_whole_institution_and_the_organisation_read_a_rule(call: Caller, world: World, who: str) -> None:
    draft = await call.propose(world)
    assert [row["id"] for row in (await call.get(who, "")).json()["items"]] == [draft["id"]]


async def test_an_organisation_reads_and_agrees_across_institutions(call: Caller, world: World) -> None:
    here = await call.propose(world)
    school = world.schools[1]
    course = {"course_id": str(school.courses[0][0]), "credit": "1", "grade": "A"}
    there = (
        await call.post("coordinator_2", json=body(world, programme_id=str(school.programmes[0]), courses=[course]))
    ).json()
    rows = (await call.get("org_staff", "")).json()["items"]
    assert [row["institution_id"] for row in rows] == [here["institution_id"], there["institution_id"]]
    assert [row["credit"] for row in rows] == ["3.50", "1.00"]
    agreed = await call.post("org_staff", f"/{there['id']}:agree", json={"content_hash": there["content_hash"]})
    assert agreed.json()["organisation_agreed"] is True


async def test_lists_are_filtered_and_paged(call: Caller, world: World) -> None:
    first = await call.propose(world)
    offsets = [
        {"component_code": "theory", "course_id": str(course), "share_percent": 50}
        for course in world.schools[0].courses[0]
    ]
    second = await call.propose(world, direction="course_to_assessment", offsets=offsets)
    third = await call.propose(world, certificate_level_id=str(world.organisations[1].levels["2"]))

    async def ids(query: str) -> list[str]:
        answer = await call.get("registrar", f"?{query}")
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    assert await ids("direction=course_to_assessment") == [second["id"]]
    assert await ids(f"certificate_level_id={third['certificate_level_id']}") == [third["id"]]
    assert await ids(f"programme_id={first['programme_id']}&state=draft") == [first["id"], second["id"], third["id"]]
    assert await ids("state=published") == []
    page = await call.get("registrar", "?page_size=2")
    assert 'rel="next"' in page.headers["link"]
    assert await ids(f"page_token={page.json()['next_page_token']}") == [third["id"]]
    assert (await call.get("registrar", "?state=unheard")).status_code == 400
    assert (await call.get("registrar", "?colour=red")).status_code == 400


async def test_paths_of_rules_and_of_deeds_keep_apart(call: Caller, world: World) -> None:
    draft = await call.propose(world)
    assert (await call.get("registrar", f"/{draft['id']}")).status_code == 200
    assert (await call.get("registrar", f"/{draft['id']}:agree")).status_code == 400
    assert (await call.get("registrar", "/no-uuid")).status_code == 400
    assert (await call.get("registrar", f"/{uuid4()}")).status_code == 404
    assert (await call.post("registrar", f"/{draft['id']}:approve:file")).status_code == 400
    assert (await call.post("registrar", f"/{draft['id']}:frobnicate")).status_code == 405
    assert (await call.post("registrar", f"/{draft['id']}:withdraw", json={"reason": "重拟"})).status_code == 200


async def test_a_copy_that_is_still_true_is_not_sent_again(call: Caller, world: World) -> None:
    draft = await call.propose(world)
    first = await call.get("coordinator", f"/{draft['id']}")
    tag = first.headers["etag"]
    again = await call.get("coordinator", f"/{draft['id']}", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    await call.post("coordinator", f"/{draft['id']}:agree", json={"content_hash": draft["content_hash"]})
    changed = await call.get("coordinator", f"/{draft['id']}", **{"If-None-Match": tag})
    assert (changed.status_code, changed.json()["college_agreed"]) == (200, True)


async def test_a_filing_of_tomorrow_is_refused(call: Caller, service: Service, world: World) -> None:
    async with service.database.transaction() as session:
        mapping = await make.bring(session, world, MappingState.APPROVED)
    tomorrow = clock.today("Asia/Shanghai") + timedelta(days=1)
    answer = await call.post("registrar", f"/{mapping.id}:file", json={"filing_number": "1", "filed_on": str(tomorrow)})
    assert (answer.status_code, answer.json()["code"]) == (409, "filed_in_future")


async def test_publishing_beside_a_rule_in_force_names_it(call: Caller, service: Service, world: World) -> None:
    async with service.database.transaction() as session:
        first = await make.bring(session, world, MappingState.PUBLISHED)
        second = await make.bring(session, world, MappingState.FILED)
    answer = await call.post("registrar", f"/{second.id}:publish", json={"effective_from": str(make.STARTS)})
    assert (answer.status_code, answer.json()["code"]) == (409, "rule_in_force")
    assert answer.json()["figures"] == {
        "mapping_id": str(first.id),
        "version": 1,
        "effective_from": "2025-09-01",
        "effective_to": "-",
        "entry_year_from": 2024,
        "entry_year_to": 2026,
    }


async def test_publishing_what_another_certificate_converts_is_refused(
    call: Caller, service: Service, world: World
) -> None:
    async with service.database.transaction() as session:
        await make.bring(session, world, MappingState.PUBLISHED)
        second = await make.bring(session, world, MappingState.FILED, organisation=1)
    answer = await call.post("registrar", f"/{second.id}:publish", json={"effective_from": "2026-09-01"})
    assert (answer.status_code, answer.json()["code"]) == (409, "course_already_converted")
    assert "智能财税1" in answer.json()["detail"]


async def test_dates_out_of_order_are_refused(call: Caller, world: World) -> None:
    draft = await call.propose(world)
    dates = {"effective_from": "2026-09-01", "effective_to": "2026-09-01"}
    assert (await call.post("registrar", f"/{draft['id']}:publish", json=dates)).status_code == 422


async def test_withdrawing_a_rule_in_force_is_refused(call: Caller, service: Service, world: World) -> None:
    async with service.database.transaction() as session:
        rule = make.wish(world, direction=Direction.COURSE_TO_ASSESSMENT)
        mapping = await make.bring(session, world, MappingState.PUBLISHED, rule=rule)
    assert "withdraw" not in (await call.get("registrar", f"/{mapping.id}")).json()["allowed_deeds"]
    answer = await call.post("registrar", f"/{mapping.id}:withdraw", json={"reason": "重拟"})
    assert (answer.status_code, answer.json()["code"]) == (409, "rule_already_in_force")
