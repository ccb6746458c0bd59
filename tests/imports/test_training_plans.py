"""Training plans from a table: into drafts, which begin as the plan in force."""

from typing import Any

from sqlalchemy import text

from tests.imports import files
from tests.imports.desk import Desk
from tests.world import World
from x_pilot_api.core.service import Service

HEADERS = ("专业代码", "年级", "毕业总学分", "课程代码", "开课学期", "学分")
Plan = tuple[int, str, int, dict[str, tuple[int, int]]]


def _row(code: str, term: int = 1, *, total: object = 8, credit: object = None, year: int = 2026) -> list[object]:
    return ["530301", year, total, code, term, credit]


def _parts(found: dict[str, tuple[int, int]] | None) -> dict[str, tuple[int, int]]:
    return found or {}


async def _plans(service: Service, world: World) -> list[Plan]:
    """Read the plans of the first school: version, state, graduation credits, and courses with term and credits."""
    async with service.database.transaction(institution_id=world.schools[0].id, read_only=True) as session:
        found = await session.execute(
            text("""
SELECT plan.version, plan.state, plan.graduation_credit_hundredths AS total,
    (SELECT jsonb_object_agg(course.code, jsonb_build_array(part.term, part.credit_hundredths))
        FROM training_plan_courses AS part JOIN courses AS course ON course.id = part.course_id
        WHERE part.training_plan_id = plan.id) AS courses
FROM training_plans AS plan WHERE plan.institution_id = :own ORDER BY plan.version
"""),
            {"own": world.schools[0].id},
        )
        return [
            (
                row.version,
                row.state,
                row.total,
                {code: (term, credit) for code, (term, credit) in _parts(row.courses).items()},
            )
            for row in found.all()
        ]


async def _import(desk: Desk, *rows: list[object], mode: str = "delta") -> dict[str, Any]:
    preview = await desk.preview(files.xlsx(HEADERS, *rows), kind="training_plans", mode=mode)
    return await desk.apply(preview)


async def _enact(desk: Desk) -> None:
    plans = (await desk.client.get("/v1/training-plans?state=draft", headers=desk.headers)).json()["items"]
    enacted = await desk.client.post(f"/v1/training-plans/{plans[0]['id']}:enact", headers=desk.headers)
    assert enacted.status_code == 200, enacted.text


async def test_a_new_plan_is_drafted_and_undone(college: Desk, world: World, service: Service) -> None:
    applied = await _import(college, _row("K0"), _row("K1", 2, credit=3.5))
    assert await _plans(service, world) == [(1, "draft", 800, {"K0": (1, 400), "K1": (2, 350)})]
    assert (await college.undo(applied)).status_code == 202
    assert await _plans(service, world) == []


async def test_what_differs_from_the_plan_in_force_makes_the_next_versions_draft(
    college: Desk, office: Desk, world: World, service: Service
) -> None:
    await _import(college, _row("K0"), _row("K1", 2))
    await _enact(office)
    same = await college.preview(files.xlsx(HEADERS, _row("K0")), kind="training_plans")
    assert (same["counts"]["unchanged"], (await college.confirm(same)).json()["code"]) == (1, "nothing_to_import")
    applied = await _import(college, _row("K0", 3, total=None))
    ruling = (1, "in_force", 800, {"K0": (1, 400), "K1": (2, 400)})
    assert await _plans(service, world) == [ruling, (2, "draft", 800, {"K0": (3, 400), "K1": (2, 400)})]
    assert (await college.undo(applied)).status_code == 202
    assert await _plans(service, world) == [ruling]


async def test_rows_go_into_the_draft_there_is_and_undoing_sets_them_back(
    college: Desk, world: World, service: Service
) -> None:
    await _import(college, _row("K0"))
    applied = await _import(college, _row("K0", 4), _row("K1", 5))
    assert await _plans(service, world) == [(1, "draft", 800, {"K0": (4, 400), "K1": (5, 400)})]
    assert (await college.undo(applied)).status_code == 202
    assert await _plans(service, world) == [(1, "draft", 800, {"K0": (1, 400)})]


async def test_a_plan_that_was_put_into_force_since_is_not_undone(college: Desk, office: Desk, world: World) -> None:
    applied = await _import(college, _row("K0"), _row("K1"))
    await _enact(office)
    refused = await college.undo(applied)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_rows_changed_since")
    assert world.schools


async def test_a_full_file_takes_out_of_the_plans_it_names_what_it_lacks(
    college: Desk, office: Desk, world: World, service: Service
) -> None:
    codes = ["N1", "N2", "N3", "N4"]
    body = files.xlsx(files.COURSES, *(files.course(code) for code in codes))
    await college.apply(await college.preview(body, kind="courses"))
    await _import(college, *(_row(code) for code in ("K0", "K1", *codes)))
    await _enact(office)
    await _import(college, _row("K0", year=2025))
    preview = await college.preview(
        files.xlsx(HEADERS, *(_row(code) for code in ("K0", *codes))), kind="training_plans", mode="full"
    )
    assert (preview["counts"]["removed"], preview["counts"]["existing"]) == (1, 6)
    applied = await college.apply(preview)
    drafts = [plan[3] for plan in await _plans(service, world) if plan[1] == "draft"]
    assert {frozenset(draft) for draft in drafts} == {frozenset({"K0"}), frozenset({"K0", *codes})}
    assert (await college.undo(applied)).status_code == 202
    assert [plan[1] for plan in await _plans(service, world)] == ["in_force", "draft"]


async def test_a_full_files_rows_come_back_into_a_draft_that_was_there(
    college: Desk, world: World, service: Service
) -> None:
    body = files.xlsx(files.COURSES, *(files.course(code) for code in ("N1", "N2", "N3", "N4")))
    await college.apply(await college.preview(body, kind="courses"))
    codes = ("K0", "K1", "N1", "N2", "N3", "N4")
    await _import(college, *(_row(code) for code in codes))
    before = await _plans(service, world)
    applied = await _import(college, *(_row(code) for code in codes[1:]), mode="full")
    assert set((await _plans(service, world))[0][3]) == set(codes[1:])
    assert (await college.undo(applied)).status_code == 202
    assert await _plans(service, world) == before


async def test_the_rows_of_a_plan_that_disagree_on_its_credits_are_blocked_and_so_is_one_without(
    college: Desk,
) -> None:
    preview = await college.preview(
        files.xlsx(HEADERS, _row("K0"), _row("K1", total=9), _row("K0", total=None, year=2025), _row("K9", total=9)),
        kind="training_plans",
    )
    rows = await college.rows(preview["id"], outcome="blocked")
    found = [(row["row"], row["errors"][0]["column"], row["errors"][0]["code"]) for row in rows]
    assert found == [
        (2, "毕业总学分", "plan_credits_differ"),
        (4, "毕业总学分", "plan_credits_missing"),
        (5, "课程代码", "plan_course_unknown"),
    ]
