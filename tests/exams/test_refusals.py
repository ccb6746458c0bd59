"""Rows that are rejected, each for its own reason and none at another's cost."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.exams import conditions, make
from tests.exams.desk import Desk, set_clock
from tests.world import identity_number


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


async def test_an_older_revision_is_stale(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, revision=5))
    stale = await desk.outcome(plan, desk.row(plan, revision=4, **make.FAILED))
    assert (stale["outcome"], stale["code"], stale["column"]) == ("rejected", "stale_revision", "revision")
    assert stale["detail"] == "版本 4 旧于已收到的版本 5。"
    assert (await desk.awards())[0]["state"] == "valid"


async def test_the_same_revision_with_other_content_is_a_conflict(desk: Desk, plan: make.Plan) -> None:
    changes: list[dict[str, Any]] = [
        make.FAILED,
        {"grading": "provisional"},
        {"activity": "absent", "passed": None, "total": None},
        {"total": None},
        {"passed": None},
        {"certificate_number": "ZS-1"},
    ]
    await desk.push(plan, *(desk.row(plan, index) for index in range(len(changes))))
    found = await desk.outcomes(plan, *(desk.row(plan, index) | change for index, change in enumerate(changes)))
    assert [(row["outcome"], row["code"]) for row in found] == [("rejected", "revision_conflict")] * len(changes)
    assert {row["result_id"] for row in found} == {None}
    assert {award["state"] for award in await desk.awards(None)} == {"valid"}


async def test_an_admission_number_is_known_only_in_its_plan(desk: Desk, plan: make.Plan) -> None:
    elsewhere = [
        await desk.plan(levels=("1",)),
        await desk.plan(school=1),
        await desk.plan(organisation=1),
        await desk.plan(school=1, organisation=1),
    ]
    numbers = ["nobody", *(other.admission_numbers[0] for other in elsewhere)]
    rows = [desk.row(plan, org_result_id=f"R{at}", admission_number=number) for at, number in enumerate(numbers)]
    found = await desk.outcomes(plan, *rows)
    assert [row["code"] for row in found] == ["unknown_candidate"] * 5
    assert {row["column"] for row in found} == {"admission_number"}
    assert await desk.awards(None) == []


async def test_a_document_of_somebody_else_is_a_mismatch(desk: Desk, plan: make.Plan) -> None:
    documents = desk.world.schools[0].documents
    numbers = (documents[1], desk.world.schools[1].documents[0], "X", documents[0][:-1])
    rows = [desk.row(plan, document_number=number) for number in numbers]
    found = await desk.outcomes(plan, *rows, desk.row(plan, document_kind="passport"))
    assert [row["code"] for row in found] == ["document_mismatch"] * 5


async def test_a_lower_case_x_is_the_same_document(desk: Desk, plan: make.Plan) -> None:
    number = next(found for found in map(identity_number, range(300, 400)) if found.endswith("X"))
    await desk.social_candidate(plan, number=number)
    row = desk.row(plan) | {"admission_number": plan.admission_numbers[-1], "document_number": number.lower()}
    assert (await desk.outcome(plan, row))["outcome"] == "accepted"


async def test_a_score_out_of_range_is_refused_with_its_figures(desk: Desk, plan: make.Plan) -> None:
    told = [
        ("100.01", "80.00", "成绩项 theory 为 100.01，应在 0 至 100.00 之间。"),
        ("80.00", "-0.01", "成绩项 practical 为 -0.01，应在 0 至 100.00 之间。"),
        ("999999.99", "-1", "成绩项 practical 为 -1.00，应在 0 至 100.00 之间。"),
    ]
    rows = [
        desk.row(plan, index, components=make.scores(theory, practical), total=None, passed=None)
        for index, (theory, practical, _) in enumerate(told)
    ]
    found = await desk.outcomes(plan, *rows)
    assert {(row["code"], row["column"]) for row in found} == {("score_out_of_range", "components")}
    assert [row["detail"] for row in found] == [detail for _, _, detail in told]


async def test_other_components_than_the_schemes_are_refused(desk: Desk, plan: make.Plan) -> None:
    given: list[tuple[dict[str, str], str]] = [
        ({"theory": "80.00"}, "theory"),
        ({}, "-"),
        ({"theory": "80", "oral": "80"}, "oral, theory"),
        ({"theory": "80", "practical": "80", "oral": "80"}, "oral, practical, theory"),
    ]
    rows = [desk.row(plan, index, components=components) for index, (components, _) in enumerate(given)]
    found = await desk.outcomes(plan, *rows)
    assert {(row["code"], row["column"]) for row in found} == {("wrong_component", "components")}
    details = [f"考核方案要求成绩项 practical, theory，收到 {names}。" for _, names in given]
    assert [row["detail"] for row in found] == details


async def test_of_two_rows_for_one_candidate_the_first_counts(desk: Desk, plan: make.Plan) -> None:
    found = await desk.outcomes(
        plan,
        desk.row(plan),
        desk.row(plan),
        desk.row(plan, org_result_id="another"),
        desk.row(plan, 1, org_result_id=desk.row(plan)["org_result_id"]),
    )
    assert [row["code"] for row in found] == [None, "duplicate_in_batch", "duplicate_in_batch", "duplicate_in_batch"]
    assert len(await desk.awards(None)) == 1


async def test_a_pair_of_equal_rows_with_a_certificate_number_still_counts_once(desk: Desk, plan: make.Plan) -> None:
    row = desk.row(plan, certificate_number="ZS-1")
    found = await desk.outcomes(plan, row, row)
    assert [found_row["code"] for found_row in found] == [None, "duplicate_in_batch"]


async def test_a_row_that_names_the_wrong_person_does_not_use_up_that_persons_place(
    desk: Desk, plan: make.Plan
) -> None:
    documents = desk.world.schools[0].documents
    mistaken = desk.row(plan, org_result_id="R-b", document_number=documents[1], certificate_number="ZS-1")
    found = await desk.outcomes(
        plan, mistaken, desk.row(plan, certificate_number="ZS-1"), desk.row(plan, 1, org_result_id="R-b")
    )
    assert [row["code"] for row in found] == ["document_mismatch", None, None]


async def test_a_result_id_stays_with_its_candidate(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan))
    taken = desk.row(plan, 1, org_result_id=desk.row(plan)["org_result_id"], revision=2)
    assert await desk.code(plan, taken) == "result_id_taken"
    later = await desk.plan(candidates=1)
    taken = desk.row(later, org_result_id=desk.row(plan)["org_result_id"], revision=2)
    assert await desk.code(later, taken) == "result_id_taken"


async def test_a_result_id_may_be_used_by_another_organisation_and_at_another_institution(
    desk: Desk, plan: make.Plan
) -> None:
    await desk.push(plan, desk.row(plan, org_result_id="R-1"))
    elsewhere = await desk.plan(school=1)
    row = make.row(desk.world, elsewhere, 0, school=1, org_result_id="R-1")
    assert (await desk.outcome(elsewhere, row))["outcome"] == "accepted"
    others = await desk.plan(organisation=1)
    answer = await desk.send(others, desk.row(others, org_result_id="R-1"), who="machine_2")
    assert answer.json()["accepted"] == 1


async def test_a_second_result_id_for_one_registration_is_told_the_first(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, org_result_id="R-1"))
    refused = await desk.outcome(plan, desk.row(plan, org_result_id="R-2"))
    assert refused["code"] == "result_exists"
    assert refused["detail"] == "该考生已有成绩 R-1；请以该编号提交新版本。"


async def test_a_certificate_number_belongs_to_one_certificate_of_an_organisation(desk: Desk, plan: make.Plan) -> None:
    found = await desk.outcomes(
        plan, desk.row(plan, 0, certificate_number="ZS-1"), desk.row(plan, 1, certificate_number="ZS-1")
    )
    assert [row["code"] for row in found] == ["certificate_number_taken"] * 2
    assert await desk.code(plan, desk.row(plan, 0, certificate_number="ZS-1")) is None
    assert await desk.code(plan, desk.row(plan, 1, certificate_number="ZS-1")) == "certificate_number_taken"
    other_level = await desk.plan(levels=("1",))
    for index in (0, 1):
        row = desk.row(other_level, index, certificate_number="ZS-1")
        assert await desk.code(other_level, row) == "certificate_number_taken"
    others = await desk.plan(organisation=1)
    assert (await desk.send(others, desk.row(others, certificate_number="ZS-1"), who="machine_2")).json()["accepted"]
    both = await desk.plan(levels=("1", "2"), candidates=3)
    found = await desk.outcomes(
        both,
        desk.row(both, 2, certificate_number="ZS-3"),
        desk.row(both, 5, document_number=desk.world.schools[0].documents[2], certificate_number="ZS-3"),
    )
    assert [row["code"] for row in found] == ["certificate_number_taken"] * 2


async def test_a_revoked_certificates_number_may_be_given_again(desk: Desk, plan: make.Plan) -> None:
    await desk.push(plan, desk.row(plan, 0, certificate_number="ZS-1"))
    await desk.push(plan, desk.row(plan, 0, revision=2, **make.FAILED))
    assert await desk.code(plan, desk.row(plan, 1, certificate_number="ZS-1")) is None
    assert [award["state"] for award in await desk.awards(None)] == ["revoked", "valid"]


async def test_a_number_that_begins_like_ours_is_ours_to_give(desk: Desk, plan: make.Plan) -> None:
    numbers = [f"XP-{number}" for number in plan.admission_numbers]
    found = await desk.outcomes(
        plan,
        desk.row(plan, 0, certificate_number=numbers[1]),
        desk.row(plan, 1),
        desk.row(plan, 2, certificate_number=numbers[2]),
        desk.row(plan, 3, certificate_number="XP-"),
        desk.row(plan, 4, certificate_number="ZS-XP-1"),
    )
    reserved = "certificate_number_reserved"
    assert [row["code"] for row in found] == [reserved, None, None, reserved, None]
    assert {award["number"] for award in await desk.awards(None)} == {numbers[1], numbers[2], "ZS-XP-1"}


@pytest.mark.parametrize(
    ("exited_on", "code"),
    [(date(2026, 5, 10), "certificate_exited"), (date(2026, 5, 11), "certificate_exited"), (date(2026, 5, 12), None)],
)
async def test_an_exited_certificate_is_examined_only_for_who_confirmed_before(
    desk: Desk, exited_on: date, code: str | None
) -> None:
    # In Shanghai it is the 11th already.
    plan = await desk.plan(confirmed_at=datetime(2026, 5, 10, 16, 30, tzinfo=UTC))
    async with desk.service.database.transaction() as session:
        await conditions.exit_certificate(session, desk.world, on=exited_on)
    found = await desk.outcome(plan, desk.row(plan))
    assert found["code"] == code
    if code is not None:
        assert found["detail"] == f"该证书已于 {exited_on} 退出，报名确认于 2026-05-11。"


async def test_there_are_no_results_before_the_exam(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where the exam takes place the day begins eight hours before it does in UTC.
    set_clock(monkeypatch, datetime(2026, 6, 19, 15, 59, tzinfo=UTC))
    answer = await desk.send(plan, desk.row(plan))
    assert (answer.status_code, answer.json()["code"]) == (409, "exam_not_held")
    assert answer.json()["figures"] == {"exam_on": "2026-06-20", "today": "2026-06-19"}
    set_clock(monkeypatch, datetime(2026, 6, 19, 16, 0, tzinfo=UTC))
    assert (await desk.send(plan, desk.row(plan))).status_code == 201


async def test_a_batch_has_a_largest_number_of_rows(desk: Desk, plan: make.Plan) -> None:
    answer = await desk.send(plan, *([{}] * 10_001))
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")
    assert answer.json()["figures"] == {"rows": 10_001, "limit_rows": 10_000}


async def test_a_batch_without_rows_or_of_a_plan_nobody_knows_is_refused(desk: Desk, plan: make.Plan) -> None:
    assert (await desk.send(plan)).status_code == 422
    unknown = make.Plan(plan.institution_id, plan.institution_id, [], plan.admission_numbers, "")
    answer = await desk.send(unknown, desk.row(plan))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_withdrawn_registration_takes_no_result(desk: Desk, plan: make.Plan) -> None:
    async with desk.service.database.transaction() as session:
        await make.withdraw_registration(session, plan, 0)
    refused = await desk.outcome(plan, desk.row(plan))
    assert (refused["code"], refused["detail"]) == ("registration_not_accepted", "该报名未被接受，当前状态 withdrawn。")
