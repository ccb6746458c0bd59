"""Scorecards: each figure with what it is made of, and nothing divided by nothing."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import FEEDBACK, TODAY, Office
from tests.exams import make as exams
from tests.exams.desk import Desk, set_clock
from x_pilot_api.core import clock
from x_pilot_api.governance import rules


async def test_of_nothing_there_is_no_figure(office: Office) -> None:
    first, second = (await office.get("/v1/scorecards"))["items"]
    assert [first["certificate_name"], second["certificate_name"]] == ["智能财税1", "智能财税2"]
    assert first["pass_rate"] == {"numerator": 0, "denominator": 0, "percent": None}
    assert first["answer_hours"] == {"count": 0, "mean": None}
    assert first["result_latency_days"] == {"count": 0, "mean": None}
    assert first["corrections"] == {"numerator": 0, "denominator": 0, "per_thousand": None}


async def test_each_figure_is_counted_from_what_happened(
    office: Office, desk: Desk, session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await exams.plan(session, office.world, candidates=4, exam_on=TODAY - timedelta(days=3))
    passed = desk.row(plan, 0)
    failed = desk.row(plan, 1, **exams.FAILED)
    absent = desk.row(plan, 2, activity="absent", components={}, total=None, passed=False)
    assert (await desk.push(plan, passed, failed, absent))["accepted"] == 3
    mended = desk.row(plan, 1, revision=2, grading="corrected", reason="复核")
    assert (await desk.push(plan, mended))["corrected"] == 1
    told = await office.post("coordinator", FEEDBACK, office.feedback_wish(), status=201)
    await office.post("registrar", f"{FEEDBACK}/{told['id']}:send")
    set_clock(monkeypatch, clock.now() + timedelta(hours=30))
    await office.post("org_staff", f"{FEEDBACK}/{told['id']}:answer", {"answer": "已改"})
    (card,) = (await office.get(f"/v1/scorecards?certificate_id={office.world.organisations[0].certificate_id}"))[
        "items"
    ]
    assert card["pass_rate"] == {"numerator": 2, "denominator": 2, "percent": "100.00"}
    assert card["corrections"] == {"numerator": 1, "denominator": 3, "per_thousand": "333.33"}
    assert card["result_latency_days"] == {"count": 3, "mean": "3.00"}
    assert card["answer_hours"] == {"count": 1, "mean": "30.00"}
    assert card["waiting_answers"] == 0
    elsewhere = (await office.get("/v1/scorecards", who="registrar_2"))["items"]
    assert {one["pass_rate"]["denominator"] for one in elsewhere} == {0}, "another institution's is another's"


async def test_a_review_shows_the_certificate_beside_its_organisation(
    office: Office, desk: Desk, session: AsyncSession
) -> None:
    plan = await exams.plan(session, office.world, candidates=2, exam_on=TODAY)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1, **exams.FAILED))
    certificate = await office.certificate()
    path = await office.propose(certificate["id"])
    beside = await office.get((await office.get(path))["scorecard"])
    assert beside["certificate"]["pass_rate"] == {"numerator": 0, "denominator": 0, "percent": None}
    assert beside["organisation"]["pass_rate"] == {"numerator": 1, "denominator": 2, "percent": "50.00"}
    assert (beside["organisation"]["certificate_id"], beside["certificate"]["certificate_id"]) == (
        None,
        certificate["id"],
    )


async def test_scorecards_come_in_pages(office: Office) -> None:
    first = await office.get("/v1/scorecards?page_size=1")
    second = await office.get(f"/v1/scorecards?page_size=1&page_token={first['next_page_token']}")
    names = [card["certificate_name"] for card in first["items"] + second["items"]]
    assert (names, second["next_page_token"]) == (["智能财税1", "智能财税2"], None)


def test_shares_are_rounded_to_the_nearest_hundredth() -> None:
    assert (rules.percent(1, 3), rules.percent(2, 3), rules.percent(0, 5)) == (3333, 6667, 0)
    assert (rules.per_thousand(1, 8), rules.mean(7, 2), rules.mean(0, 0)) == (12500, 350, None)
