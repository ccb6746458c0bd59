"""The 1 beside the X, of one student and of many."""

from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from tests.exams import make as exams
from tests.exams.desk import Desk, Json
from tests.progress import make
from tests.world import School


def hundredths(text: str) -> int:
    return int(Decimal(text) * 100)


async def progress(desk: Desk, index: int = 0, *, who: str = "registrar") -> Json:
    student_id = desk.world.schools[0].students[index]
    told: Json = await desk.get(f"/v1/students/{student_id}/progress", who=who)
    return told


@pytest.fixture
def there(desk: Desk) -> School:
    return desk.world.schools[0]


async def test_without_plan_or_account_it_says_what_is_missing(desk: Desk) -> None:
    told = await progress(desk)
    assert [it["code"] for it in told["missing"]] == ["training_plan_missing", "credit_account_missing"]
    assert "人才培养方案" in told["missing"][0]["detail"]
    assert (told["diploma"]["required"], told["diploma"]["left"], told["diploma"]["categories"]) == (None, None, [])
    assert (told["certificates"], told["credit_account"]) == ([], None)


async def test_a_plan_without_categories_is_named_and_its_courses_still_count(desk: Desk, there: School) -> None:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        made = await make.curriculum(session, there, categories=False)
        await make.grade(session, there, there.students[0], made.courses[0], passed=True)
    await desk.open_accounts(0)
    told = await progress(desk)
    assert [it["code"] for it in told["missing"]] == ["plan_categories_missing"]
    core = next(it for it in told["diploma"]["categories"] if it["category"] == "core")
    assert (core["required"], core["left"], core["earned"]) == (None, None, "1.00")
    assert (told["diploma"]["required"], told["diploma"]["left"]) == ("120.00", "119.00")


async def test_the_diploma_stands_beside_the_certificate_from_registration_to_its_credits(
    desk: Desk, there: School
) -> None:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        made = await make.curriculum(session, there)
        await make.grade(session, there, there.students[0], made.courses[0], passed=True)
    plan = await desk.plan()
    await desk.rule()
    await desk.open_accounts(0)
    (certificate,) = (await progress(desk))["certificates"]
    assert (certificate["stage"], certificate["registered"], certificate["sat"]) == ("registered", 1, 0)
    assert (certificate["award_id"], certificate["deposited"]) == (None, "0.00")
    await desk.push(plan, desk.row(plan))
    told = await progress(desk, who="student")
    (certificate,) = told["certificates"]
    assert (certificate["stage"], certificate["sat"], certificate["deposit"]) == ("awarded", 1, "deposited")
    assert certificate["deposited"] == (await desk.account())["accumulated"] == told["credit_account"]["available"]
    assert (told["credit_account"]["used"], told["diploma"]["converted"]) == ("0.00", "0.00")
    assert told["missing"] == []


async def test_who_failed_has_sat_and_a_revoked_award_is_none(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.rule()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan, **exams.FAILED))
    assert (await progress(desk))["certificates"][0]["stage"] == "sat"
    await desk.push(plan, desk.row(plan, revision=2, grading="corrected", reason="复核"))
    assert (await progress(desk))["certificates"][0]["stage"] == "awarded"
    await desk.push(plan, desk.row(plan, revision=3, grading="corrected", reason="复核", **exams.FAILED))
    told = await progress(desk)
    assert (told["certificates"][0]["stage"], told["certificates"][0]["award_state"]) == ("sat", "revoked")
    # What was taken back was not used.
    assert (told["credit_account"]["used"], told["credit_account"]["accumulated"]) == ("0.00", "0.00")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_the_grades_the_sums_are_those_done_by_hand(desk: Desk, there: School, seed: int) -> None:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        made = await make.curriculum(session, there)
        passed = await make.scatter(session, there, made, there.students[:4], seed=seed)
    page = await desk.get("/v1/progress", programme_id=str(there.programmes[0]), page_size=100)
    for told in page["items"]:
        done = passed.get(UUID(told["student_id"]), set[UUID]())
        planned = [course for course in made.courses if course.is_planned]
        by_category = {it["category"]: it for it in told["diploma"]["categories"]}
        assert by_category.keys() == {*made.required, *make.CATEGORIES}
        for category, it in by_category.items():
            of_it = [course for course in planned if course.category == category]
            earned = sum(course.credit for course in of_it if course.id in done)
            required = made.required.get(category)
            assert hundredths(it["earned"]) == earned
            assert hundredths(it["offered"]) == sum(course.credit for course in of_it)
            assert it["compulsory_left"] == sum(course.is_compulsory and course.id not in done for course in of_it)
            assert it["left"] is None if required is None else hundredths(it["left"]) == max(0, required - earned)
        total = sum(course.credit for course in planned if course.id in done)
        beside = sum(course.credit for course in made.courses if not course.is_planned and course.id in done)
        assert hundredths(told["diploma"]["earned"]) == total
        assert hundredths(told["diploma"]["outside_plan"]) == beside
        assert hundredths(told["diploma"]["left"]) == made.graduation - total


async def test_a_list_takes_as_many_statements_as_one_student_and_goes_page_by_page(desk: Desk) -> None:
    async def statements(path: str) -> int:
        counted: list[str] = []

        def count(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
            counted.append(statement)

        engine = desk.service.database.connection.engine.sync_engine  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        event.listen(engine, "before_cursor_execute", count)  # pyright: ignore[reportUnknownArgumentType]
        try:
            await desk.get(path)
        finally:
            event.remove(engine, "before_cursor_execute", count)  # pyright: ignore[reportUnknownArgumentType]
        return len(counted)

    one = await statements("/v1/progress?page_size=1")
    assert one > 3
    assert await statements("/v1/progress?page_size=10") == one

    numbers: list[str] = []
    token = ""
    while True:
        page = await desk.get("/v1/progress", page_size=3, **({"page_token": token} if token else {}))
        numbers += [it["student_number"] for it in page["items"]]
        token = page["next_page_token"]
        if not token:
            break
    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers)) == 10


async def test_filters_and_who_sees_whom(desk: Desk, there: School) -> None:
    async def seen(who: str, **query: str | int) -> int:
        return len((await desk.get("/v1/progress", who=who, page_size=100, **query))["items"])

    assert [await seen(who) for who in ("registrar", "coordinator", "sibling_coordinator", "student")] == [10, 10, 0, 1]
    assert await seen("registrar", class_name="会计2401", entry_year=2024) == 10
    assert await seen("registrar", class_name="会计2402") == 0
    assert await seen("registrar", entry_year=2023) == 0
    assert await seen("registrar", college_id=str(there.colleges[1])) == 0
    assert await seen("registrar", college_id=str(there.colleges[0]), status="enrolled") == 10
    assert await seen("registrar", status="left") == 0
    other = f"/v1/students/{there.students[1]}/progress"
    hidden = {who: await desk.status(other, who=who) for who in ("student", "sibling_coordinator", "registrar_2")}
    assert set(hidden.values()) == {404}
