"""Full files: what they lack is closed or removed, and comes back when they are undone."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.imports import files
from tests.imports.broken import GRADES
from tests.imports.desk import Desk
from tests.imports.test_importing import register
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.service import Service

TERM = "2025-2026-01"


def _courses(*codes: str) -> bytes:
    return files.xlsx(files.COURSES, *(files.course(code) for code in codes))


async def _grades(session: AsyncSession, world: World) -> dict[str, tuple[int, Any, bool]]:
    """Read what counts of each student's grade: revision, score and whether it is void."""
    await act_within(session, institution_id=world.schools[0].id)
    found = await session.execute(
        text(
            "SELECT DISTINCT ON (student_number) student_number, revision, score_hundredths, is_void"
            " FROM course_grades AS grade JOIN students AS student ON student.id = grade.student_id"
            " WHERE grade.institution_id = :own ORDER BY student_number, revision DESC"
        ),
        {"own": world.schools[0].id},
    )
    return {row.student_number: (row.revision, row.score_hundredths, row.is_void) for row in found.all()}


def _graded(*students: int, score: str = "80", reason: str | None = None) -> bytes:
    rows = [[f"202401{number:03d}", "K0", TERM, score, "是", reason] for number in students]
    return files.csv((*GRADES, "更正原因"), *rows)


async def test_courses_that_a_full_file_lacks_go_and_come_back_under_their_own_ids(
    college: Desk, world: World, service: Service
) -> None:
    await college.apply(await college.preview(_courses("N1", "N2", "N3", "N4", "N5", "N6"), kind="courses"))
    before = await register(service)
    kept = [files.course(code, 课程名称=f"课程{code[1]}") for code in ("K0", "K1")]
    body = files.xlsx(files.COURSES, *kept, *(files.course(code) for code in ("N1", "N2", "N3", "N4", "N5")))
    preview = await college.preview(body, kind="courses", mode="full")
    assert (preview["counts"]["removed"], preview["counts"]["existing"]) == (1, 8)
    (gone,) = [row for row in await college.rows(preview["id"]) if row["outcome"] == "removed"]
    assert (gone["before"]["code"], gone["after"]) == ("N6", None)
    applied = await college.apply(preview)
    there = {row["code"] for row in (await register(service))["courses"] if row["institution_id"] == str(_own(world))}
    assert {"N5", "K0", "K1"} < there
    assert "N6" not in there
    assert (await college.undo(applied)).status_code == 202
    assert await register(service) == before


def _own(world: World) -> object:
    return world.schools[0].id


async def test_a_course_on_which_something_rests_blocks_a_full_file_and_says_what(office: Desk, world: World) -> None:
    await office.apply(await office.preview(_graded(0), kind="course_grades"))
    preview = await office.preview(_courses("K1"), kind="courses", mode="full")
    blocked = await office.rows(preview["id"], outcome="blocked")
    assert [(row["row"], row["errors"][0]["code"]) for row in blocked] == [(None, "register_still_used")]
    assert "course_grades" in blocked[0]["errors"][0]["detail"]
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "full_file_blocked")
    assert world.schools


async def test_what_a_college_may_not_touch_is_not_removed_by_its_full_file(college: Desk, world: World) -> None:
    preview = await college.preview(_courses("K0", "K1"), kind="courses", mode="full")
    assert (preview["counts"]["removed"], preview["counts"]["existing"]) == (0, 2)
    assert len(world.schools[0].courses) == 2


async def test_undone_grades_are_as_they_were_by_one_more_revision(
    office: Desk, world: World, session: AsyncSession
) -> None:
    await office.apply(await office.preview(_graded(0), kind="course_grades"))
    second = _graded(0, 1, score="95", reason="复核")
    applied = await office.apply(await office.preview(second, kind="course_grades"))
    assert applied["allowed_deeds"] == ["undo"]
    assert (await office.undo(applied)).status_code == 202
    assert await _grades(session, world) == {"202401000": (3, 8_000, False), "202401001": (2, None, True)}


async def test_grades_corrected_since_are_not_undone(office: Desk) -> None:
    applied = await office.apply(await office.preview(_graded(0), kind="course_grades"))
    await office.apply(await office.preview(_graded(0, score="61", reason="复核"), kind="course_grades"))
    refused = await office.undo(applied)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_rows_changed_since")


async def test_a_full_file_of_grades_voids_what_its_terms_have_more_and_undoing_restores_it(
    office: Desk, world: World, session: AsyncSession
) -> None:
    await office.apply(await office.preview(_graded(*range(6)), kind="course_grades"))
    other = files.csv(GRADES, ["202401009", "K0", "2024-2025-01", "70", "是"])
    await office.apply(await office.preview(other, kind="course_grades"))
    preview = await office.preview(_graded(*range(5)), kind="course_grades", mode="full")
    assert (preview["counts"]["removed"], preview["counts"]["existing"]) == (1, 6)
    applied = await office.apply(preview)
    found = await _grades(session, world)
    assert (found["202401005"], found["202401009"]) == ((2, None, True), (1, 7_000, False))
    assert (await office.undo(applied)).status_code == 202
    assert (await _grades(session, world))["202401005"] == (3, 8_000, False)
