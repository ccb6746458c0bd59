"""Cycles through HTTP: opened under a requirement, progress, forecast, coverage."""

import pytest

from tests.training.make import BEGINS, ENDS, Academy


async def test_without_a_requirement_no_cycle_begins_and_the_refusal_says_what_is_missing(academy: Academy) -> None:
    wish = {"college_id": academy.college(), "begins_on": BEGINS}
    answer = await academy.send("/training-cycles:open", wish, who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (409, "training_requirement_missing")
    assert "总学时" in answer.json()["detail"]
    await academy.require(effective_from="2024-01-02")
    assert await academy.refused("/training-cycles:open", wish) == (409, "training_requirement_missing")
    await academy.require(effective_from="2023-01-01", effective_to="2023-12-31")
    assert await academy.refused("/training-cycles:open", wish) == (409, "training_requirement_missing")
    await academy.require(effective_from="2023-01-01", effective_to="2024-01-01")
    assert (await academy.open())["opened"] == 6


async def test_a_college_s_teachers_are_in_one_cycle_each(academy: Academy) -> None:
    await academy.require()
    assert await academy.open(0, 1) == {"opened": 2, "kept": 0, "begins_on": BEGINS, "ends_on": ENDS}
    assert (await academy.open()) == {"opened": 4, "kept": 2, "begins_on": BEGINS, "ends_on": ENDS}
    overlapping = await academy.open(begins_on="2028-12-31")
    assert (overlapping["opened"], overlapping["kept"]) == (0, 6)
    following = await academy.open(begins_on="2029-01-01")
    assert (following["opened"], following["ends_on"]) == (6, "2033-12-31")


async def test_a_cycle_that_begins_on_a_leap_day_ends_before_the_day_that_is_not_there(academy: Academy) -> None:
    await academy.require()
    assert (await academy.open(0, begins_on="2024-02-29"))["ends_on"] == "2029-02-27"


async def test_one_opens_cycles_for_one_s_own_college(academy: Academy) -> None:
    await academy.require()
    other = {"college_id": academy.college(1), "begins_on": BEGINS}
    assert await academy.refused("/training-cycles:open", other, who="coordinator") == (404, "not_found")
    assert await academy.refused("/training-cycles:open", other, who="teacher") == (403, "forbidden")
    assert await academy.refused("/training-cycles:open", other, who="registrar_2") == (404, "not_found")
    mixed = {"college_id": academy.college(), "begins_on": BEGINS, "teacher_ids": [academy.sibling]}
    assert await academy.refused("/training-cycles:open", mixed) == (404, "not_found")
    assert (await academy.done("/training-cycles:open", other))["opened"] == 1


async def test_progress_counts_what_was_completed_within_the_cycle(academy: Academy) -> None:
    await academy.require()
    await academy.open()
    it = await academy.cycle(1)
    assert (it["required_hours"], it["required_module_hours"], it["done_hours"], it["standing"]) == (60, 24, 0, "short")
    inside = await academy.outside(1, hours=40, completed_on=BEGINS)
    before = await academy.outside(1, hours=40, completed_on="2023-12-31", document_number="旧1号")
    for outside in (inside, before):
        await academy.done(f"/outside-trainings/{outside['id']}:confirm", {})
    it = await academy.cycle(1)
    assert (it["done_hours"], it["done_module_hours"], it["is_module_done"], it["standing"]) == (40, 40, True, "short")
    project = await academy.publish(hours=20, is_x_module=False)
    it = await academy.cycle(1)
    assert (it["held_hours"], it["last_useful_on"]) == (0, "2026-06-01")
    (held,) = await academy.enrol(project, 1)
    it = await academy.cycle(1)
    assert (it["held_hours"], it["standing"], it["last_useful_on"]) == (20, "provided", None)
    academy.on("2026-06-20")
    await academy.record(project, (held, 19, "passed"))
    assert (await academy.cycle(1))["standing"] == "short"
    await academy.done(f"/training-enrolments/{held['id']}:reopen", {"reason": "学时登记有误"})
    assert (await academy.cycle(1))["standing"] == "provided"
    await academy.record(project, (held, 20, "passed"))
    it = await academy.cycle(1)
    assert (it["done_hours"], it["done_module_hours"], it["standing"]) == (60, 40, "met")


async def test_hours_alone_do_not_do_without_the_module(academy: Academy) -> None:
    await academy.require()
    await academy.open()
    outside = await academy.outside(1, hours=90, is_x_module=False)
    await academy.done(f"/outside-trainings/{outside['id']}:confirm", {})
    await academy.publish(is_x_module=False, enrols_until="2026-05-20")
    it = await academy.cycle(1)
    assert (it["done_hours"], it["is_module_done"], it["standing"], it["last_useful_on"]) == (90, False, "short", None)
    await academy.publish(is_x_module=True, enrols_until="2026-05-15")
    assert (await academy.cycle(1))["last_useful_on"] == "2026-05-15"


async def test_a_cycle_that_ended_unmet_is_overdue_and_what_waits_does_not_help(academy: Academy) -> None:
    await academy.require()
    await academy.open(0, 1)
    project = await academy.publish(places=1)
    await academy.enrol(project, 2)
    (waiting,) = await academy.enrol(project, 1)
    assert (waiting["state"], (await academy.cycle(1))["held_hours"]) == ("waiting", 0)
    academy.on(ENDS)
    assert (await academy.cycle(1))["standing"] == "short"
    academy.on("2029-01-01")
    assert (await academy.cycle(1))["standing"] == "overdue"


async def test_a_cycle_is_judged_by_the_latest_version_that_covers_its_first_day(academy: Academy) -> None:
    await academy.require()
    await academy.open(1)
    await academy.require(total_hours=90, effective_from="2025-01-01")
    assert (await academy.cycle(1))["required_hours"] == 60
    await academy.require(total_hours=72, document_number="更正1号")
    it = await academy.cycle(1)
    assert (it["required_hours"], it["requirement_version"], it["requirement_document"]) == (72, 3, "更正1号")


async def test_the_forecast_lists_who_will_miss_it_by_college(academy: Academy) -> None:
    await academy.require(total_hours=24)
    await academy.open()
    await academy.done("/training-cycles:open", {"college_id": academy.college(1), "begins_on": BEGINS})
    project = await academy.publish(places=2)
    one, _two = await academy.enrol(project, 1, 2)
    academy.on("2026-06-20")
    await academy.record(project, (one, 24, "passed"))
    mine, theirs = await academy.desk.get("/v1/training-coverage")
    assert {name: mine[name] for name in ("teachers", "in_cycle", "without_cycle", "met", "provided", "short")} == {
        "teachers": 6,
        "in_cycle": 6,
        "without_cycle": 0,
        "met": 1,
        "provided": 1,
        "short": 4,
    }
    assert (mine["coverage_percent"], theirs["coverage_percent"], theirs["short"]) == ("16.67", "0.00", 1)
    assert [it["college_id"] for it in await academy.desk.get("/v1/training-coverage", who="coordinator")] == [
        academy.college()
    ]
    page = await academy.desk.get("/v1/training-cycles", standing="short", college_id=academy.college(), page_size=3)
    assert len(page["items"]) == 3
    rest = await academy.desk.get(
        "/v1/training-cycles",
        standing="short",
        college_id=academy.college(),
        page_size=3,
        page_token=page["next_page_token"],
    )
    assert (len(rest["items"]), rest["next_page_token"]) == (1, None)
    own = await academy.desk.get("/v1/training-cycles", who="teacher")
    assert [it["staff_number"] for it in own["items"]] == ["T0"]


async def test_without_a_cycle_there_is_no_rate(academy: Academy) -> None:
    (mine, _) = await academy.desk.get("/v1/training-coverage")
    assert (mine["teachers"], mine["without_cycle"], mine["in_cycle"], mine["coverage_percent"]) == (6, 6, 0, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"module_hours": 61},
        {"total_hours": 0},
        {"effective_to": "2023-12-31"},
        {"document_number": ""},
        {"module_hours": 0},
    ],
)
async def test_a_requirement_that_cannot_be_is_refused(academy: Academy, changes: dict[str, object]) -> None:
    wish = {"total_hours": 60, "module_hours": 24, "document_number": "1号", "effective_from": BEGINS} | changes
    assert await academy.refused("/training-requirements", wish) == (422, "body_invalid")
    good = wish | {"total_hours": 60, "module_hours": 24, "document_number": "1号", "effective_to": None}
    assert await academy.refused("/training-requirements", good, who="coordinator") == (403, "forbidden")
