"""Seed teachers through HTTP: nominated, certified by a second person, active and lapsed by the day, renewed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from tests.exams.desk import Json, set_clock
from tests.qualifications.make import EVIDENCE, TERM, Staffroom, uuid_of
from x_pilot_api.identity.models import Membership
from x_pilot_api.qualifications.models import SeedTeacher


async def test_a_term_begins_and_lapses_by_the_day_of_the_institution(
    staffroom: Staffroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category(staffroom.certificate())
    nominated = await staffroom.nominated(teacher, category)
    assert (nominated["state"], nominated["allowed_deeds"], nominated["college_name"]) == ("nominated", [], "二级学院0")
    path = f"/seed-teachers/{nominated['id']}"
    seen = await staffroom.desk.get(f"/v1{path}")
    assert seen["allowed_deeds"] == ["certify", "decline"]
    certified = await staffroom.done(f"{path}:certify", TERM | {"valid_from": "2026-06-01"})
    assert (certified["state"], certified["allowed_deeds"]) == ("certified", ["revoke"])
    states: list[str] = []
    for instant in (
        datetime(2026, 5, 31, 15, 59, tzinfo=UTC),
        datetime(2026, 5, 31, 16, 0, tzinfo=UTC),
        datetime(2028, 12, 31, 15, 59, tzinfo=UTC),
        datetime(2028, 12, 31, 16, 0, tzinfo=UTC),
    ):
        set_clock(monkeypatch, instant)
        states.append((await staffroom.desk.get(f"/v1{path}"))["state"])
        assert [it["id"] for it in await staffroom.list("seed-teachers", state=states[-1])] == [nominated["id"]]
    assert states == ["certified", "active", "active", "lapsed"]
    assert (await staffroom.desk.get(f"/v1{path}", who="coordinator"))["allowed_deeds"] == ["renew"]


async def test_a_renewal_is_a_nomination_of_its_own_and_its_term_follows(staffroom: Staffroom) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category()
    first = await staffroom.seed(teacher, category)
    assert first["state"] == "active"
    path = f"/seed-teachers/{first['id']}"
    renewal = await staffroom.done(f"{path}:renew", EVIDENCE, who="coordinator", status=201)
    assert (renewal["renews_id"], renewal["state"]) == (first["id"], "nominated")
    assert await staffroom.refused(f"{path}:renew", EVIDENCE, who="coordinator") == (409, "seed_nomination_open")
    certify = f"/seed-teachers/{renewal['id']}:certify"
    assert await staffroom.refused(certify, TERM) == (409, "seed_term_overlaps")
    after = TERM | {"valid_from": "2029-01-01", "valid_until": "2031-12-31"}
    assert (await staffroom.done(certify, after))["state"] == "certified"
    told = await staffroom.desk.get(f"/v1{path}", who="coordinator")
    assert (told["state"], told["allowed_deeds"]) == ("active", [])


async def test_who_nominated_does_not_answer(staffroom: Staffroom) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category()
    nominated = await staffroom.nominated(teacher, category)
    registrar = staffroom.desk.world.callers["registrar"].id
    async with staffroom.desk.service.database.transaction() as session:
        await session.execute(
            update(SeedTeacher).where(SeedTeacher.id == uuid_of(nominated)).values(nominated_by=registrar)
        )
    path = f"/seed-teachers/{nominated['id']}"
    for deed, body in (("certify", TERM), ("decline", {"reason": "材料不足"})):
        assert await staffroom.refused(f"{path}:{deed}", body) == (409, "seed_second_person_needed")
    assert (await staffroom.desk.get(f"/v1{path}"))["allowed_deeds"] == []


async def test_what_is_declined_says_why_and_can_be_nominated_again(staffroom: Staffroom) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category()
    nominated = await staffroom.nominated(teacher, category)
    again = {"teacher_id": teacher, "certificate_category_id": category, "tier": "2"} | EVIDENCE
    assert await staffroom.refused("/seed-teachers", again, who="coordinator") == (409, "seed_nomination_open")
    declined = await staffroom.done(f"/seed-teachers/{nominated['id']}:decline", {"reason": "材料不足"})
    assert (declined["state"], declined["reason"]) == ("declined", "材料不足")
    assert await staffroom.refused(f"/seed-teachers/{nominated['id']}:certify", TERM) == (409, "deed_not_allowed")
    assert (await staffroom.nominated(teacher, category))["state"] == "nominated"


async def test_a_revoked_term_is_over_today_and_leaves_room_for_another(staffroom: Staffroom) -> None:
    teacher, category = await staffroom.teacher(), await staffroom.category()
    seed = await staffroom.seed(teacher, category)
    revoked = await staffroom.done(f"/seed-teachers/{seed['id']}:revoke", {"reason": "调离岗位"})
    assert (revoked["state"], revoked["revoked_on"], revoked["valid_until"]) == ("revoked", "2026-05-10", "2028-12-31")
    assert (await staffroom.seed(teacher, category))["state"] == "active"


async def test_a_term_that_is_over_is_not_certified(staffroom: Staffroom) -> None:
    nominated = await staffroom.nominated(await staffroom.teacher(), await staffroom.category())
    path = f"/seed-teachers/{nominated['id']}:certify"
    over = TERM | {"valid_from": "2025-01-01", "valid_until": "2026-05-09"}
    assert await staffroom.refused(path, over) == (409, "seed_term_over")
    backwards = await staffroom.send(path, TERM | {"valid_until": "2026-05-09"})
    assert backwards.status_code == 422


async def test_a_college_nominates_its_own_active_teachers_alone(staffroom: Staffroom) -> None:
    category = await staffroom.category()
    theirs, gone = await staffroom.teacher(college=1), await staffroom.teacher(active=False)
    abroad = await staffroom.teacher(school=1)
    for teacher in (theirs, gone, abroad):
        body = {"teacher_id": teacher, "certificate_category_id": category, "tier": "1"} | EVIDENCE
        assert await staffroom.refused("/seed-teachers", body, who="coordinator") == (404, "not_found")
    foreign = await staffroom.category(who="registrar_2")
    body = {"teacher_id": await staffroom.teacher(), "certificate_category_id": foreign, "tier": "1"} | EVIDENCE
    assert await staffroom.refused("/seed-teachers", body, who="coordinator") == (404, "not_found")
    assert (await staffroom.refused("/seed-teachers", body))[0] == 403


async def test_a_coordinator_sees_the_own_college_and_a_teacher_themself(staffroom: Staffroom) -> None:
    category = await staffroom.category()
    mine = await staffroom.seed(await staffroom.teacher(who="teacher"), category)
    await staffroom.seed(await staffroom.teacher(), category)
    assert len(await staffroom.list("seed-teachers", who="coordinator")) == 2
    assert await staffroom.list("seed-teachers", who="sibling_coordinator") == []
    assert [it["id"] for it in await staffroom.list("seed-teachers", who="teacher")] == [mine["id"]]
    assert len(await staffroom.list("seed-teachers", who="auditor", tier="2", college_id=staffroom.college())) == 2
    assert await staffroom.list("seed-teachers", college_id=staffroom.college(1)) == []
    for who in ("sibling_coordinator", "registrar_2"):
        assert await staffroom.desk.status(f"/v1/seed-teachers/{mine['id']}", who=who) == 404


async def test_a_category_is_changed_as_it_was_read_and_a_certificate_is_in_one(staffroom: Staffroom) -> None:
    first = await staffroom.category(staffroom.certificate())
    second = await staffroom.category(staffroom.certificate(), code="LOG")
    told = {
        it["id"]: [c["certificate_id"] for c in it["certificates"]]
        for it in await staffroom.list("certificate-categories")
    }
    assert told == {first: [], second: [staffroom.certificate()]}
    body: Json = {"code": "FIN", "name": "财会", "certificate_ids": []}
    assert await staffroom.refused("/certificate-categories", body) == (409, "certificate_category_exists")
    unknown = {"name": "财会", "certificate_ids": [staffroom.college()]}
    path = f"/certificate-categories/{first}"
    assert await staffroom.refused(path, unknown, method="PUT") == (409, "category_certificates_unknown")
    headers = staffroom.desk.sign_in("registrar")
    tag = (await staffroom.desk.client.get(f"/v1{path}", headers=headers)).headers["ETag"]
    change = {"name": "财会类", "certificate_ids": [staffroom.certificate(), staffroom.certificate(organisation=1)]}
    for status in (200, 412):
        answer = await staffroom.desk.client.put(f"/v1{path}", json=change, headers=headers | {"If-Match": tag})
        assert answer.status_code == status
    assert len((await staffroom.desk.get(f"/v1{path}"))["certificates"]) == 2
    assert await staffroom.desk.status(f"/v1{path}", who="registrar_2") == 404


async def test_one_person_with_both_roles_is_stopped_by_the_table_too(staffroom: Staffroom) -> None:
    """A membership more makes a coordinator of the registrar; the second person is asked for all the same."""
    world = staffroom.desk.world
    async with staffroom.desk.service.database.transaction() as session:
        session.add(
            Membership(
                institution_id=world.schools[0].id,
                person_id=world.callers["registrar"].id,
                role="coordinator",
                college_id=world.schools[0].colleges[0],
            )
        )
    nominated = await staffroom.nominated(await staffroom.teacher(), await staffroom.category(), who="registrar")
    path = f"/seed-teachers/{nominated['id']}:certify"
    assert await staffroom.refused(path, TERM) == (409, "seed_second_person_needed")
