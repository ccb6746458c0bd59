"""What becomes of each pushed row, read back through the API."""

from collections.abc import Callable

import httpx
import pytest

from tests.exams import make
from tests.world import World
from x_pilot_api.core.service import Service

SignIn = Callable[[str], dict[str, str]]


@pytest.fixture
async def plan(service: Service, world: World) -> make.Plan:
    async with service.database.transaction() as session:
        await make.rule(session, world)
        return await make.plan(session, world)


async def _open(client: httpx.AsyncClient, sign_in: SignIn, world: World, students: int = 10) -> None:
    ids = [str(student) for student in world.schools[0].students[:students]]
    answer = await client.post(
        "/v1/credit-accounts:open",
        json={"student_ids": ids},
        headers=sign_in("registrar") | {"Idempotency-Key": f"open-{students}"},
    )
    assert answer.status_code == 201, answer.text


async def test_a_pass_becomes_a_certificate_and_credits(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, plan: make.Plan
) -> None:
    await _open(client, sign_in, world)
    answer = await make.push(client, sign_in("machine"), plan, [make.row(world, plan, 0)])
    assert answer.status_code == 201, answer.text
    batch = answer.json()
    assert batch["accepted"] == 1
    assert batch["downstream"]["awards_issued"] == 1
    assert batch["downstream"]["credit_deposited"] == "3.00"
    account = await client.get(
        f"/v1/students/{world.schools[0].students[0]}/credit-account", headers=sign_in("student")
    )
    assert account.json()["accumulated"] == "3.00"
    assert account.json()["outcomes"][0]["reason"] == "deposited"
