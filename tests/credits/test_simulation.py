"""Running a rule over a cohort: who gains, who loses, what limits cut, and that nothing moves by it."""

import io
import zipfile
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update

from tests.credits import make
from tests.exams import conditions
from tests.exams import make as exams
from tests.exams.desk import Desk, Json
from x_pilot_api.core import working
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.credits import commands
from x_pilot_api.credits.commands import simulation as simulation_
from x_pilot_api.credits.models import Simulation
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.registry.models import CourseGrade
from x_pilot_api.worker import TASKS


@pytest.fixture
async def plan(desk: Desk) -> exams.Plan:
    """Let five students with accounts have the second level, by a rule that gives 3.00."""
    await desk.rule()
    await desk.open_accounts(0, 1, 2, 3, 4)
    plan = await desk.plan()
    await desk.push(plan, *(desk.row(plan, index) for index in range(6)))
    return plan


@pytest.mark.usefixtures("plan")
async def test_a_draft_tells_who_gains_and_who_loses_against_todays_record(desk: Desk) -> None:
    draft = await make.draft(desk, credit=400)
    found = await make.simulate(desk, draft)
    figures = found["figures"]
    assert (figures["students"], figures["students_concerned"], figures["certificates"]) == (10, 6, 6)
    assert (figures["gain"], figures["lose"], figures["same"]) == (5, 0, 1)
    assert (figures["credit_before"], figures["credit_after"]) == ("15.00", "20.00")
    assert (figures["credit_gained"], figures["credit_lost"]) == ("5.00", "0.00")
    assert {reason["reason"]: reason["certificates"] for reason in figures["reasons"]} == {
        "account_not_open": 1,
        "deposited": 5,
    }
    (course,) = figures["courses"]
    assert (course["credit"], course["replaced"], course["refused_passed"]) == ("4.00", 5, 0)
    rows = await make.rows(desk, found)
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["student_number"] for row in rows] == sorted(row["student_number"] for row in rows)
    assert [row["effect"] for row in rows] == ["gain"] * 5 + ["same"]
    assert rows[0]["difference"] == "1.00"
    less = await make.simulate(desk, await make.draft(desk, credit=100, version=3))
    assert (less["figures"]["lose"], less["figures"]["credit_lost"]) == (5, "10.00")
    assert {row["difference"] for row in await make.rows(desk, less, effect="lose")} == {"-2.00"}


@pytest.mark.usefixtures("plan")
async def test_nothing_is_posted_by_it(desk: Desk) -> None:
    draft = await make.draft(desk, credit=400)
    before = await make.kept(desk)
    await make.simulate(desk, draft)
    await make.simulate(desk, draft, assume_open_accounts=True)
    assert await make.kept(desk) == before
    assert "" not in {before["transfers"], before["learning_outcomes"]}


@pytest.mark.usefixtures("plan")
async def test_what_is_in_force_changes_nothing_when_it_is_simulated(desk: Desk) -> None:
    rule = await make.rule_in_force(desk)
    figures = (await make.simulate(desk, rule))["figures"]
    assert (figures["gain"], figures["lose"], figures["same"]) == (0, 0, 6)


@pytest.mark.usefixtures("plan")
async def test_accounts_can_be_taken_for_open(desk: Desk) -> None:
    figures = (await make.simulate(desk, await make.draft(desk, credit=300), assume_open_accounts=True))["figures"]
    assert (figures["gain"], figures["credit_gained"]) == (1, "3.00")


@pytest.mark.usefixtures("plan")
async def test_a_limit_cuts_and_is_named(desk: Desk) -> None:
    await desk.limit(credit=350)
    found = await make.simulate(desk, await make.draft(desk, credit=400))
    assert found["figures"]["limits"] == [
        {"code": "per_certificate", "limit": "3.50", "certificates": 5, "credit_cut": "2.50"}
    ]
    rows = await make.rows(desk, found, is_refused="true")
    assert [(row["credit_after"], row["limit_code"], row["limit_credit"]) for row in rows] == [
        ("3.50", "per_certificate", "3.50")
    ] * 5
    assert len(await make.rows(desk, found, is_refused="false")) == 1


async def test_a_draft_for_a_higher_level_takes_the_lower_ones_credits(desk: Desk) -> None:
    await desk.rule(level="1", credit=100)
    await desk.open_accounts(0)
    for level in ("1", "2"):
        plan = await desk.plan(levels=(level,), candidates=1)
        await desk.push(plan, desk.row(plan))
    draft = await make.draft(desk, credit=300, version=1)
    found = await make.simulate(desk, draft)
    rows = await make.rows(desk, found)
    told = [(row["level"], row["reason_before"], row["reason_after"], row["difference"]) for row in rows]
    assert told == [
        ("1", "deposited", "higher_level_counts", "-1.00"),
        ("2", "no_published_mapping", "deposited", "3.00"),
    ]
    assert [row["is_by_rule"] for row in rows] == [False, True]


@pytest.mark.usefixtures("plan")
async def test_only_the_cohorts_years_and_exam_days_are_decided(desk: Desk) -> None:
    draft = await make.draft(desk, credit=400, entry_years=(2030, 2032))
    assert (await make.simulate(desk, draft))["figures"]["students"] == 0
    past = {"entry_year_from": 2023, "entry_year_to": 2024}
    assert (await make.simulate(desk, draft, **past))["figures"]["gain"] == 5
    days = {"exam_from": "2026-06-20", "exam_to": "2026-06-20"}
    assert (await make.simulate(desk, draft, **past, **days))["figures"]["gain"] == 5
    for wrong in ({"exam_to": "2026-06-19"}, {"exam_from": "2026-06-21"}):
        assert (await make.simulate(desk, draft, **past, **wrong))["figures"]["certificates"] == 0


@pytest.mark.usefixtures("plan")
async def test_a_course_passed_or_replaced_already_is_refused(desk: Desk) -> None:
    school = desk.world.schools[0]
    course_id = school.courses[0][0]
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        for revision, passed in ((1, False), (2, True)):
            await session.execute(
                insert(CourseGrade).values(
                    institution_id=school.id,
                    student_id=school.students[0],
                    course_id=course_id,
                    term="2025-2026-01",
                    attempt=1,
                    revision=revision,
                    score_hundredths=5_000 if not passed else 7_000,
                    passed=passed,
                    reason="更正",
                )
            )
        for revision, passed in ((1, True), (2, False)):
            await session.execute(
                insert(CourseGrade).values(
                    institution_id=school.id,
                    student_id=school.students[1],
                    course_id=course_id,
                    term="2025-2026-01",
                    attempt=1,
                    revision=revision,
                    score_hundredths=5_000,
                    passed=passed,
                    reason="更正",
                )
            )
    await desk.rule(level="2", organisation=1, credit=200)
    other = await desk.plan(organisation=1, candidates=3)
    await desk.send(other, desk.row(other, 2), who="machine_2")
    found = await make.simulate(desk, await make.draft(desk, credit=400))
    refused = {row["student_id"]: row["refusals"] for row in await make.rows(desk, found, is_refused="true")}
    assert refused == {
        str(school.students[0]): {str(course_id): "course_passed"},
        str(school.students[2]): {str(course_id): "course_replaced"},
    }
    (course,) = found["figures"]["courses"]
    assert (course["replaced"], course["refused_passed"], course["refused_replaced"]) == (3, 1, 1)


@pytest.mark.usefixtures("plan")
async def test_it_goes_slice_by_slice_and_from_where_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await make.rows(desk, await make.simulate(desk, await make.draft(desk, credit=400)))
    monkeypatch.setattr(simulation_, "SLICE_STUDENTS", 3)
    asked = await make.ask(desk, await make.rule_in_force(desk, state="draft"))
    ids = {"institution_id": desk.world.schools[0].id, "simulation_id": UUID(asked["id"])}
    for expected in (3, 6):
        async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
            progress = await commands.run_slice(session, make.SYSTEM, **ids)
        assert (progress.students, progress.cohort, progress.is_finished) == (expected, 10, False)
    refusal = await desk.client.get(f"/v1/simulations/{asked['id']}/rows", headers=desk.sign_in("registrar"))
    assert (refusal.status_code, refusal.json()["code"]) == (409, "simulation_not_finished")
    assert await desk.get(f"/v1/simulations/{asked['id']}") == asked | {"figures": None}
    await working.attempt(desk.service, TASKS["simulate_mapping"], UUID(asked["job_id"]))
    job = await desk.get(f"/v1/jobs/{asked['job_id']}")
    assert (job["state"], job["progress"], job["counts"]) == (
        "succeeded",
        {"done": 10, "total": 10},
        {"certificates": 6},
    )
    found = await desk.get(job["result"]["url"])
    assert await make.rows(desk, found) == whole


@pytest.mark.usefixtures("plan")
async def test_a_rule_edited_meanwhile_is_not_simulated_half(desk: Desk) -> None:
    draft = await make.draft(desk, credit=400)
    asked = await make.ask(desk, draft)
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        await session.execute(update(Mapping).where(Mapping.id == draft).values(content_hash="edited"))
    await working.attempt(desk.service, TASKS["simulate_mapping"], UUID(asked["job_id"]))
    job = await desk.get(f"/v1/jobs/{asked['job_id']}")
    assert (job["state"], job["problem"]) == ("failed", {"code": "simulated_rule_changed"})
    assert (await desk.get(f"/v1/simulations/{asked['id']}"))["is_current"] is False


@pytest.mark.usefixtures("plan")
async def test_a_cancelled_simulation_stays_unfinished(desk: Desk) -> None:
    asked = await make.ask(desk, await make.draft(desk, credit=400))
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        await session.execute(update(JobRecord).values(cancel_requested=True))
    await working.attempt(desk.service, TASKS["simulate_mapping"], UUID(asked["job_id"]))
    async with desk.service.database.transaction(read_only=True, institution_id=desk.world.schools[0].id) as session:
        kept = await session.get_one(Simulation, (desk.world.schools[0].id, UUID(asked["id"])))
        assert (kept.finished_at, kept.rows) == (None, 0)


@pytest.mark.usefixtures("plan")
async def test_who_may_not_propose_for_the_programme_may_not_simulate(desk: Desk) -> None:
    draft = await make.draft(desk, credit=400)
    cases = {"sibling_coordinator": 404, "registrar_2": 404, "coordinator": 202, "auditor": 403, "org_staff": 403}
    for who, status in cases.items():
        answer = await desk.client.post(f"/v1/mappings/{draft}:simulate", json={}, headers=desk.sign_in(who))
        assert answer.status_code == status, who
    found = await make.simulate(desk, draft)
    for who, status in (("coordinator", 200), ("auditor", 200), ("sibling_coordinator", 404), ("registrar_2", 404)):
        for path in ("", "/rows", ":export"):
            assert await desk.status(f"/v1/simulations/{found['id']}{path}", who=who) == status, (who, path)


async def test_a_rule_without_credits_and_a_cohort_backwards_are_refused(desk: Desk) -> None:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        rule = await conditions.rule(session, desk.world, state="draft")
        await session.execute(update(Mapping).where(Mapping.id == rule).values(direction="course_to_assessment"))
    cases: tuple[tuple[Json, int, str], ...] = (
        ({}, 409, "nothing_to_simulate"),
        ({"entry_year_from": 2024}, 422, "body_invalid"),
        ({"entry_year_from": 2024, "entry_year_to": 2023}, 422, "body_invalid"),
        ({"exam_from": "2026-01-02", "exam_to": "2026-01-01"}, 422, "body_invalid"),
    )
    for wish, status, code in cases:
        headers = desk.sign_in("registrar")
        answer = await desk.client.post(f"/v1/mappings/{rule}:simulate", json=wish, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code), wish


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.usefixtures("plan")
async def test_the_workbook_holds_every_row_and_texts_as_texts(desk: Desk, language: str) -> None:
    school = desk.world.schools[0]
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        named = text("UPDATE students SET name = '=1+1' WHERE id = :id")
        await session.execute(named, {"id": school.students[0]})
    await desk.limit(credit=350, effective_from=date(2020, 1, 1))
    found = await make.simulate(desk, await make.draft(desk, credit=400))
    headers = desk.sign_in("registrar") | {"Accept-Language": language}
    answer = await desk.client.get(f"/v1/simulations/{found['id']}:export", headers=headers)
    assert answer.status_code == 200, answer.text
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert sheet.count("<row ") == 7
    assert "<f>" not in sheet
    assert ">=1+1<" in sheet
    assert ("每张证书的学分上限" if language == "zh-CN" else "the limit for one certificate") in sheet
    audit = await make.deeds(desk, "export_simulation")
    assert audit == [{"rows": 6}]
