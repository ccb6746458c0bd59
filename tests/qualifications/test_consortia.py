"""Training consortia through HTTP: founded with a lead, who comes and goes, and the lead handed over."""

from typing import Any

from tests.exams.desk import Json
from tests.qualifications.make import DOCUMENT, Staffroom


async def founded(staffroom: Staffroom, **changes: Any) -> Json:  # noqa: ANN401
    """Found a consortium that the first college leads."""
    body = {
        "certificate_category_id": changes.pop("category", None) or await staffroom.category(),
        "name": "财会类培训联合体",
        "purpose": "联合开展教师培训",
        "document_number": DOCUMENT,
        "from_on": "2026-01-01",
        "lead": {"college_id": staffroom.college()},
    }
    return await staffroom.done("/training-consortia", body | changes, status=201)


def members(told: Json) -> list[tuple[str, str, str, str | None]]:
    """Tell who is or was a member, in which role and when."""
    return [(it["name"], it["role"], it["from_on"], it["until_on"]) for it in told["members"]]


async def test_a_consortium_through_a_change_of_lead(staffroom: Staffroom) -> None:
    told = await founded(staffroom)
    assert (told["lead_name"], told["is_running"]) == ("二级学院0", True)
    path = f"/training-consortia/{told['id']}"
    organisation = str(staffroom.desk.world.organisations[0].id)
    await staffroom.done(f"{path}/members", {"organisation_id": organisation, "from_on": "2026-02-01"}, status=201)
    partner = {"partner_name": "江苏某财务公司", "from_on": "2026-02-01"}
    await staffroom.done(f"{path}/members", partner, status=201)
    told = await staffroom.done(f"{path}:hand-over-lead", {"organisation_id": organisation, "from_on": "2026-05-01"})
    assert (told["lead_name"], members(told)) == (
        "评价组织1",
        [
            ("二级学院0", "lead", "2026-01-01", "2026-04-30"),
            ("评价组织1", "member", "2026-02-01", "2026-04-30"),
            ("江苏某财务公司", "member", "2026-02-01", None),
            ("评价组织1", "lead", "2026-05-01", None),
            ("二级学院0", "member", "2026-05-01", None),
        ],
    )
    gone = next(it["id"] for it in told["members"] if it["name"] == partner["partner_name"])
    end = {"until_on": "2026-05-09", "ending": "合作期满"}
    told = await staffroom.done(f"/consortium-members/{gone}:end", end)
    assert [it["is_present"] for it in told["members"] if it["id"] == gone] == [False]
    assert await staffroom.refused(f"/consortium-members/{gone}:end", end | {"until_on": "2026-05-10"}) == (
        404,
        "not_found",
    )
    back = await staffroom.done(f"{path}/members", partner | {"from_on": "2026-05-10"}, status=201)
    assert sum(it["name"] == partner["partner_name"] for it in back["members"]) == 2

    closed = await staffroom.done(f"{path}:close", {"until_on": "2026-05-10", "ending": "并入新联合体"})
    assert (closed["until_on"], {it["until_on"] for it in closed["members"] if it["is_present"]}) == (
        "2026-05-10",
        {"2026-05-10"},
    )
    late = partner | {"partner_name": "后来者", "from_on": "2026-05-11"}
    assert await staffroom.refused(f"{path}/members", late) == (409, "consortium_day_unfit")


async def test_there_is_one_lead_and_nobody_is_a_member_twice(staffroom: Staffroom) -> None:
    told = await founded(staffroom)
    path, lead = f"/training-consortia/{told['id']}", told["members"][0]["id"]
    again = {"college_id": staffroom.college(), "from_on": "2026-03-01"}
    assert await staffroom.refused(f"{path}/members", again) == (409, "consortium_member_already")
    leave = {"until_on": "2026-05-01", "ending": "退出"}
    assert await staffroom.refused(f"/consortium-members/{lead}:end", leave) == (409, "consortium_lead_stays")
    later = {"college_id": staffroom.college(1), "from_on": "2026-07-01"}
    await staffroom.done(f"{path}:hand-over-lead", later)
    between = {"partner_name": "某公司", "from_on": "2026-06-01"}
    assert await staffroom.refused(f"{path}:hand-over-lead", between) == (409, "consortium_lead_already")
    same_day = {"partner_name": "某公司", "from_on": "2026-07-01"}
    assert await staffroom.refused(f"{path}:hand-over-lead", same_day) == (409, "consortium_day_unfit")
    before = {"partner_name": "某公司", "from_on": "2025-12-31"}
    assert await staffroom.refused(f"{path}:hand-over-lead", before) == (409, "consortium_day_unfit")


async def test_who_led_may_leave_with_the_lead(staffroom: Staffroom) -> None:
    told = await founded(staffroom)
    body = {"college_id": staffroom.college(1), "from_on": "2026-05-10", "stays_member": False}
    told = await staffroom.done(f"/training-consortia/{told['id']}:hand-over-lead", body)
    assert [it["name"] for it in told["members"] if it["is_present"]] == ["二级学院1"]


async def test_names_and_members_are_of_the_institution(staffroom: Staffroom) -> None:
    category = await staffroom.category()
    told = await founded(staffroom, category=category)
    body = {
        "certificate_category_id": category,
        "name": told["name"],
        "purpose": "同上",
        "document_number": DOCUMENT,
        "from_on": "2026-01-01",
        "lead": {"college_id": staffroom.college(0, school=1)},
    }
    assert await staffroom.refused("/training-consortia", body) == (409, "consortium_name_taken")
    assert await staffroom.refused("/training-consortia", body | {"name": "另一个"}) == (
        409,
        "consortium_member_unknown",
    )
    assert await staffroom.refused("/training-consortia", body | {"name": "另一个"}, who="registrar_2") == (
        404,
        "not_found",
    )
    both = body | {"lead": {"college_id": staffroom.college(), "partner_name": "某公司"}}
    assert (await staffroom.send("/training-consortia", both)).status_code == 422
    for who, seen in (
        ("coordinator", 1),
        ("sibling_coordinator", 1),
        ("teacher", 1),
        ("auditor", 1),
        ("registrar_2", 0),
    ):
        assert len(await staffroom.list("training-consortia", who=who, is_running="true")) == seen
    assert await staffroom.list("training-consortia", is_running="false") == []
    assert (await staffroom.refused(f"/training-consortia/{told['id']}/members", body, who="coordinator"))[0] == 403
