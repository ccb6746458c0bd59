"""Who teaches what comes as a table: repeatable, each college its own, a full one for the terms it names."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.imports import files
from tests.imports.desk import Desk
from tests.world import World

HEADER = ("专业代码", "课程代码", "学期", "工号")
KIND = "course_teachers"


@pytest.fixture(autouse=True)
async def teachers(session: AsyncSession, world: World) -> None:
    school = world.schools[0]
    employed = text(
        "INSERT INTO teachers (institution_id, college_id, staff_number, name) VALUES"
        " (:own, :first, 'T1', '教师1'), (:own, :first, 'T2', '教师2'), (:own, :second, 'T3', '教师3')"
    )
    first, second = school.colleges
    await session.execute(employed, {"own": school.id, "first": first, "second": second})


async def taught(session: AsyncSession, world: World) -> list[tuple[Any, ...]]:
    found = await session.execute(
        text(
            "SELECT course.code, programme.code, term, staff_number FROM course_teachers AS taught"
            " JOIN courses AS course ON course.id = taught.course_id"
            " JOIN programmes AS programme ON programme.id = course.programme_id"
            " JOIN teachers AS teacher ON teacher.id = taught.teacher_id"
            " WHERE taught.institution_id = :own ORDER BY 2, 1, 3, 4"
        ),
        {"own": world.schools[0].id},
    )
    return [tuple(row) for row in found.all()]


def table(*rows: tuple[str, str, str, str]) -> bytes:
    return files.csv(HEADER, *(list(row) for row in rows))


async def test_a_table_says_who_teaches_what_again_and_is_undone(
    office: Desk, session: AsyncSession, world: World
) -> None:
    rows = [("530301", "K0", "2025-2026-01", "T1"), ("530301", "K0", "2025-2026-01", "T3"),
            ("530302", "K0", "2025-2026-02", "T3")]  # fmt: skip
    applied = await office.apply(await office.preview(table(*rows), kind=KIND))
    assert (applied["counts"]["created"], len(await taught(session, world))) == (3, 3)
    again = await office.preview(table(*rows), kind=KIND)
    assert (again["counts"]["created"], again["counts"]["unchanged"]) == (0, 3)
    await office.undo(applied)
    assert await taught(session, world) == []


async def test_a_full_table_takes_back_what_it_lacks_in_the_terms_it_names(office: Desk) -> None:
    first, second = "2025-2026-01", "2025-2026-02"
    rows = [("530301", "K0", first, "T1"), ("530301", "K1", first, "T2"), ("530301", "K0", second, "T1")]
    await office.apply(await office.preview(table(*rows), kind=KIND))
    full = table(("530301", "K0", first, "T1"), ("530301", "K0", first, "T2"))
    preview = await office.preview(full, kind=KIND, mode="full")
    assert (preview["counts"]["created"], preview["counts"]["removed"]) == (1, 1)


async def test_rows_that_name_what_is_not_there_are_blocked(office: Desk) -> None:
    rows = [("530301", "K9", "2025-2026-01", "T1"), ("530301", "K0", "2025-2027-01", "T1"),
            ("530301", "K0", "2025-2026-01", "T9"), ("530309", "K0", "2025-2026-01", "T1")]  # fmt: skip
    preview = await office.preview(table(*rows), kind=KIND)
    assert preview["counts"]["blocked"] == len(rows)
