"""What everybody may list: the certificates there are, and the exams whose results are on public notice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from tests.exams.desk import Desk, Json
from x_pilot_api.core import clock
from x_pilot_api.exams.models import ExamPlan

NOTICES = "/v1/public/result-notices"


async def test_anybody_lists_the_catalogue_and_finds_a_name_in_it(desk: Desk) -> None:
    answer = await desk.client.get("/v1/public/certificates", params={"page_size": 1})
    page = answer.json()
    assert (answer.status_code, len(page["items"]), bool(page["next_page_token"])) == (200, 1, True)
    assert answer.headers["cache-control"] == "public, max-age=300"
    (found,) = (await desk.client.get("/v1/public/certificates", params={"text": "智能财税1"})).json()["items"]
    told = {name: found[name] for name in ("name", "organisation", "levels")}
    assert told == {"name": "智能财税1", "organisation": "评价组织1", "levels": ["1", "2"]}


async def _on_notice(desk: Desk, until: datetime) -> str:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        await session.execute(update(ExamPlan).where(ExamPlan.id == plan.id).values(objections_until=until))
    answer = await desk.client.post(
        f"/v1/exam-plans/{plan.id}/result-notice:publish", headers=desk.sign_in("registrar")
    )
    assert answer.status_code == 201, answer.text
    return str(plan.id)


async def _listed(desk: Desk) -> list[Json]:
    answer = await desk.client.get(NOTICES)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    items: list[Json] = answer.json()["items"]
    return items


async def test_a_notice_is_listed_while_its_list_can_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    until = clock.now() + timedelta(days=3)
    plan_id = await _on_notice(desk, until)
    (notice,) = await _listed(desk)
    assert (notice["exam_plan_id"], datetime.fromisoformat(notice["ends_at"])) == (plan_id, until)
    assert (await desk.client.get(f"{NOTICES}/{plan_id}")).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: until)
    assert await _listed(desk) == []
    assert (await desk.client.get(f"{NOTICES}/{plan_id}")).status_code == 404


async def test_a_notice_that_is_taken_down_is_not_listed(desk: Desk) -> None:
    plan_id = await _on_notice(desk, clock.now() + timedelta(days=3))
    await desk.client.post(f"/v1/exam-plans/{plan_id}/result-notice:withdraw", headers=desk.sign_in("registrar"))
    assert await _listed(desk) == []
