"""Sums follow everything that happens to facts, and whoever they belong to."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.exams import make, second_persons
from tests.exams.desk import set_clock
from tests.exams.test_plans import announced, register
from tests.imports import files
from tests.imports.desk import Desk as Imports
from tests.tallies.sums import Sums
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.schemas import VisibilityIn

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


async def test_a_push_adds_to_results_certificates_and_credits(sums: Sums) -> None:
    await sums.rule()
    plan = await sums.plan()
    await sums.open_accounts()
    before = await sums.read()
    assert before == {"students_enrolled": 10, "accounts_opened": 10, "accounts_of_enrolled": 10}
    await sums.push(
        plan,
        *(sums.row(plan, index) for index in range(7)),
        sums.row(plan, 7, **make.FAILED),
        sums.row(plan, 8, activity="absent", components={}, total=None, passed=None),
        sums.row(plan, 9, grading="provisional"),
    )
    assert await sums.read() == before | {
        "results_passed": 7, "results_failed": 1, "results_absent": 1, "awards_issued": 7, "credits_recognised": 2_100,
    }  # fmt: skip


async def test_a_correction_moves_what_it_takes_and_gives(sums: Sums) -> None:
    await sums.rule()
    plan = await sums.plan()
    await sums.open_accounts(0)
    await sums.push(plan, sums.row(plan))
    await sums.push(plan, sums.row(plan, revision=2, **make.FAILED))
    found = await sums.read()
    assert (found["results_failed"], found["awards_issued"], found["awards_revoked"]) == (1, 1, 1)
    assert "results_passed" not in found
    assert "credits_recognised" not in found
    await sums.push(plan, sums.row(plan, revision=3, grading="voided"))
    assert "results_failed" not in await sums.read()


async def test_what_is_held_is_in_no_sum_before_students_may_see_it(
    sums: Sums, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, NOW)
    await sums.rule()
    plan = await sums.plan()
    await sums.open_accounts()
    shown = VisibilityIn(college_from=NOW, student_from=LATER, public_from=LATER).model_dump(mode="json")
    path = f"/v1/exam-plans/{plan.id}/result-visibility"
    answer = await sums.client.put(path, json=shown, headers=sums.sign_in("registrar") | {"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    await sums.push(plan, *(sums.row(plan, index) for index in range(10)))
    assert "results_passed" not in await sums.read()
    set_clock(monkeypatch, LATER)
    assert await exams.lift_embargoes(sums.service) == 10
    found = await sums.read()
    assert (found["results_passed"], found["awards_issued"], found["credits_recognised"]) == (10, 10, 3_000)


async def test_a_doubtful_result_counts_once_two_persons_let_it(sums: Sums) -> None:
    await second_persons.add(sums)
    plan = await sums.plan()
    await sums.push(plan, sums.row(plan))
    found = await sums.outcome(plan, sums.row(plan, revision=2, **make.FAILED) | {"passed": True})
    assert found["outcome"] == "quarantined"
    assert (await sums.read())["results_passed"] == 1
    path = f"/v1/quarantined-results/{found['result_id']}"
    await sums.do(f"{path}:propose", {"decision": "confirm_ours", "reason": "核对"})
    await sums.do(f"{path}:confirm", {"reason": "同意"}, who="second_registrar")
    after = await sums.read()
    assert (after["results_failed"], after["awards_revoked"]) == (1, 1)
    assert "results_passed" not in after


async def test_a_pending_deposit_is_told_apart_until_objections_end(
    sums: Sums, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, NOW)
    await sums.rule()
    plan = await sums.plan(objections_until=LATER)
    await sums.open_accounts(0)
    await sums.push(plan, sums.row(plan))
    assert (await sums.read())["credits_pending"] == 300
    set_clock(monkeypatch, LATER)
    assert await sums.post_due_deposits() == 1
    found = await sums.read()
    assert found["credits_recognised"] == 300
    assert "credits_pending" not in found


async def test_a_lower_level_that_gives_way_gives_its_credits_way_too(sums: Sums) -> None:
    await sums.rule(level="1", credit=100)
    await sums.rule()
    lower, higher = await sums.plan(levels=("1",)), await sums.plan()
    await sums.open_accounts(0)
    await sums.push(lower, sums.row(lower))
    assert (await sums.read())["credits_recognised"] == 100
    await sums.push(higher, sums.row(higher))
    assert (await sums.read())["credits_recognised"] == 300
    await sums.push(higher, sums.row(higher, revision=2, **make.FAILED))
    assert (await sums.read())["credits_recognised"] == 100


async def test_a_student_who_moves_takes_everything_along(sums: Sums) -> None:
    await sums.rule()
    plan = await sums.plan()
    await sums.open_accounts()
    await sums.grant_guarantees()
    await sums.push(plan, *(sums.row(plan, index) for index in range(3)))
    before, student = await sums.read(), sums.world.schools[0].students[0]
    assert (before["guarantees_granted"], before["guarantees_used"]) == (10, 3)
    path = f"/v1/students/{student}"
    wish = {"programme_id": str(sums.world.schools[0].programmes[1]), "reason": "转专业"}
    answer = await sums.client.patch(path, json=wish, headers=sums.sign_in("registrar") | {"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    assert await sums.read() == before
    await sums.do(f"{path}:move", {"deed": "suspend", "reason": "休学"})
    found = await sums.read()
    assert (found["students_enrolled"], found["accounts_of_enrolled"], found["accounts_opened"]) == (9, 9, 10)
    await sums.push(plan, sums.row(plan, revision=2, **make.FAILED))
    assert (await sums.read())["awards_revoked"] == 1


async def test_who_sat_an_exam_before_enrolling_counts_for_their_programme_once_they_register(
    sums: Sums, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await sums.plan(candidates=1)
    await sums.push(plan, sums.row(plan, **make.FAILED))
    async with sums.service.database.transaction() as session:
        await make.known_as_social_candidate(session, sums.world, 0)
    assert await sums.rebuild() == 2
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    later = await announced(sums)
    assert (await register(sums, later, 0)).status_code == 201
    assert (await sums.read())["results_failed"] == 1


async def test_an_undone_import_takes_students_out_again_and_back_to_where_they_were(sums: Sums) -> None:
    await sums.grant_guarantees()
    before = await sums.read()
    imports = Imports(sums.client, sums.service, sums.sign_in("registrar"))
    moved = ["202401000", "学生10", files.student(7)[2], "530302", "会计2402", 2024, "转专业"]
    header = (*files.STUDENTS, "异动原因")
    rows = [[*files.student(1), None], moved]
    applied = await imports.apply(await imports.preview(files.xlsx(header, *rows)))
    assert (await sums.read())["students_enrolled"] == before["students_enrolled"] + 1
    # Who came by the import is granted an attempt as well, which goes with them as long as nothing came of it.
    await sums.grant_guarantees()
    assert (await sums.read())["guarantees_granted"] == before["guarantees_granted"] + 1
    assert (await imports.undo(applied)).status_code == 202
    assert await sums.read() == before


async def test_a_student_who_is_removed_is_counted_no_more(sums: Sums) -> None:
    made = await sums.do(
        "/v1/students",
        {
            "student_number": "2026000999", "name": "新生", "document_number": files.student(7)[2],
            "programme_id": str(sums.world.schools[0].programmes[0]), "class_name": "会计2601", "entry_year": 2026,
        },
        **{"Idempotency-Key": "one student"},
    )  # fmt: skip
    assert (await sums.read())["students_enrolled"] == 11
    path = f"/v1/students/{made['id']}"
    answer = await sums.client.delete(path, headers=sums.sign_in("registrar") | {"If-Match": "*"})
    assert answer.status_code == 204, answer.text
    assert (await sums.read())["students_enrolled"] == 10


async def test_a_closed_account_is_open_no_more(sums: Sums) -> None:
    await sums.open_accounts(0)
    account = await sums.account()
    await sums.do(f"/v1/credit-accounts/{account['id']}:close", {"reason": "毕业"})
    found = await sums.read()
    assert (found["accounts_opened"], found["accounts_closed"]) == (1, 1)
    assert "accounts_of_enrolled" not in found
