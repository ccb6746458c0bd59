"""Confirming, applying and undoing: only what was looked at, only while it is so, only once."""

import pytest
from sqlalchemy import select, text, update

from tests.imports import files
from tests.imports.desk import Desk
from tests.imports.test_importing import register
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.imports import commands
from x_pilot_api.imports.errors import PreviewOutdated
from x_pilot_api.imports.models import ImportRow, TableImport
from x_pilot_api.registry.models import Course, Student


def known(world: World, number: int = 0, **changed: object) -> list[object]:
    """Give the cells of a student of the seeded world."""
    cells: dict[str, object] = {
        "学号": f"202401{number:03d}",
        "姓名": f"学生1{number}",
        "证件号码": world.schools[0].documents[number],
        "专业代码": "530301",
        "班级": "会计2401",
        "入学年份": 2024,
    }
    return list((cells | changed).values())


async def _rename(service: Service, world: World, name: str) -> None:
    async with service.database.transaction(institution_id=world.schools[0].id) as session:
        await session.execute(update(Student).where(Student.id == world.schools[0].students[0]).values(name=name))


async def test_another_digest_is_refused_and_the_right_one_still_good(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1)))
    refused = await office.confirm(preview, digest="0" * 64)
    assert (refused.status_code, refused.json()["code"]) == (409, "preview_outdated")
    assert (await office.confirm(preview)).status_code == 202


async def test_the_same_file_over_the_same_register_has_the_same_digest(office: Desk, world: World) -> None:
    body = files.xlsx(files.STUDENTS, files.student(1), known(world, 姓名="改名"), files.student(2, 姓名=None))
    assert (await office.preview(body))["digest"] == (await office.preview(body))["digest"]


async def test_a_preview_is_outdated_once_a_row_it_changes_has_changed(
    office: Desk, world: World, service: Service
) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, known(world, 姓名="改名")))
    await _rename(service, world, "别人改的")
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "preview_outdated")
    await _rename(service, world, "学生10")
    assert (await office.confirm(preview)).status_code == 202


async def test_a_preview_is_outdated_once_somebody_else_created_what_it_would(office: Desk) -> None:
    first = await office.preview(files.xlsx(files.STUDENTS, files.student(1)))
    second = await office.preview(files.xlsx(files.STUDENTS, files.student(1), files.student(2)))
    await office.apply(second)
    refused = await office.confirm(first)
    assert (refused.status_code, refused.json()["code"]) == (409, "preview_outdated")


async def test_what_changes_between_confirming_and_applying_stops_it_and_nothing_is_written(
    office: Desk, world: World, service: Service
) -> None:
    # The row that changes was not to be: the register's state as a whole is what was confirmed.
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1), known(world)))
    assert preview["counts"]["unchanged"] == 1
    assert (await office.confirm(preview)).status_code == 202
    await _rename(service, world, "别人改的")
    before = await register(service)
    with pytest.raises(PreviewOutdated):
        await office.work(preview["job_id"])
    assert await register(service) == before
    told = await office.read(preview["id"])
    assert (told["state"], told["problem"]["code"]) == ("outdated", "preview_outdated")


async def test_what_is_none_of_the_imports_business_does_not_outdate_it(
    office: Desk, world: World, service: Service
) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, known(world, 1, 姓名="改名")))
    await _rename(service, world, "别人改的")
    assert (await office.apply(preview))["state"] == "applied"


async def test_a_second_confirmation_and_a_second_undo_are_refused_by_the_state(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1)))
    applied = await office.apply(preview)
    again = await office.confirm(preview)
    assert (again.status_code, again.json()["code"]) == (409, "deed_not_allowed")
    assert (await office.undo(applied)).status_code == 202
    assert (await office.undo(applied)).json()["code"] == "deed_not_allowed"


async def test_a_cancelled_preview_is_not_confirmed(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1)))
    cancelled = await office.client.post(f"/v1/jobs/{preview['job_id']}:cancel", headers=office.headers)
    assert cancelled.status_code == 200
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_not_waiting")
    assert (await office.read(preview["id"]))["state"] == "previewed"


async def test_a_file_that_changes_nothing_is_not_confirmed(office: Desk, world: World) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, known(world), files.student(2, 姓名=None)))
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_import")


async def test_a_full_file_closes_what_it_lacks_and_undoing_opens_it_again(
    office: Desk, world: World, service: Service
) -> None:
    rows = [known(world, number) for number in range(9)]
    before = await register(service)
    preview = await office.preview(files.xlsx(files.STUDENTS, *rows), mode="full")
    assert preview["counts"] == {
        "created": 0, "changed": 0, "unchanged": 9, "removed": 1, "blocked": 0, "existing": 10,
    }  # fmt: skip
    (gone,) = await office.rows(preview["id"])
    assert (gone["row"], gone["outcome"], gone["after"]) == (None, "removed", {"status": "left"})
    applied = await office.apply(preview)
    after = await register(service)
    assert [row["student_number"] for row in after["students"] if row["status"] == "left"] == ["202401009"]
    assert (await office.undo(applied)).status_code == 202
    assert await register(service) == before


async def test_a_full_file_that_would_change_too_much_is_stopped(office: Desk, world: World) -> None:
    rows = [known(world, number) for number in range(7)]
    preview = await office.preview(files.xlsx(files.STUDENTS, *rows), mode="full")
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "change_threshold_exceeded")
    assert "移除 3 行，现有 10 行，超过 20%" in refused.json()["detail"]


async def test_a_full_file_with_a_blocked_row_is_not_confirmed(office: Desk, world: World) -> None:
    rows = [known(world, number) for number in range(9)]
    preview = await office.preview(files.xlsx(files.STUDENTS, *rows, known(world, 9, 姓名=None)), mode="full")
    assert preview["counts"]["removed"] == 0
    refused = await office.confirm(preview)
    assert (refused.status_code, refused.json()["code"]) == (409, "full_file_blocked")


async def test_a_coordinators_full_file_speaks_of_their_college_only(college: Desk, world: World) -> None:
    preview = await college.preview(
        files.xlsx(("工号", "姓名", "学院代码"), ["T1", "教师", "C0"]), kind="teachers", mode="full"
    )
    assert preview["counts"]["existing"] == 0
    assert world.schools


async def test_undo_is_refused_when_something_depends_on_it_and_says_what(
    office: Desk, world: World, service: Service
) -> None:
    applied = await office.apply(await office.preview(files.xlsx(files.COURSES, files.course("N1")), kind="courses"))
    grades = files.csv(
        ("学号", "课程代码", "学期", "分数", "是否通过"), ["202401000", "N1", "2025-2026-01", "86.5", "是"]
    )
    graded = await office.apply(await office.preview(grades, kind="course_grades"))
    refused = await office.undo(applied)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_depended_on")
    assert "course_grades 1" in refused.json()["detail"]
    # A grade that was undone is void, but stays on record, and so does what it was for.
    assert (await office.undo(graded)).status_code == 202
    assert (await office.undo(applied)).json()["code"] == "import_depended_on"
    assert world.schools
    async with service.database.transaction(read_only=True) as session:
        assert await session.scalar(select(Course.id).where(Course.code == "N1"))


async def test_undo_is_refused_when_a_row_was_changed_since(office: Desk, world: World, service: Service) -> None:
    applied = await office.apply(await office.preview(files.xlsx(files.STUDENTS, known(world, 姓名="改名"))))
    await _rename(service, world, "又改了")
    refused = await office.undo(applied)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_rows_changed_since")


async def test_what_has_had_its_time_is_forgotten(office: Desk, world: World, service: Service) -> None:
    applied = await office.apply(await office.preview(files.xlsx(files.STUDENTS, known(world, 姓名="改名"))))
    waiting = await office.preview(files.xlsx(files.STUDENTS, files.student(1)))
    async with service.database.transaction() as session:
        assert await commands.forget_imports(session, days=1) == 0
        await session.execute(text("UPDATE imports SET uploaded_at = now() - interval '2 days'"))
        assert await commands.forget_imports(session, days=1) == 2
        assert await commands.forget_imports(session, days=1) == 0
        assert (await session.scalars(select(ImportRow))).all() == []
        assert (
            await session.scalars(select(TableImport.sealed_body).where(TableImport.uploaded_at < clock.now()))
        ).all()
    assert (await office.read(waiting["id"]))["state"] == "forgotten"
    assert (await office.undo(applied)).json()["code"] == "import_forgotten"


async def test_a_file_lies_sealed_and_no_identity_number_in_what_is_kept_of_its_rows(
    office: Desk, service: Service
) -> None:
    row = files.student(1)
    preview = await office.preview(files.csv(files.STUDENTS, row, files.student(2, 姓名=None)))
    number = str(row[2])
    async with service.database.transaction(read_only=True) as session:
        kept = (await session.execute(text("SELECT to_jsonb(r)::text FROM import_rows AS r"))).scalars().all()
        (body,) = (
            await session.scalars(select(TableImport.sealed_body).where(TableImport.digest == preview["digest"]))
        ).all()
    assert kept
    assert not any(number in one for one in kept)
    assert body is not None
    assert number.encode() not in body
