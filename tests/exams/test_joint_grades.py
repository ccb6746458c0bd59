"""One sitting comes to a certificate's score and a course's grade; a change reaches both, or flags both."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.exams import joint, make
from tests.exams.desk import Desk, Json, set_clock
from x_pilot_api.exams import commands

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
GOOD: dict[str, Any] = {"components": make.scores("90", "90"), "total": "90", "passed": True}


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


def short(grade: Json) -> tuple[Any, ...]:
    return tuple(grade[name] for name in ("score", "grade_word", "passed", "is_void", "attempt", "revision"))


async def case_steps(desk: Desk) -> list[Json]:
    """Read the steps about grades of the latest case."""
    found = (await desk.get("/v1/corrections", page_size=100))["items"]
    told = await desk.get(f"/v1/corrections/{found[-1]['id']}")
    return [step for step in told["steps"] if step["object_kind"] == "course_grade"]


async def test_a_batch_enters_each_candidates_grade_by_the_table_and_ties_both_ends(
    desk: Desk, plan: make.Plan
) -> None:
    exam = await joint.laid_down(desk, plan)
    absent: dict[str, Any] = {"activity": "absent", "components": {}, "total": None, "passed": False}
    rows = [
        desk.row(plan, 0),
        desk.row(plan, 1, **make.FAILED),
        desk.row(plan, 2, **GOOD),
        desk.row(plan, 3, **absent),
        desk.row(plan, 4, grading="provisional"),
        desk.row(plan, 5, passed=False),
    ]
    batch = await desk.push(plan, *rows)
    told = batch["downstream"]
    assert (told["grades_entered"], told["grades_revised"], told["grades_flagged"]) == (3, 0, 0)
    found = [[short(grade) for grade in await joint.grades(desk, index)] for index in range(6)]
    assert found == [
        [(None, "合格", True, False, 1, 1)],
        [("40.00", None, False, False, 1, 1)],
        [("95.00", None, True, False, 1, 1)],
        [],
        [],
        [],
    ]
    (grade,) = await joint.grades(desk)
    (link,) = await joint.links(desk, grade_id=grade["id"])
    assert (grade["source_kind"], grade["source_id"]) == ("joint_exam", link["result_id"])
    assert (grade["term"], grade["reason"]) == (joint.TERM, "教务〔2026〕12号")
    assert [link] == await joint.links(desk, result_id=link["result_id"])
    assert (link["standing"], link["joint_exam_id"], link["allowed_deeds"]) == ("in_step", exam["id"], [])
    assert len(await joint.links(desk, joint_exam_id=exam["id"])) == 3
    assert (await desk.push(plan, *rows))["downstream"]["grades_entered"] == 0


async def test_who_sat_the_course_before_gets_a_further_attempt_and_other_programmes_none(
    desk: Desk, plan: make.Plan
) -> None:
    school = desk.world.schools[0]
    await joint.laid_down(desk, plan)
    before = {
        "student_id": str(school.students[0]),
        "course_id": str(school.courses[0][0]),
        "term": joint.TERM,
        "score": "40.00",
        "passed": False,
    }
    headers = desk.sign_in("registrar") | {"Idempotency-Key": "earlier"}
    assert (await desk.client.post("/v1/course-grades", json=before, headers=headers)).status_code == 201
    await desk.push(plan, desk.row(plan))
    assert [short(grade) for grade in await joint.grades(desk)] == [
        ("40.00", None, False, False, 1, 1),
        (None, "合格", True, False, 2, 1),
    ]
    other = await desk.plan(levels=("1",))
    await joint.laid_down(desk, other, course_id=str(school.courses[1][0]))
    assert (await desk.push(other, desk.row(other)))["downstream"]["grades_entered"] == 0


async def test_a_correction_revises_the_grade_and_a_void_result_voids_it(desk: Desk, plan: make.Plan) -> None:
    await joint.laid_down(desk, plan)
    await desk.push(plan, desk.row(plan))
    (first,) = await joint.grades(desk)
    rehearsed = await desk.send(plan, desk.row(plan, revision=2, **make.FAILED), query="?validate_only=true")
    (case,) = rehearsed.json()["corrections"]
    assert [step["kind"] for step in case["steps"] if step["object_kind"] == "course_grade"] == ["grade_revised"]
    assert [short(grade) for grade in await joint.grades(desk)] == [short(first)]
    batch = await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED))
    assert batch["downstream"]["grades_revised"] == 1
    (grade,) = await joint.grades(desk)
    assert (short(grade), grade["reason"]) == (("40.00", None, False, False, 1, 2), "复核改判")
    (step,) = await case_steps(desk)
    assert (step["kind"], step["before"]["word"], step["after"]["score"]) == ("grade_revised", "合格", "40.00")
    await desk.push(plan, desk.row(plan, revision=3, grading="voided", components={}, total=None, passed=None))
    assert [short(grade) for grade in await joint.grades(desk)] == [(None, None, False, True, 1, 3)]
    assert [step["kind"] for step in await case_steps(desk)] == ["grade_voided"]
    await desk.push(plan, desk.row(plan, revision=4))
    assert [short(grade) for grade in await joint.grades(desk)] == [(None, "合格", True, False, 1, 4)]
    assert [link["standing"] for link in await joint.links(desk)] == ["in_step"]


async def test_a_correction_within_one_row_of_the_table_leaves_the_grade_as_it_is(desk: Desk, plan: make.Plan) -> None:
    await joint.laid_down(desk, plan)
    await desk.push(plan, desk.row(plan))
    batch = await desk.push(plan, desk.row(plan, revision=2, components=make.scores("70", "70"), total="70"))
    assert batch["downstream"]["grades_revised"] == 0
    (link,) = await joint.links(desk)
    assert (link["standing"], link["result_id"] == link["current_result_id"]) == ("in_step", True)
    assert await case_steps(desk) == []


async def test_a_grade_changed_by_hand_is_flagged_at_once_and_never_written_over(desk: Desk, plan: make.Plan) -> None:
    await joint.laid_down(desk, plan)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    (grade,) = await joint.grades(desk)
    await joint.correct_by_hand(desk, grade["id"])
    (link,) = await joint.links(desk, is_flagged="true")
    assert (link["standing"], link["allowed_deeds"]) == ("grade_changed", ["settle"])
    batch = await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    assert (batch["downstream"]["grades_revised"], batch["downstream"]["grades_flagged"]) == (0, 1)
    assert [short(grade) for grade in await joint.grades(desk)] == [("88.00", None, True, False, 1, 2)]
    (step,) = await case_steps(desk)
    assert (step["kind"], step["after"]["score"]) == ("grade_flagged", "88.00")
    assert step["after"]["by_table"] == {"passed": False, "word": None, "score": "40.00"}
    (link,) = await joint.links(desk, is_flagged="true")
    assert link["standing"] == "both_changed"


async def test_a_flagged_grade_is_kept_or_follows_the_table_by_a_decision(desk: Desk, plan: make.Plan) -> None:
    await joint.laid_down(desk, plan)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    for index in (0, 1):
        (grade,) = await joint.grades(desk, index)
        await joint.correct_by_hand(desk, grade["id"], score=None, passed=False, is_void=True)
    await desk.push(plan, desk.row(plan, 0, revision=2, **GOOD), desk.row(plan, 1, revision=2, **GOOD))
    kept, followed = await joint.links(desk)
    assert (await joint.settle(desk, kept["id"], "keep", who="coordinator")).status_code == 403
    for link, decision in ((kept, "keep"), (followed, "follow")):
        told = (await joint.settle(desk, link["id"], decision)).json()
        assert (told["standing"], told["settled_document"]) == ("in_step", "教务纪要7")
        again = await joint.settle(desk, link["id"], decision)
        assert (again.status_code, again.json()["code"]) == (409, "joint_grade_in_step")
    assert [short(grade) for grade in await joint.grades(desk, 0)] == [(None, None, False, True, 1, 2)]
    assert [short(grade) for grade in await joint.grades(desk, 1)] == [("95.00", None, True, False, 1, 3)]
    batch = await desk.push(plan, desk.row(plan, 0, revision=3), desk.row(plan, 1, revision=3))
    assert (batch["downstream"]["grades_revised"], batch["downstream"]["grades_flagged"]) == (1, 1)


async def test_what_is_held_writes_no_grade_before_students_may_see_it(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, NOW)
    await joint.laid_down(desk, plan)
    day = timedelta(days=1)
    instants = {"college_from": NOW + day, "student_from": NOW + 2 * day, "public_from": NOW + 3 * day}
    path, headers = f"/v1/exam-plans/{plan.id}/result-visibility", desk.sign_in("registrar") | {"If-Match": "*"}
    body = {name: instant.isoformat() for name, instant in instants.items()}
    assert (await desk.client.put(path, json=body, headers=headers)).status_code == 200
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1, **make.FAILED))
    await desk.push(plan, desk.row(plan, 0, revision=2, **make.FAILED))
    assert await case_steps(desk) == []
    assert (await joint.grades(desk, 0), await joint.grades(desk, 1), await joint.links(desk)) == ([], [], [])
    set_clock(monkeypatch, NOW + 2 * day)
    await commands.lift_embargoes(desk.service)
    for index in (0, 1):
        assert [short(grade) for grade in await joint.grades(desk, index)] == [("40.00", None, False, False, 1, 1)]
    assert [grade["passed"] for grade in await joint.grades(desk, 0, who="student")] == [False]
