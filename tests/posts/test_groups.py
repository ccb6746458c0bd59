"""Working groups through HTTP: established, adjusted, led, dissolved; and what none of them watches."""

from sqlalchemy import select, text

from tests.posts.make import DOCUMENT, TODAY, Secretariat
from x_pilot_api.certificates.models import Admission
from x_pilot_api.inbox.models import Message
from x_pilot_api.posts import commands
from x_pilot_api.posts.commands.telling import CERTIFICATE_UNCOVERED

OUTSIDER = {"outsider_name": "王工", "outsider_unit": "某财税公司"}


async def test_a_group_from_the_proposal_through_an_adjustment(secretariat: Secretariat) -> None:
    proposed = await secretariat.done("/working-groups", secretariat.group(), who="coordinator")
    assert (proposed["state"], proposed["leader_name"], proposed["members"], proposed["on"]) == (
        "proposed",
        "教师00",
        1,
        "2026-09-01",
    )
    body = {"document": DOCUMENT, "established_on": "2026-09-05"}
    group = await secretariat.done(f"/working-groups/{proposed['id']}:establish", body)
    assert (group["state"], group["established_on"], group["leaders"][0]["held_from"], group["joined"][0]["duty"]) == (
        "established",
        "2026-09-05",
        "2026-09-05",
        "秘书",
    )
    assert group["allowed_deeds"] == ["adjust", "change_leader", "dissolve"]
    adjusted = await secretariat.done(
        f"/working-groups/{group['id']}:adjust",
        {
            "document": "苏财院教〔2026〕40号",
            "effective_on": "2026-10-01",
            "duties": ["监督", "总结"],
            "join": [secretariat.teacher(2), OUTSIDER],
            "leave": [group["joined"][0]["id"]],
            "cover": [secretariat.certificate(1)],
            "drop": [secretariat.certificate()],
        },
    )
    assert adjusted["duties"] == ["监督", "总结"]
    before, after = await secretariat.read(group, on="2026-09-30"), await secretariat.read(group, on="2026-10-01")
    assert [it["name"] for it in before["joined"]] == ["教师01"]
    assert [(it["name"], it["unit"]) for it in after["joined"]] == [("教师02", "二级学院0"), ("王工", "某财税公司")]
    assert [it["certificate_id"] for it in before["certificates"]] == [secretariat.certificate()]
    assert [it["certificate_id"] for it in after["certificates"]] == [secretariat.certificate(1)]
    assert [(it["number"], it["deed"], it["document"]) for it in after["timeline"]] == [
        (1, "propose", None),
        (2, "establish", DOCUMENT),
        (3, "adjust", "苏财院教〔2026〕40号"),
    ]
    assert after["timeline"][2]["detail"] == {"joined": 2, "left": 1, "covered": 1, "dropped": 1, "duties": True}


async def test_one_leader_follows_another_in_one_deed(secretariat: Secretariat) -> None:
    group = await secretariat.established()
    change = {"leader": secretariat.teacher(1), "held_from": "2026-10-01", "document": "苏财院教〔2026〕41号"}
    changed = await secretariat.done(f"/working-groups/{group['id']}:change-leader", change)
    assert [(it["name"], it["held_from"], it["held_to"]) for it in changed["leaders"]] == [
        ("教师00", "2026-09-01", "2026-09-30"),
        ("教师01", "2026-10-01", None),
    ]
    before, after = await secretariat.read(group, on="2026-09-30"), await secretariat.read(group, on="2026-10-01")
    assert [(it["leader_name"], it["members"]) for it in (before, after)] == [("教师00", 1), ("教师01", 0)]
    path = f"/working-groups/{group['id']}:change-leader"
    assert await secretariat.code(path, change | {"held_from": "2026-11-01"}) == (409, "group_leader_the_same")
    early = change | {"leader": secretariat.teacher(2)}
    assert await secretariat.code(path, early) == (409, "group_day_unfit")
    dissolution = {"dissolved_on": "2026-10-01", "document": DOCUMENT}
    assert await secretariat.code(f"/working-groups/{group['id']}:dissolve", dissolution) == (409, "group_day_unfit")
    ended = await secretariat.done(
        f"/working-groups/{group['id']}:dissolve", dissolution | {"dissolved_on": "2026-12-01"}
    )
    assert (ended["state"], ended["leaders"][-1]["held_to"], ended["allowed_deeds"]) == ("dissolved", "2026-11-30", [])
    for day, leader in (("2026-11-30", "教师01"), ("2026-12-01", None)):
        assert (await secretariat.read(group, on=day))["leader_name"] == leader
    assert await secretariat.code(path, change | {"held_from": "2027-01-01"}) == (409, "deed_not_allowed")


async def test_the_database_takes_no_established_group_without_a_leader_from_its_first_day(
    secretariat: Secretariat,
) -> None:
    group = await secretariat.established()
    statement = "SELECT conname FROM pg_constraint WHERE conrelid = 'working_groups'::regclass AND contype = 'f'"
    async with secretariat.desk.service.database.transaction() as session:
        assert "working_groups_led_from_the_first_day_fkey" in (await session.scalars(text(statement))).all()
    assert (await secretariat.read(group))["leaders"][0]["held_from"] == group["established_on"]


async def test_nobody_is_in_a_group_twice_and_nothing_foreign_leaves_it(secretariat: Secretariat) -> None:
    for members in ([secretariat.teacher(0)], [secretariat.teacher(1)] * 2, [OUTSIDER, OUTSIDER]):
        code = await secretariat.code("/working-groups", secretariat.group(members=members), who="coordinator")
        assert code == (409, "group_member_twice")
    group = await secretariat.established()
    path, body = f"/working-groups/{group['id']}:adjust", {"document": DOCUMENT, "effective_on": "2026-10-01"}
    for join in ([secretariat.teacher(0)], [secretariat.teacher(1)]):
        assert await secretariat.code(path, body | {"join": join}) == (409, "group_member_twice")
    assert await secretariat.code(path, body | {"cover": [secretariat.certificate()]}) == (
        409,
        "group_certificate_covered",
    )
    unknown = "0197a1c2-0000-7000-8000-000000000099"
    for wrong in ({"leave": [unknown]}, {"drop": [secretariat.certificate(1)]}, {"cover": [unknown]}):
        assert await secretariat.code(path, body | wrong) == (409, "group_parts_unknown")
    early = body | {"effective_on": "2026-08-31", "duties": ["总结"]}
    assert await secretariat.code(path, early) == (409, "group_day_unfit")
    assert (await secretariat.send(path, body)).status_code == 422
    assert (await secretariat.read(group))["timeline"][-1]["deed"] == "establish"


async def test_a_coordinator_proposes_for_their_own_college_alone(secretariat: Secretariat) -> None:
    elsewhere = secretariat.group(college_id=secretariat.college(1))
    assert await secretariat.code("/working-groups", elsewhere, who="coordinator") == (404, "not_found")
    field = secretariat.group(college_id=None, field="财务会计类")
    assert await secretariat.code("/working-groups", field, who="coordinator") == (403, "forbidden")
    assert (await secretariat.send("/working-groups", secretariat.group(college_id=None))).status_code == 422
    proposed = await secretariat.done("/working-groups", field)
    assert (proposed["college_name"], proposed["field"]) == (None, "财务会计类")
    for who, status in (("coordinator", 404), ("teacher", 404), ("auditor", 200), ("registrar_2", 404)):
        assert await secretariat.desk.status(f"/v1/working-groups/{proposed['id']}", who=who) == status, who
    deed = f"/working-groups/{proposed['id']}:decline"
    assert await secretariat.code(deed, {"reason": "暂不成立"}, who="registrar_2") == (404, "not_found")
    assert (await secretariat.done(deed, {"reason": "暂不成立"}))["state"] == "declined"


async def test_what_no_established_group_watches_is_listed(secretariat: Secretariat) -> None:
    async def uncovered(**query: str) -> list[tuple[str, str]]:
        told = await secretariat.desk.get("/v1/uncovered-certificates", **query)
        return [(it["college_id"], it["certificate_id"]) for it in told["items"]]

    first, second = secretariat.certificate(), secretariat.certificate(1)
    assert len(await uncovered()) == 4
    proposed = await secretariat.done("/working-groups", secretariat.group(), who="coordinator")
    assert len(await uncovered()) == 4
    body = {"document": DOCUMENT, "established_on": "2026-09-05"}
    await secretariat.done(f"/working-groups/{proposed['id']}:establish", body)
    assert await uncovered(college_id=secretariat.college()) == [(secretariat.college(), second)]
    assert len(await uncovered(on="2026-09-04")) == 4
    assert (secretariat.college(1), first) in await uncovered()
    field = secretariat.group(college_id=None, field="财会", certificate_ids=[second])
    across = await secretariat.done("/working-groups", field)
    await secretariat.done(f"/working-groups/{across['id']}:establish", body)
    assert await uncovered() == [(secretariat.college(1), first)]
    (row,) = (await secretariat.desk.get("/v1/uncovered-certificates"))["items"]
    assert (row["levels_approved"], row["certificate_name"], row["organisation_name"], row["days"]) == (
        2,
        "智能财税1",
        "评价组织1",
        983,
    )
    await secretariat.done(
        f"/working-groups/{across['id']}:dissolve", {"dissolved_on": "2026-09-10", "document": DOCUMENT}
    )
    assert len(await uncovered()) == 3


async def test_an_admission_that_nobody_watches_reaches_the_office_and_its_college(secretariat: Secretariat) -> None:
    world = secretariat.desk.world
    there = world.schools[0]
    mine = (
        Admission.college_id == there.colleges[0],
        Admission.certificate_id == world.organisations[0].certificate_id,
    )
    async with secretariat.desk.service.database.transaction(institution_id=there.id) as session:
        admission_id = (await session.scalars(select(Admission.id).where(*mine))).one()
        told = await commands.tell_uncovered(session, institution_id=there.id, admission_id=admission_id, today=TODAY)
        readers = await session.scalars(select(Message.person_id).where(Message.kind == CERTIFICATE_UNCOVERED.code))
    assert told == 2
    assert set(readers.all()) == {world.callers["registrar"].id, world.callers["coordinator"].id}
    await secretariat.established()
    async with secretariat.desk.service.database.transaction(institution_id=there.id) as session:
        assert not await commands.tell_uncovered(
            session, institution_id=there.id, admission_id=admission_id, today=TODAY
        )
