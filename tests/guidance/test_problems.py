"""Problems through HTTP: raised, given to somebody, solved, confirmed or reopened, and how they age."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.exams.desk import set_clock
from tests.guidance.make import Guide


async def test_a_problem_is_raised_given_to_somebody_solved_reopened_and_confirmed(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate_id = str(guide.desk.world.organisations[0].certificate_id)
    raised = await guide.raise_problem(about="certificate", certificate_id=certificate_id)
    assert (raised["state"], raised["allowed_deeds"], raised["certificate_name"]) == (
        "raised",
        ["assign"],
        "智能财税1",
    )
    path = f"/pilot-problems/{raised['id']}"
    await guide.done(f"{path}:assign", {"owner_id": guide.person("registrar"), "due_on": "2026-05-20"})
    assert await guide.told("registrar") == [("pilot_problems.assigned", "机房掉线")]
    solved = await guide.done(f"{path}:resolve", {"resolution": "更换交换机"}, who="registrar")
    assert (solved["state"], solved["allowed_deeds"]) == ("resolved", [])
    assert await guide.told("coordinator") == [("pilot_problems.resolved", "机房掉线")]
    again = await guide.done(f"{path}:reopen", {"remark": "仍掉线", "due_on": "2026-05-25"})
    assert (again["state"], again["due_on"], again["owner_name"]) == ("reopened", "2026-05-25", "registrar")
    await guide.done(f"{path}:resolve", {"resolution": "更换服务器"}, who="registrar")
    set_clock(monkeypatch, datetime(2026, 6, 1, 4, tzinfo=UTC))
    told = await guide.done(f"{path}:confirm", {"remark": "已恢复"})
    assert (told["state"], told["confirmed_on"], told["age_days"], told["allowed_deeds"]) == (
        "confirmed",
        "2026-06-01",
        22,
        [],
    )
    assert [(step["number"], step["deed"]) for step in told["steps"]] == [
        (1, "raise"),
        (2, "assign"),
        (3, "resolve"),
        (4, "reopen"),
        (5, "resolve"),
        (6, "confirm"),
    ]
    assert await guide.refused(f"{path}:confirm", {}) == (409, "deed_not_allowed")


async def test_each_deed_is_one_persons(guide: Guide) -> None:
    problem = await guide.assigned(owner="registrar")
    path = f"/pilot-problems/{problem['id']}"
    assert await guide.refused(f"{path}:resolve", {"resolution": "好了"}) == (403, "deed_of_another")
    await guide.done(f"{path}:resolve", {"resolution": "好了"}, who="registrar")
    assert await guide.refused(f"{path}:confirm", {}, who="registrar") == (403, "deed_of_another")
    wish = {"remark": "没有", "due_on": "2026-05-11"}
    assert await guide.refused(f"{path}:reopen", wish, who="registrar") == (403, "deed_of_another")


async def test_a_teacher_raises_what_is_wrong_in_their_college_and_sees_their_own_alone(guide: Guide) -> None:
    await guide.raise_problem()
    own = await guide.raise_problem(who="teacher", title="教材缺页")
    assert [it["id"] for it in await guide.items("/pilot-problems", who="teacher")] == [own["id"]]
    elsewhere = guide.problem_wish(college_id=guide.college(1))
    assert await guide.refused("/pilot-problems", elsewhere, who="teacher") == (404, "not_found")
    wish = {"owner_id": guide.person("registrar"), "due_on": "2026-05-11"}
    assert (await guide.post(f"/pilot-problems/{own['id']}:assign", wish, who="teacher")).status_code == 403
    owned = await guide.assigned(owner="teacher")
    assert owned["owner_name"] == "teacher"
    solved = await guide.done(f"/pilot-problems/{owned['id']}:resolve", {"resolution": "补印"}, who="teacher")
    assert solved["state"] == "resolved"


async def test_what_is_anothers_is_not_there(guide: Guide) -> None:
    problem = await guide.assigned()
    for who in ("sibling_coordinator", "registrar_2", "coordinator_2", "teacher"):
        assert await guide.desk.status(f"/v1/pilot-problems/{problem['id']}", who=who) == 404
        assert await guide.items("/pilot-problems", who=who) == []
    assert await guide.desk.status(f"/v1/pilot-problems/{problem['id']}", who="auditor") == 200
    assert await guide.desk.status(f"/v1/pilot-problems/{problem['id']}", who="student") == 403
    assert await guide.refused("/pilot-problems", guide.problem_wish(), who="sibling_coordinator") == (404, "not_found")
    foreign = guide.problem_wish(college_id=guide.college(school=1))
    assert await guide.refused("/pilot-problems", foreign, who="registrar") == (404, "not_found")


@pytest.mark.parametrize(
    ("owner", "code"),
    [
        ("coordinator", "owner_raised_it"),
        ("sibling_coordinator", "owner_unfit"),
        ("registrar_2", "owner_unfit"),
        ("student", "owner_unfit"),
        ("auditor", "owner_unfit"),
    ],
)
async def test_an_owner_can_see_it_and_did_not_raise_it(guide: Guide, owner: str, code: str) -> None:
    problem = await guide.raise_problem()
    wish = {"owner_id": guide.person(owner), "due_on": "2026-05-11"}
    assert await guide.refused(f"/pilot-problems/{problem['id']}:assign", wish) == (409, code)


async def test_nothing_is_due_on_a_day_that_is_over(guide: Guide) -> None:
    problem = await guide.raise_problem()
    wish = {"owner_id": guide.person("registrar"), "due_on": "2026-05-09"}
    refused = await guide.refused(f"/pilot-problems/{problem['id']}:assign", wish)
    assert refused == (409, "guidance_due_in_past")


@pytest.mark.parametrize(
    "changes",
    [
        {"about": "certificate"},
        {"about": "plan"},
        {"plan_code": "P1"},
        {"severity": "dreadful"},
        {"title": " "},
        {"title": "无", "state": "confirmed"},
    ],
)
async def test_a_problem_says_what_it_is_about(guide: Guide, changes: dict[str, Any]) -> None:
    assert (await guide.post("/pilot-problems", guide.problem_wish(**changes))).status_code == 422


async def test_ageing_counts_open_problems_by_college_and_age(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2, 9):
        set_clock(monkeypatch, datetime(2026, 3, day, 4, tzinfo=UTC))
        await guide.assigned(due_on="2026-03-10")
    set_clock(monkeypatch, datetime(2026, 3, 31, 4, tzinfo=UTC))
    await guide.raise_problem(college_id=guide.college(1), who="registrar")
    done = await guide.assigned(due_on="2026-04-01")
    await guide.done(f"/pilot-problems/{done['id']}:resolve", {"resolution": "好了"}, who="registrar")
    await guide.done(f"/pilot-problems/{done['id']}:confirm", {})
    set_clock(monkeypatch, datetime(2026, 4, 1, 4, tzinfo=UTC))
    told = await guide.desk.get("/v1/pilot-problem-ageing")
    assert (told["as_of"], told["open"], told["overdue"]) == ("2026-04-01", 4, 3)
    assert [(it["from_days"], it["to_days"], it["problems"], it["overdue"]) for it in told["buckets"]] == [
        (0, 7, 1, 0),
        (8, 30, 2, 2),
        (31, 90, 1, 1),
        (91, None, 0, 0),
    ]
    assert [(it["open"], it["overdue"], it["unassigned"], it["oldest_days"]) for it in told["colleges"]] == [
        (3, 3, 0, 31),
        (1, 0, 1, 1),
    ]
    own = await guide.desk.get("/v1/pilot-problem-ageing", who="sibling_coordinator")
    assert (own["open"], [it["college_id"] for it in own["colleges"]]) == (1, [guide.college(1)])
    late = await guide.items("/pilot-problems", overdue="true")
    assert [it["is_overdue"] for it in late] == [True, True, True]
    assert len(await guide.items("/pilot-problems", who="registrar", state="raised", severity="high")) == 1


async def test_the_day_is_the_one_where_the_institution_is(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    await guide.assigned(due_on="2026-05-10")
    # Late in the evening in UTC it is the next day in Shanghai.
    set_clock(monkeypatch, datetime(2026, 5, 10, 17, tzinfo=UTC))
    (problem,) = await guide.items("/pilot-problems")
    assert (problem["age_days"], problem["is_overdue"]) == (1, True)
