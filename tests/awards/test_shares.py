"""Links by which holders show their certificates: what is shown, for how long, and who looked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.awards import office
from tests.exams.desk import Desk, Json, set_clock
from x_pilot_api.core import clock

EVERYTHING = [
    "full_name",
    "certificate",
    "level",
    "organisation",
    "institution",
    "number",
    "issued_on",
    "score",
    "credit",
]


@pytest.fixture
async def award(desk: Desk) -> Json:
    await desk.rule()
    await desk.open_accounts(0)
    return await office.issued(desk, certificate_number="ZS-1")


def wish(*fields: str, **changes: Any) -> Json:  # noqa: ANN401
    until = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    return {"fields": list(fields or EVERYTHING), "expires_at": until} | changes


async def share(desk: Desk, award: Json, *fields: str, **changes: Any) -> Json:  # noqa: ANN401
    return await office.done(desk, f"/v1/awards/{award['id']}/shares", wish(*fields, **changes), who="student")


async def look(desk: Desk, made: Json, agent: str = "Mozilla/5.0 (iPhone) Mobile") -> tuple[int, Json]:
    answer = await desk.client.get(made["path"], headers={"User-Agent": agent})
    return answer.status_code, answer.json()


async def test_a_link_shows_what_was_chosen(desk: Desk, award: Json) -> None:
    made = await share(desk, award)
    status, shown = await look(desk, made)
    assert status == 200
    assert {name: shown[name] for name in shown if name not in {"as_of", "shared_until"}} == {
        "state": "valid", "is_test": False, "holder": "学生10", "certificate": "智能财税1", "level": "2",
        "organisation": "评价组织1", "institution": "学院1", "number": "ZS-1", "issued_on": award["issued_on"],
        "score": "80.00", "credit": "3.00",
    }  # fmt: skip


async def test_a_link_shows_nothing_that_was_not_chosen(desk: Desk, award: Json) -> None:
    _, shown = await look(desk, await share(desk, award, "level"))
    assert (shown["holder"], shown["level"], shown["state"]) == ("学***", "2", "valid")
    hidden = {"certificate", "organisation", "institution", "number", "issued_on", "score", "credit"}
    assert {shown[name] for name in hidden} == {None}


async def test_the_holder_sees_when_it_was_looked_at_and_by_what_kind_of_client(desk: Desk, award: Json) -> None:
    made = await share(desk, award, "level")
    for agent in ("Mozilla/5.0 (iPhone) Mobile", "Mozilla/5.0 (X11; Linux)", "curl/8.1"):
        assert (await look(desk, made, agent))[0] == 200
    views = (await desk.get(f"/v1/award-shares/{made['share']['id']}/views", who="student"))["items"]
    assert [view["client_kind"] for view in views] == ["phone", "computer", "program"]
    assert {frozenset(view) for view in views} == {frozenset({"seen_at", "client_kind"})}
    (listed,) = (await desk.get(f"/v1/awards/{award['id']}/shares", who="student"))["items"]
    assert (listed["views"], listed["is_open"], listed["last_seen_at"] is not None) == (3, True, True)
    assert "token" not in listed


async def test_a_recalled_an_expired_and_an_exhausted_link_are_gone(
    desk: Desk, award: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    recalled, limited, expiring = (
        await share(desk, award),
        await share(desk, award, views_max=1),
        await share(desk, award),
    )
    path = f"/v1/award-shares/{recalled['share']['id']}:recall"
    back = await office.done(desk, path, who="student")
    assert (back["is_open"], back == await office.done(desk, path, who="student")) == (False, True)
    assert [(await look(desk, limited))[0] for _ in range(2)] == [200, 410]
    assert (await look(desk, recalled))[0] == 410
    assert (await look(desk, expiring))[0] == 200
    set_clock(monkeypatch, clock.now() + timedelta(days=8))
    status, told = await look(desk, expiring)
    assert (status, told["code"]) == (410, "share_closed")


async def test_an_unknown_link_is_not_found_whatever_is_wrong_with_it(desk: Desk, award: Json) -> None:
    token = (await share(desk, award))["token"]
    school = desk.world.schools
    for wrong in (f"{token}x", token[:-1], token.lower(), token.replace(school[0].code, school[1].code), "x", "%00"):
        answer = await desk.client.get(f"/v1/shared-awards/{wrong}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), wrong


async def test_only_the_holder_shares_and_recalls(desk: Desk, award: Json) -> None:
    made = await share(desk, award)
    others = await desk.plan()
    await desk.push(others, desk.row(others, 1))
    (fellows,) = await desk.awards(1)
    assert await office.refused(desk, f"/v1/awards/{fellows['id']}/shares", wish(), who="student") == (404, "not_found")
    for who, status in (("student_2", 404), ("registrar", 403), ("org_staff", 403)):
        path = f"/v1/award-shares/{made['share']['id']}:recall"
        assert (await office.refused(desk, path, who=who))[0] == status, who
        assert await desk.status(f"/v1/award-shares/{made['share']['id']}/views", who=who) == status, who
    assert (await look(desk, made))[0] == 200


async def test_a_link_lasts_a_year_at_most_and_there_are_so_many_at_most(desk: Desk, award: Json) -> None:
    path = f"/v1/awards/{award['id']}/shares"
    now = datetime.now(UTC)
    for until in (now - timedelta(seconds=1), now + timedelta(days=367)):
        refused = await office.refused(desk, path, wish(expires_at=until.isoformat()), who="student")
        assert refused == (422, "body_invalid")
    for _ in range(20):
        await share(desk, award, "level")
    assert await office.refused(desk, path, wish(), who="student") == (409, "shares_too_many")


async def test_the_secret_is_kept_only_as_a_hash(desk: Desk, award: Json) -> None:
    made = await share(desk, award)
    secret = made["token"].partition("-")[2]
    assert len(secret) == 32
    held = await office.count(
        desk, "SELECT count(*) FROM award_shares AS kept WHERE kept::text LIKE '%' || :secret || '%'", secret=secret
    )
    assert held == 0
