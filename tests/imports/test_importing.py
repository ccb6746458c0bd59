"""A table from its file to the register: previewed, confirmed, applied, undone."""

from typing import Any

import pytest
import python_calamine
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.imports import files
from tests.imports.desk import Desk
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries as identity

REGISTER = ("students", "identity_documents", "student_standings", "courses", "teachers", "programmes", "colleges")


async def register(service: Service) -> dict[str, list[Any]]:
    """Read all there is in the register, to compare with later."""
    found: dict[str, list[Any]] = {table: [] for table in REGISTER}
    async with service.database.transaction(read_only=True) as session:
        for institution_id in await identity.list_institution_ids(session):
            await act_within(session, institution_id=institution_id)
            for table in REGISTER:
                rows = text(f"SELECT to_jsonb(t) FROM {table} AS t WHERE institution_id = :own ORDER BY id")
                found[table] += (await session.execute(rows, {"own": institution_id})).scalars()
    return found


async def test_new_and_changed_students_are_previewed_then_written_as_a_whole(
    office: Desk, world: World, service: Service
) -> None:
    known = ["202401000", "改名", world.schools[0].documents[0], "530301", "会计2401", 2024]
    same = ["202401001", "学生11", world.schools[0].documents[1], "530301", "会计2401", 2024]
    before = await register(service)
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1), known, same))
    assert preview["counts"] == {"created": 1, "changed": 1, "unchanged": 1, "removed": 0, "blocked": 0}
    assert preview["state"] == "previewed"
    assert preview["allowed_deeds"] == ["confirm"]
    assert await register(service) == before
    rows = await office.rows(preview["id"])
    assert [(row["row"], row["outcome"]) for row in rows] == [(2, "created"), (3, "changed")]
    assert (rows[1]["before"]["name"], rows[1]["after"]["name"]) == ("学生10", "改名")
    applied = await office.apply(preview)
    assert applied["state"] == "applied"
    after = await register(service)
    assert len(after["students"]) == len(before["students"]) + 1
    made = next(row for row in after["students"] if row["student_number"] == "2026000001")
    assert (made["name"], made["status"], made["entry_year"]) == ("新生1", "enrolled", 2026)


async def test_an_undone_import_leaves_the_register_exactly_as_it_was(
    office: Desk, world: World, service: Service
) -> None:
    known = ["202401000", "改名", files.student(7)[2], "530301", "会计2402", 2024]
    before = await register(service)
    applied = await office.apply(await office.preview(files.xlsx(files.STUDENTS, files.student(1), known)))
    assert await register(service) != before
    assert applied["allowed_deeds"] == ["undo"]
    assert (await office.undo(applied)).status_code == 202
    assert await register(service) == before
    assert (await office.read(applied["id"]))["state"] == "undone"
    assert world.schools


async def test_the_template_takes_its_own_examples_back(office: Desk) -> None:
    for kind in ("colleges", "programmes", "courses", "training_plans", "teachers", "course_teachers", "students",
                 "course_grades"):  # fmt: skip
        answer = await office.client.get(f"/v1/import-kinds/{kind}/template", headers=office.headers)
        assert answer.status_code == 200
        book = python_calamine.CalamineWorkbook.from_filelike(__import__("io").BytesIO(answer.content))
        assert book.sheet_names[1] == "填写说明"


@pytest.fixture
def nobody(session: AsyncSession) -> None:
    del session
