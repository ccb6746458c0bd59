"""Who may teach or examine which level, through HTTP: granted to many at once, revoked, covered, missing."""

from datetime import UTC, datetime

import pytest

from tests.exams.desk import Json, set_clock
from tests.qualifications.make import Staffroom, vouched


def codes(told: Json) -> list[str | None]:
    """Tell why each row was not granted."""
    return [row["code"] for row in told["rows"]]


async def test_a_list_is_granted_in_one_go_and_each_row_says_what_became_of_it(staffroom: Staffroom) -> None:
    one, two = await staffroom.teacher(), await staffroom.teacher(college=1)
    gone, abroad = await staffroom.teacher(active=False), await staffroom.teacher(school=1)
    await staffroom.granted(one, levels=("1",))
    told = await staffroom.granted(one, two, gone, abroad, levels=("1", "2"))
    assert (told["granted"], told["refused"]) == (3, 5)
    assert codes(told) == [
        "qualification_overlaps",
        None,
        None,
        None,
        *["qualification_teacher_inactive"] * 2,
        *["qualification_teacher_unknown"] * 2,
    ]
    assert "重叠" in told["rows"][0]["detail"]
    unknown = await staffroom.granted(one, certificate_level_ids=[staffroom.college()])
    assert codes(unknown) == ["qualification_level_unknown"]
    found = await staffroom.list("teacher-qualifications", teacher_id=two)
    assert {(it["level"], it["kind"], it["state"], it["college_name"]) for it in found} == {
        ("1", "examine", "valid", "二级学院1"),
        ("2", "examine", "valid", "二级学院1"),
    }


async def test_periods_of_one_kind_and_level_follow_each_other(staffroom: Staffroom) -> None:
    teacher = await staffroom.teacher()
    await staffroom.granted(teacher)
    touching: Json = {"valid_from": "2027-04-30", "valid_until": None}
    assert codes(await staffroom.granted(teacher, **touching)) == ["qualification_overlaps"]
    touching["valid_from"] = "2027-05-01"
    assert codes(await staffroom.granted(teacher, **touching)) == [None]
    assert codes(await staffroom.granted(teacher, kind="teach")) == [None]
    backwards = staffroom.grant(teacher, valid_until="2026-04-30")
    neither = staffroom.grant(teacher, document_number=None)
    twice = staffroom.grant(teacher, teacher)
    for body in (backwards, neither, twice):
        assert (await staffroom.send("/teacher-qualifications:grant", body)).status_code == 422


async def test_a_seed_teacher_vouches_for_the_tier_and_below_in_the_own_category(staffroom: Staffroom) -> None:
    category = await staffroom.category(staffroom.certificate())
    seeding, teacher = await staffroom.teacher(), await staffroom.teacher()
    low = await staffroom.seed(seeding, category, tier="1")
    told = await staffroom.granted(teacher, levels=("1", "2"), **vouched(low))
    assert codes(told) == [None, "seed_teacher_tier_too_low"]
    high = await staffroom.seed(seeding, category, tier="3")
    other = staffroom.level("1", organisation=1)
    levels = [staffroom.level("1"), staffroom.level("2"), other]
    told = await staffroom.granted(teacher, seeding, certificate_level_ids=levels, kind="teach", **vouched(high))
    assert codes(told) == [
        None,
        None,
        "seed_teacher_of_another_category",
        *["seed_teacher_for_themself"] * 3,
    ]
    assert (await staffroom.desk.get(f"/v1/seed-teachers/{high['id']}"))["vouched"] == 2
    (held,) = await staffroom.list("teacher-qualifications", certificate_level_id=staffroom.level("2"))
    assert (held["seed_teacher_name"], held["document_number"]) == ("徐老师", None)


async def test_only_a_seed_teacher_whose_term_runs_vouches(
    staffroom: Staffroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    category = await staffroom.category(staffroom.certificate())
    seed = await staffroom.seed(await staffroom.teacher(), category)
    teacher = await staffroom.teacher()
    set_clock(monkeypatch, datetime(2029, 1, 1, tzinfo=UTC))
    body = staffroom.grant(teacher, **vouched(seed))
    assert await staffroom.refused("/teacher-qualifications:grant", body) == (409, "seed_teacher_not_active")
    foreign = await staffroom.refused("/teacher-qualifications:grant", body, who="registrar_2")
    assert foreign == (404, "not_found")


async def test_a_revoked_qualification_holds_no_longer_and_leaves_room(staffroom: Staffroom) -> None:
    teacher = await staffroom.teacher()
    told = await staffroom.granted(teacher)
    path = f"/teacher-qualifications/{told['rows'][0]['qualification_id']}:revoke"
    revoked = await staffroom.done(path, {"reason": "评价组织通知撤销"})
    assert (revoked["state"], revoked["revoked_on"], revoked["allowed_deeds"]) == ("revoked", "2026-05-10", [])
    assert await staffroom.refused(path, {"reason": "再次"}) == (409, "deed_not_allowed")
    # Until yesterday it held, so that another one does not reach back there.
    assert codes(await staffroom.granted(teacher, valid_from="2026-05-09")) == ["qualification_overlaps"]
    assert codes(await staffroom.granted(teacher, valid_from="2026-05-10")) == [None]
    upcoming = await staffroom.granted(teacher, valid_from="2027-05-01", valid_until=None)
    path = f"/teacher-qualifications/{upcoming['rows'][0]['qualification_id']}:revoke"
    assert (await staffroom.done(path, {"reason": "不再需要"}))["revoked_on"] == "2027-05-01"


async def test_the_same_key_grants_once(staffroom: Staffroom) -> None:
    teacher = await staffroom.teacher()
    headers = staffroom.desk.sign_in("registrar") | {"Idempotency-Key": "grant-once"}
    answers = [
        await staffroom.desk.client.post(
            "/v1/teacher-qualifications:grant", json=staffroom.grant(teacher), headers=headers
        )
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["granted"] == 1


async def test_each_sees_their_own(staffroom: Staffroom) -> None:
    mine, theirs = await staffroom.teacher(who="teacher"), await staffroom.teacher(college=1)
    await staffroom.granted(mine, theirs)
    await staffroom.granted(mine, kind="teach")
    await staffroom.granted(mine, certificate_level_ids=[staffroom.level(organisation=1)])
    counted = {
        who: len(await staffroom.list("teacher-qualifications", who=who))
        for who in ("registrar", "auditor", "coordinator", "sibling_coordinator", "teacher", "org_staff", "registrar_2")
    }
    assert counted == {
        "registrar": 4,
        "auditor": 4,
        "coordinator": 3,
        "sibling_coordinator": 1,
        "teacher": 3,
        "org_staff": 2,  # who examines its certificate, not who teaches for it
        "registrar_2": 0,
    }
    body = staffroom.grant(mine)
    for who in ("coordinator", "teacher", "auditor", "org_staff"):
        assert (await staffroom.refused("/teacher-qualifications:grant", body, who=who))[0] == 403
    (held,) = await staffroom.list("teacher-qualifications", teacher_id=theirs)
    path = f"/teacher-qualifications/{held['id']}:revoke"
    assert await staffroom.refused(path, {"reason": "越权"}, who="registrar_2") == (404, "not_found")
    assert [it["id"] for it in await staffroom.list("teacher-qualifications", college_id=staffroom.college(1))] == [
        held["id"]
    ]
    of = {"certificate_id": staffroom.certificate(organisation=1), "kind": "examine", "state": "valid"}
    assert len(await staffroom.list("teacher-qualifications", **of)) == 1


async def test_coverage_counts_higher_levels_and_what_expires(staffroom: Staffroom) -> None:
    senior, junior = await staffroom.teacher(), await staffroom.teacher()
    await staffroom.granted(senior, levels=("2",))
    await staffroom.granted(junior, levels=("1",), valid_until="2026-06-30")
    await staffroom.granted(junior, levels=("1",), kind="teach", valid_until=None)
    of = {"college_id": staffroom.college(), "certificate_id": staffroom.certificate()}
    told = await staffroom.list("qualification-coverage", expiring_within_days=51, **of)
    figures = [(it["level"], it["teach"], it["examine"], it["examine_expiring"], it["gaps"]) for it in told]
    assert figures == [("1", 1, 2, 0, []), ("2", 0, 1, 0, ["teach"])]
    told = await staffroom.list("qualification-coverage", expiring_within_days=52, **of)
    assert [it["examine_expiring"] for it in told] == [1, 0]
    await staffroom.granted(junior, levels=("2",), valid_from="2026-07-01")
    told = await staffroom.list("qualification-coverage", expiring_within_days=52, **of)
    assert [it["examine_expiring"] for it in told] == [0, 0]
    gaps = await staffroom.list("qualification-coverage", only_gaps="true", who="coordinator")
    assert [(it["certificate_name"], it["level"], it["gaps"]) for it in gaps] == [
        ("智能财税1", "2", ["teach"]),
        ("智能财税2", "1", ["teach", "examine"]),
        ("智能财税2", "2", ["teach", "examine"]),
    ]
    assert await staffroom.list("qualification-coverage", who="teacher") == []


async def test_coverage_is_told_in_pages(staffroom: Staffroom) -> None:
    whole = await staffroom.list("qualification-coverage")
    found: list[Json] = []
    query: Json = {"page_size": 3}
    while True:
        page = await staffroom.desk.get("/v1/qualification-coverage", **query)
        found += page["items"]
        if page["next_page_token"] is None:
            break
        query["page_token"] = page["next_page_token"]
    assert (found, len(found)) == (whole, 8)
    odd = await staffroom.desk.client.get(
        "/v1/qualification-coverage", params={"page_token": "WyJhIl0"}, headers=staffroom.desk.sign_in("registrar")
    )
    assert odd.status_code in {400, 422}
