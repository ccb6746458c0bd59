"""Received is not visible: who sees results from when, and that nothing of a held result shows before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, set_clock
from x_pilot_api import worker
from x_pilot_api.exams import commands

Json = dict[str, Any]
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
COLLEGE, STUDENT, PUBLIC = (NOW + timedelta(days=days) for days in (1, 2, 3))


def _path(plan: make.Plan) -> str:
    return f"/v1/exam-plans/{plan.id}/result-visibility"


async def _set(
    desk: Desk, plan: make.Plan, *instants: datetime | None, who: str = "registrar", if_match: str = "*"
) -> httpx.Response:
    body = {
        name: instant.isoformat() if instant else None
        for name, instant in zip(("college_from", "student_from", "public_from"), instants, strict=True)
    }
    return await desk.client.put(_path(plan), json=body, headers=desk.sign_in(who) | {"If-Match": if_match})


async def _seen(desk: Desk, who: str) -> int:
    return len((await desk.get("/v1/results", who=who, page_size=100))["items"])


async def _embargoed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> make.Plan:
    set_clock(monkeypatch, NOW)
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts()
    assert (await _set(desk, plan, COLLEGE, STUDENT, PUBLIC)).status_code == 200
    return plan


async def test_each_audience_sees_results_from_its_own_instant_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await _embargoed(desk, monkeypatch)
    await desk.push(plan, *(desk.row(plan, index) for index in range(10)))
    who = ("registrar", "auditor", "coordinator", "student")
    for instant, seen in (
        (COLLEGE - timedelta(seconds=1), (10, 10, 0, 0)),
        (COLLEGE, (10, 10, 10, 0)),
        (STUDENT - timedelta(seconds=1), (10, 10, 10, 0)),
        (STUDENT, (10, 10, 10, 1)),
    ):
        set_clock(monkeypatch, instant)
        assert tuple([await _seen(desk, caller) for caller in who]) == seen
    assert await _seen(desk, "sibling_coordinator") == 0
    assert await _seen(desk, "registrar_2") == 0


async def test_a_held_result_issues_and_deposits_nothing_until_students_may_see_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await _embargoed(desk, monkeypatch)
    batch = await desk.push(plan, *(desk.row(plan, index) for index in range(10)))
    told = batch["downstream"]
    assert (batch["accepted"], told["results_held"], told["awards_issued"]) == (10, 10, 0)
    assert (await desk.awards(None), (await desk.account())["pending"]) == ([], "0.00")
    assert (await desk.account())["outcomes"] == []
    set_clock(monkeypatch, STUDENT - timedelta(seconds=1))
    assert await commands.lift_embargoes(desk.service) == 0
    assert await desk.awards(None) == []
    set_clock(monkeypatch, STUDENT)
    assert await commands.lift_embargoes(desk.service) == 10
    assert len(await desk.awards(None)) == 10
    assert (await desk.account())["accumulated"] == "3.00"
    assert await commands.lift_embargoes(desk.service) == 0
    assert (await desk.push(plan, *(desk.row(plan, index) for index in range(10))))["unchanged"] == 10
    assert len(await desk.awards(None)) == 10
    await desk.summary()


async def test_corrections_and_failures_under_embargo_leave_what_is_true_at_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await _embargoed(desk, monkeypatch)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1, **make.FAILED), desk.row(plan, 2))
    await desk.push(plan, desk.row(plan, 0, revision=2, **make.FAILED), desk.row(plan, 2, revision=2, grading="voided"))
    await desk.push(plan, desk.row(plan, 1, revision=2))
    assert await desk.awards(None) == []
    set_clock(monkeypatch, STUDENT)
    await commands.lift_embargoes(desk.service)
    (award,) = await desk.awards(None)
    assert award["student_id"] == str(desk.world.schools[0].students[1])
    late = await desk.push(plan, desk.row(plan, 3))
    assert (late["downstream"]["awards_issued"], late["downstream"]["results_held"]) == (1, 0)


async def test_progress_shows_nothing_of_a_result_before_students_see_it(desk: Desk) -> None:
    plan = await desk.plan()
    later = datetime.now(UTC) + timedelta(days=1)
    assert (await _set(desk, plan, None, later, later)).status_code == 200
    await desk.push(plan, desk.row(plan, 0))
    path = f"/v1/students/{desk.world.schools[0].students[0]}/progress"
    for who in ("student", "coordinator"):
        (found,) = (await desk.get(path, who=who))["certificates"]
        assert (found["registered"], found["sat"], found["stage"]) == (1, 0, "registered")


async def test_what_students_have_seen_is_not_hidden_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, NOW)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 0))
    refused = await _set(desk, plan, COLLEGE, STUDENT, PUBLIC)
    assert (refused.status_code, refused.json()["code"]) == (409, "results_already_shown")
    assert refused.json()["figures"]["results"] == 1
    assert (await _set(desk, plan, None, None, PUBLIC)).status_code == 200


async def test_an_embargo_that_is_moved_forward_is_lifted_then(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await _embargoed(desk, monkeypatch)
    await desk.push(plan, desk.row(plan, 0))
    assert (await _set(desk, plan, None, None, None)).status_code == 200
    assert await commands.lift_embargoes(desk.service) == 1
    assert len(await desk.awards(None)) == 1


async def test_audiences_keep_their_order_and_a_stale_copy_changes_nothing(desk: Desk) -> None:
    plan = await desk.plan()
    for wrong in ((STUDENT, COLLEGE, PUBLIC), (COLLEGE, None, PUBLIC), (COLLEGE, STUDENT, None)):
        assert (await _set(desk, plan, *wrong)).status_code == 422
    answer = await desk.client.get(_path(plan), headers=desk.sign_in("registrar"))
    assert answer.json()["student_from"] is None
    first = await _set(desk, plan, COLLEGE, STUDENT, PUBLIC, if_match=answer.headers["ETag"])
    assert first.status_code == 200
    assert (await _set(desk, plan, None, None, None, if_match=answer.headers["ETag"])).status_code == 412
    assert (await _set(desk, plan, None, None, None, who="coordinator")).status_code == 403


def test_the_clock_asks_for_embargoes_to_be_lifted() -> None:
    assert worker.SCHEDULES["lift_result_embargoes"] == "* * * * *"
