"""Joint exams under concurrency: a push against laying down, against a correction by hand, and against itself."""

import asyncio

import httpx

from tests.exams import joint, make
from tests.races.arena import Arena, taken

ROUNDS = 4


async def test_a_push_and_laying_down_see_each_other_one_way_or_the_other(arena: Arena) -> None:
    for number in range(ROUNDS):
        plan = await arena.plan()
        exam_id = (await joint.draft(arena, plan, term=f"{2030 + number}-{2031 + number}-01")).json()["id"]
        deeds = [arena.send(plan, arena.row(plan)), joint.deed(arena, exam_id, "lay_down")]
        if number % 2:
            deeds.reverse()
        answers = await asyncio.gather(*deeds)
        pushed, laid = reversed(answers) if number % 2 else answers
        entered = pushed.json()["downstream"]["grades_entered"]
        # A grade is there if and only if the table was laid down before the result came.
        assert (pushed.status_code, laid.status_code, entered) in {(201, 200, 1), (201, 409, 0)}, laid.text
        assert len(await joint.links(arena)) == sum(
            exam["state"] == "laid_down" for exam in (await arena.get(joint.PATH))["items"]
        )


async def test_a_correction_by_hand_that_meets_one_of_the_result_is_never_written_over(arena: Arena) -> None:
    plan = await arena.plan()
    await joint.laid_down(arena, plan)
    await arena.push(plan, *(arena.row(plan, index) for index in range(ROUNDS)))
    for index in range(ROUNDS):
        (grade,) = await joint.grades(arena, index)
        deeds = [
            arena.send(plan, arena.row(plan, index, revision=2, **make.FAILED)),
            _by_hand(arena, grade["id"]),
        ]
        if index % 2:
            deeds.reverse()
        answers = await asyncio.gather(*deeds)
        pushed, corrected = reversed(answers) if index % 2 else answers
        effects = pushed.json()["downstream"]
        (link,) = await joint.links(arena, grade_id=grade["id"])
        if corrected.status_code == 201:
            assert (effects["grades_flagged"], link["score"], link["standing"]) == (1, "88.00", "both_changed")
        else:
            assert corrected.json()["code"] == "course_grade_corrected_since"
            assert (effects["grades_revised"], link["score"], link["standing"]) == (1, "40.00", "in_step")


async def _by_hand(arena: Arena, grade_id: str) -> httpx.Response:
    body = {"score": "88.00", "passed": True, "reason": "平时成绩"}
    return await arena.client.post(
        f"/v1/course-grades/{grade_id}:correct", json=body, headers=arena.sign_in("registrar")
    )


async def test_eight_pushes_of_the_same_rows_enter_each_grade_once(arena: Arena) -> None:
    plan = await arena.plan()
    await joint.laid_down(arena, plan)
    rows = [arena.row(plan, index) for index in range(10)]
    batches = taken(await arena.at_once(plan, *[rows] * 8))
    assert sum(batch["downstream"]["grades_entered"] for batch in batches) == 10
    newer = [arena.row(plan, index, revision=2, **make.FAILED) for index in range(10)]
    batches = taken(await arena.at_once(plan, *[newer] * 4))
    assert sum(batch["downstream"]["grades_revised"] for batch in batches) == 10
    for index in range(10):
        assert [(grade["score"], grade["revision"]) for grade in await joint.grades(arena, index)] == [("40.00", 2)]
    assert {link["standing"] for link in await joint.links(arena)} == {"in_step"}
