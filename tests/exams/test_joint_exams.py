"""A joint exam is laid down with its table before results, or not at all."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import joint, make
from tests.exams.desk import Desk
from x_pilot_api.registry.models import CourseTeacher, Teacher


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


async def test_a_table_is_needed_from_zero_on_before_it_is_laid_down(desk: Desk, plan: make.Plan) -> None:
    for bands, told in (([], (0, "-")), (joint.TABLE[1:], (2, "60.00"))):
        made = (await joint.draft(desk, plan, bands=bands)).json()
        refused = await joint.deed(desk, made["id"], "lay_down")
        assert (refused.status_code, refused.json()["code"]) == (409, "joint_exam_without_table")
        assert (refused.json()["figures"]["bands"], refused.json()["figures"]["lowest"]) == told
        assert (await joint.deed(desk, made["id"], "withdraw")).json()["state"] == "withdrawn"
    for wrong in ([joint.TABLE[0], joint.TABLE[0]], [joint.TABLE[1] | {"score": "1.00"}], [{"from_total": "0"}]):
        assert (await joint.draft(desk, plan, bands=wrong)).status_code == 422
    for term in ("2025-2027-01", "2025-2026-04", "2025"):
        assert (await joint.draft(desk, plan, term=term)).status_code == 422


async def test_it_is_changed_while_a_draft_by_who_read_it_and_never_afterwards(desk: Desk, plan: make.Plan) -> None:
    made = await joint.draft(desk, plan, who="coordinator", bands=[])
    path, headers = made.headers["Location"], desk.sign_in("coordinator")
    etag = (await desk.client.get(path, headers=headers)).headers["ETag"]
    terms = {name: joint.wish(desk, plan)[name] for name in ("term", "document_number", "bands")}
    assert (await desk.client.put(path, json=terms, headers=headers)).status_code == 428
    changed = await desk.client.put(path, json=terms, headers=headers | {"If-Match": etag})
    assert [band["from_total"] for band in changed.json()["bands"]] == ["0.00", "60.00", "85.00"]
    assert (await desk.client.put(path, json=terms, headers=headers | {"If-Match": etag})).status_code == 412
    assert changed.json()["allowed_deeds"] == ["change"]
    assert (await joint.deed(desk, made.json()["id"], "lay_down", who="coordinator")).status_code == 403
    laid = (await joint.deed(desk, made.json()["id"], "lay_down")).json()
    assert (laid["state"], laid["allowed_deeds"]) == ("laid_down", ["withdraw"])
    late = await desk.client.put(path, json=terms, headers=headers | {"If-Match": "*"})
    assert (late.status_code, late.json()["code"]) == (409, "deed_not_allowed")
    assert (await joint.deed(desk, made.json()["id"], "lay_down")).json()["code"] == "deed_not_allowed"


async def test_a_programme_has_one_at_a_level_and_finds_it_by_plan_and_by_course(desk: Desk, plan: make.Plan) -> None:
    made = (await joint.draft(desk, plan)).json()
    school = desk.world.schools[0]
    second = await joint.draft(desk, plan, course_id=str(school.courses[0][1]))
    assert (second.status_code, second.json()["code"]) == (409, "joint_exam_taken")
    assert second.json()["figures"]["joint_exam_id"] == made["id"]
    sibling = await joint.draft(desk, plan, course_id=str(school.courses[1][0]))
    assert sibling.status_code == 201
    for query, found in (
        ({"exam_plan_id": str(plan.id)}, [made["id"], sibling.json()["id"]]),
        ({"course_id": str(school.courses[0][0])}, [made["id"]]),
        ({"state": "laid_down"}, []),
    ):
        told = (await desk.get(joint.PATH, who="auditor", **query))["items"]
        assert [exam["id"] for exam in told] == found
    assert (await desk.get(joint.PATH, who="registrar_2"))["items"] == []
    other = await joint.draft(desk, plan, certificate_level_id=str(desk.world.organisations[1].levels["2"]))
    assert (other.status_code, other.json()["code"]) == (409, "level_not_in_plan")
    foreign = await joint.draft(desk, plan, course_id=str(school.courses[1][1]), who="coordinator")
    assert foreign.status_code == 404


async def test_a_teacher_sees_those_of_what_they_teach_in_the_term(
    desk: Desk, plan: make.Plan, session: AsyncSession
) -> None:
    school = desk.world.schools[0]
    exam = await joint.laid_down(desk, plan)
    assert (await desk.get(joint.PATH, who="teacher"))["items"] == []
    mine = Teacher(
        institution_id=school.id, staff_number="T1", name="教师", college_id=school.colleges[1],
        person_id=desk.world.callers["teacher"].id,
    )  # fmt: skip
    session.add(mine)
    await session.flush()
    key = {"institution_id": school.id, "teacher_id": mine.id}
    session.add(CourseTeacher(**key, course_id=school.courses[0][0], term="2025-2026-01"))
    session.add(CourseTeacher(**key, course_id=school.courses[0][1], term=joint.TERM))
    await session.flush()
    assert (await desk.get(joint.PATH, who="teacher"))["items"] == []
    session.add(CourseTeacher(**key, course_id=school.courses[0][0], term=joint.TERM))
    await session.flush()
    (seen,) = (await desk.get(joint.PATH, who="teacher"))["items"]
    assert (seen["id"], seen["allowed_deeds"]) == (exam["id"], [])


async def test_once_a_result_came_nothing_is_laid_down_and_nothing_withdrawn(desk: Desk, plan: make.Plan) -> None:
    late = (await joint.draft(desk, plan, course_id=str(desk.world.schools[0].courses[1][0]))).json()
    exam = await joint.laid_down(desk, plan)
    await desk.push(plan, desk.row(plan, grading="provisional"))
    for exam_id, name in ((late["id"], "lay_down"), (exam["id"], "withdraw")):
        refused = await joint.deed(desk, exam_id, name)
        assert (refused.status_code, refused.json()["code"]) == (409, "joint_exam_after_results")
        assert refused.json()["figures"]["results"] == 1
    assert (await joint.deed(desk, late["id"], "withdraw")).json()["state"] == "withdrawn"


async def test_without_a_table_that_was_laid_down_no_grade_is_written(desk: Desk, plan: make.Plan) -> None:
    await joint.draft(desk, plan)
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["grades_entered"] == 0
    assert await joint.grades(desk) == []
