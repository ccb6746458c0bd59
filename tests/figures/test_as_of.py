"""Figures as of an instant: what is recorded afterwards does not change them, and their rows add up to them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.exams import make
from tests.exams.desk import Desk
from tests.figures.make import IN_JUNE, LONG_AGO, Counter
from x_pilot_api.figures import rules
from x_pilot_api.figures.errors import FigureUnknown
from x_pilot_api.figures.models import FigureSide


async def feedback(desk: Desk) -> dict[str, Any]:
    wish = {
        "certificate_id": str(desk.world.organisations[0].certificate_id),
        "subject": "题目有误",
        "body": "第三题答案不唯一",
        "due_on": "2099-01-01",
        "college_id": str(desk.world.schools[0].colleges[0]),
    }
    headers = desk.sign_in("coordinator") | {"Idempotency-Key": uuid4().hex}
    answer = await desk.client.post("/v1/quality-feedback", json=wish, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_month_from_nothing_to_results_and_a_correction_that_leaves_the_past_alone(desk: Desk) -> None:
    counter = Counter(desk)
    empty = await counter.now()
    await desk.open_accounts(0, 1, 2, 3)
    await desk.rule(credit=350)
    plan = await desk.plan(candidates=6)
    absent: dict[str, Any] = {"activity": "absent", "components": {}, "total": None, "passed": False}
    await desk.push(
        plan,
        desk.row(plan, 0),
        desk.row(plan, 1),
        desk.row(plan, 2, **make.FAILED),
        desk.row(plan, 3, **absent),
        desk.row(plan, 4, passed=False),
    )
    await feedback(desk)
    closing = await counter.now()
    then = await counter.figures(closing)
    assert then["account_opening_rate"] == (4, 10)
    assert then["registrations_accepted"] == (6, None)
    assert then["attendance_rate"] == (3, 6)
    assert then["pass_rate"] == (2, 3)
    assert then["attainment_rate"] == (2, 10)
    assert then["awards_issued"] == (2, None)
    assert then["credits_recognised"] == (700, None)
    assert then["certificates_admitted"] == (2, None)
    assert then["mappings_published"] == (1, None)
    assert then["feedback_closed_rate"] == (0, 1)

    await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    assert await counter.figures(closing) == then
    after = await counter.figures(await counter.now())
    assert (after["pass_rate"], after["attainment_rate"]) == ((1, 3), (1, 10))
    assert (after["awards_issued"], after["credits_recognised"]) == ((1, None), (350, None))
    assert (await counter.figures(empty))["pass_rate"] == (0, 0)


async def test_every_figure_is_the_sum_of_its_rows_page_by_page(desk: Desk) -> None:
    counter = Counter(desk)
    await desk.open_accounts()
    await desk.rule()
    plan = await desk.plan(candidates=8)
    await desk.push(plan, *(desk.row(plan, index) for index in range(5)))
    await feedback(desk)
    moments = [await counter.now()]
    await desk.push(plan, desk.row(plan, 1, revision=2, reason="复核改判", **make.FAILED))
    moments.append(await counter.now())
    for moment in moments:
        told = await counter.figures(moment)
        for code, (numerator, denominator) in told.items():
            rows = await counter.rows(moment, code, FigureSide.NUMERATOR)
            assert sum(row.amount for row in rows) == numerator, code
            assert len({row.object_id for row in rows}) == len(rows)
            below = await counter.rows(moment, code, FigureSide.DENOMINATOR)
            assert sum(row.amount for row in below) == (denominator or 0), code


async def test_another_college_and_another_period_have_nothing_of_it(desk: Desk) -> None:
    counter = Counter(desk)
    plan = await desk.plan(candidates=2)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    moment = await counter.now()
    assert (await counter.figures(moment))["pass_rate"] == (2, 2)
    assert (await counter.figures(moment, college=1))["pass_rate"] == (0, 0)
    june = replace(moment, period_from=IN_JUNE[0], period_to=IN_JUNE[1])
    assert (await counter.figures(june))["pass_rate"] == (2, 2)
    july = replace(moment, period_from=date(2026, 7, 1), period_to=date(2026, 7, 31))
    assert (await counter.figures(july))["pass_rate"] == (0, 0)
    assert (await counter.figures(july))["attainment_rate"] == (2, 10)
    assert (await counter.figures(replace(moment, as_of=LONG_AGO)))["attainment_rate"] == (0, 10)


async def test_a_guaranteed_attempt_counts_by_its_last_event_until_then(desk: Desk) -> None:
    counter = Counter(desk)
    assert (await counter.figures(await counter.now()))["guarantee_use_rate"] == (0, 0)


def test_an_unknown_code_is_refused_by_name() -> None:
    rules.check_known(rules.CURRENT)
    with pytest.raises(FigureUnknown) as refusal:
        rules.check_known(["pass_rate", "made_up"])
    assert refusal.value.figures == {"codes": "made_up"}
    with pytest.raises(FigureUnknown):
        rules.definition_of("pass_rate", 99)


async def test_the_catalogue_is_read_by_office_college_and_auditor_alone(desk: Desk) -> None:
    for who in ("registrar", "coordinator", "auditor"):
        page = await desk.get("/v1/figures", who=who)
        assert [each["code"] for each in page["items"]] == list(rules.CURRENT)
    for who in ("teacher", "student", "org_staff", "operator"):
        assert await desk.status("/v1/figures", who=who) == 403
