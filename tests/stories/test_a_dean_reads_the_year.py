"""A dean reads the year: a college's rates, what they are made of, and how they change when a result is corrected."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams import make, second_persons
from tests.exams.desk import Json, SignIn, set_clock
from tests.tallies.sums import Sums
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.tallies import tasks

FIGURES, ROWS = "/v1/analytics/figures", "/v1/analytics/rows"


@pytest.fixture
async def office(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Sums:
    desk = Sums(client, sign_in, world, service)
    await desk.rebuild()
    return desk


async def test_a_dean_reads_the_year(office: Sums, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 7, 1, 8, tzinfo=UTC))
    await second_persons.add(office)
    await office.rule()
    plan = await office.plan()
    assert await _rate(office, "pass_rate") == (0, 0, None)

    await office.open_accounts(*range(8))
    await office.push(
        plan, *(office.row(plan, index) for index in range(8)), *(office.row(plan, at, **make.FAILED) for at in (8, 9))
    )
    assert await _rate(office, "account_opening") == (8, 10, "80.00")
    assert await _rate(office, "pass_rate") == (8, 10, "80.00")
    assert (await _total(office))["figures"]["credits_recognised"] == "24.00"
    # The worker folds what was added, and nothing that is read changes by it.
    await tasks.fold_tallies(office.service, None)  # type: ignore[arg-type]
    assert await _rate(office, "pass_rate") == (8, 10, "80.00")

    # One of the eight was marked wrongly: the organisation corrects it, and everything follows at once.
    await office.push(plan, office.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    assert await _rate(office, "pass_rate") == (7, 10, "70.00")
    assert await _rate(office, "attainment") == (7, 10, "70.00")
    assert (await _total(office))["figures"]["credits_recognised"] == "21.00"

    # Another's certificate is revoked by the office of the organisation, by two persons.
    (award,) = await office.awards(1)
    case = await _revoked(office, award)
    assert case["state"] == "done"
    assert await _rate(office, "attainment") == (6, 10, "60.00")
    assert await _rate(office, "pass_rate") == (7, 10, "70.00")

    # One of those with a certificate changes the programme and the college: their year goes along.
    student = office.world.schools[0].students[2]
    wish = {"programme_id": str(office.world.schools[0].programmes[1]), "reason": "转专业"}
    headers = office.sign_in("registrar") | {"If-Match": "*"}
    assert (await office.client.patch(f"/v1/students/{student}", json=wish, headers=headers)).status_code == 200
    groups = {group["name"]: group for group in (await office.get(FIGURES, by="programme"))["groups"]}
    assert {name: group["attainment"]["numerator"] for name, group in groups.items()} == {"专业0": 5, "专业1": 1}

    # Every number opens its rows, and whoever may not see somebody does not count them.
    behind = (await office.get(ROWS, figure="certificates", page_size=100))["items"]
    assert len(behind) == 6
    assert str(student) in {row["student_id"] for row in behind}
    own = (await office.get(ROWS, who="coordinator", figure="certificates", page_size=100))["items"]
    assert len(own) == 5
    assert await office.findings() == []


async def _total(office: Sums) -> Json:
    total: Json = (await office.get(FIGURES, by="month"))["total"]
    return total


async def _rate(office: Sums, rate: str) -> tuple[int, int, str | None]:
    found = (await _total(office))[rate]
    return found["numerator"], found["denominator"], found["percent"]


async def _revoked(office: Sums, award: Json) -> Json:
    wish = {"award_id": award["id"], "reason": "身份核查不符", "evidence": "核查记录"}
    case = await office.do("/v1/corrections", wish, who="org_staff", **{"Idempotency-Key": "a revocation"})
    found = case["correction"]
    path = f"/v1/corrections/{found['id']}"
    done = await office.do(f"{path}:confirm", {"digest": found["digest"]}, who="second_staff")
    told: Json = done["correction"]
    return told
