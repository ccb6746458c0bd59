"""From a cost sheet to a published fee, over HTTP alone: reckoned, checked, proposed, agreed, approved, in force."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.fees.make import ceiling_body, standard_body
from tests.fees.sheets import line, sheet_body
from tests.world import World
from x_pilot_api.core import clock

SignIn = Callable[[str], dict[str, str]]
Json = dict[str, Any]
TODAY = clock.now().date()


class Desk:
    """Asks as one person after the other, on the copy each has just read."""

    def __init__(self, client: httpx.AsyncClient, sign_in: SignIn) -> None:
        self.client, self.sign_in = client, sign_in

    async def post(self, who: str, path: str, body: Json | None = None, *, status: int = 201) -> Json:
        """Ask for something new, with a key of its own."""
        headers = self.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        answer = await self.client.post(path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def do(self, who: str, path: str, deed: str, body: Json | None = None, *, status: int = 200) -> Json:
        """Read a thing, then do a deed on that copy."""
        headers = self.sign_in(who)
        read = await self.client.get(path, headers=headers)
        assert deed in read.json()["allowed_deeds"] or status != 200, read.text
        headers |= {"If-Match": read.headers["etag"]}
        answer = await self.client.post(f"{path}:{deed}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def in_force(self, who: str, day: str) -> list[int]:
        """List the fees of a day."""
        answer = await self.client.get(f"/v1/fee-standards?in_force_on={day}", headers=self.sign_in(who))
        return [item["fee_fen"] for item in answer.json()["items"]]


async def _reckon(desk: Desk, world: World) -> str:
    """Let a college draw its sheet up, correct what goes against the rules, and the office accept it."""
    wrong = sheet_body(world, year=TODAY.year, lines=[line(), line(element="printing", unit_cost_fen=100)])
    path = f"/v1/cost-sheets/{(await desk.post('coordinator', '/v1/cost-sheets', wrong))['id']}"
    refused = await desk.do("coordinator", path, "submit", status=409)
    assert [fault["code"] for fault in refused["errors"]] == ["printing_cost_not_zero"]
    headers = desk.sign_in("coordinator")
    etag = (await desk.client.get(path, headers=headers)).headers["etag"]
    right = {name: sheet_body(world)[name] for name in ("machine_marked", "candidates", "lines")}
    changed = await desk.client.put(path, json=right, headers=headers | {"If-Match": etag})
    assert (changed.status_code, changed.json()["cash_fen"], changed.json()["in_kind_fen"]) == (200, 400, 500)
    await desk.do("coordinator", path, "submit")
    await desk.do("registrar", path, "return", {"reason": "请补充依据"})
    await desk.client.put(
        path, json=right, headers=headers | {"If-Match": (await desk.client.get(path, headers=headers)).headers["etag"]}
    )
    await desk.do("coordinator", path, "submit")
    accepted = await desk.do("registrar", path, "accept")
    assert accepted["state"] == "accepted"
    return str(accepted["id"])


async def test_from_a_cost_sheet_to_a_fee_in_force_and_its_end_under_a_lower_ceiling(
    client: httpx.AsyncClient, world: World, sign_in: SignIn
) -> None:
    desk = Desk(client, sign_in)
    sheet_id = await _reckon(desk, world)
    own = {"institution_id": str(world.schools[0].id), "cost_sheet_id": sheet_id}
    wish = standard_body(world, effective_from=str(TODAY), effective_to=None, **own)
    refused = await desk.post("org_staff", "/v1/fee-standards", wish, status=409)
    assert refused["code"] == "ceiling_missing"
    await desk.post("operator", "/v1/fee-ceilings", ceiling_body(effective_from=str(TODAY)))
    refused = await desk.post("org_staff", "/v1/fee-standards", wish | {"fee_fen": 50_001}, status=409)
    assert refused["code"] == "ceiling_exceeded"
    proposed = await desk.post("org_staff", "/v1/fee-standards", wish)
    assert (proposed["fee_fen"], proposed["cost_fen"], proposed["ceiling_fen"]) == (41_500, 400, 50_000)
    path = f"/v1/fee-standards/{proposed['id']}"
    await desk.do("coordinator", path, "agree")
    await desk.do("registrar", path, "approve")
    assert await desk.in_force("registrar", str(TODAY)) == []
    await desk.do("registrar", path, "publish")
    assert await desk.in_force("org_staff", str(TODAY)) == [41_500]
    later = TODAY + timedelta(days=30)
    lower = ceiling_body(level="2", amount_fen=40_000, effective_from=str(later))
    issued = await desk.post("operator", "/v1/fee-ceilings", lower)
    assert [each["ended_on"] for each in issued["suspended_standards"]] == [str(later)]
    told = await client.get("/v1/me/messages", headers=sign_in("coordinator"))
    assert "fee_standards.suspended" in {item["kind"] for item in told.json()["items"]}
    assert await desk.in_force("registrar", str(TODAY)) == [41_500]
    assert await desk.in_force("registrar", str(later)) == []
