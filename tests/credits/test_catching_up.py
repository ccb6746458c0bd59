"""Catching up on a rule that was published late: previewed, confirmed by digest, posted once by a job."""

from uuid import UUID

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json
from x_pilot_api.core import working
from x_pilot_api.worker import TASKS


@pytest.fixture
async def late(desk: Desk) -> make.Plan:
    """Let four pass before there is a rule; three of them have an account."""
    plan = await desk.plan()
    await desk.open_accounts(0, 1, 2)
    batch = await desk.push(plan, *(desk.row(plan, index) for index in range(4)))
    assert batch["downstream"]["outcomes"] == {"no_published_mapping": 3, "account_not_open": 1}
    return plan


async def ask(desk: Desk, deed: str, *, status: int, who: str = "registrar", **body: str) -> Json:
    """Ask for a preview or confirm one."""
    answer = await desk.client.post(f"/v1/credit-catch-ups:{deed}", json=body, headers=desk.sign_in(who))
    assert answer.status_code == status, answer.text
    told: Json = answer.json()
    return told


async def run(desk: Desk, asked: Json) -> str:
    """Do the job, and tell what became of it."""
    await working.attempt(desk.service, TASKS["catch_up_credits"], UUID(asked["job_id"]))
    job = await desk.get(f"/v1/jobs/{asked['job_id']}")
    return str(job["state"])


async def test_a_rule_published_late_posts_nothing_by_itself(desk: Desk, late: make.Plan) -> None:
    assert (await ask(desk, "preview", status=200))["certificates"] == 0
    rule = await desk.rule()
    assert (await desk.account())["accumulated"] == "0.00"
    seen = await ask(desk, "preview", status=200)
    assert (seen["certificates"], seen["students"], seen["credit"]) == (3, 3, "9.00")
    assert {gain["mapping_id"] for gain in seen["gains"]} == {str(rule)}
    assert (await desk.account())["accumulated"] == "0.00"
    assert late.level_ids


@pytest.mark.usefixtures("late")
async def test_what_was_confirmed_is_posted_once(desk: Desk) -> None:
    await desk.rule()
    seen = await ask(desk, "preview", status=200)
    asked = await ask(desk, "confirm", status=202, digest=seen["digest"])
    twin = await ask(desk, "confirm", status=202, digest=seen["digest"])
    assert (asked["certificates"], asked["credit"]) == (3, "9.00")
    assert await run(desk, asked) == "succeeded"
    assert [(await desk.account(index))["accumulated"] for index in range(3)] == ["3.00"] * 3
    assert await run(desk, twin) == "failed"
    assert [(await desk.account(index))["accumulated"] for index in range(3)] == ["3.00"] * 3
    assert (await ask(desk, "confirm", status=409, digest=seen["digest"]))["code"] == "catch_up_changed"


@pytest.mark.usefixtures("late")
async def test_what_changed_since_the_preview_is_not_posted(desk: Desk) -> None:
    await desk.rule()
    seen = await ask(desk, "preview", status=200)
    asked = await ask(desk, "confirm", status=202, digest=seen["digest"])
    await desk.limit(code="per_certificate", credit=100)
    assert await run(desk, asked) == "failed"
    assert (await desk.account())["accumulated"] == "0.00"
    assert (await ask(desk, "confirm", status=409, digest=seen["digest"]))["code"] == "catch_up_changed"
    again = await ask(desk, "preview", status=200)
    assert again["credit"] == "3.00"
    assert await run(desk, await ask(desk, "confirm", status=202, digest=again["digest"])) == "succeeded"
    assert (await desk.account())["accumulated"] == "1.00"


async def test_a_run_may_be_of_one_level_or_programme(desk: Desk, late: make.Plan) -> None:
    await desk.rule()
    programme, other = (str(found) for found in desk.world.schools[0].programmes[:2])
    level = str(late.level_ids[0])
    assert (await ask(desk, "preview", status=200, programme_id=programme, certificate_level_id=level))[
        "certificates"
    ] == 3
    assert (await ask(desk, "preview", status=200, programme_id=other))["certificates"] == 0
    await ask(desk, "preview", status=403, who="coordinator")
