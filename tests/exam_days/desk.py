"""Running the day of an exam over the API as somebody, the worker's part done by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exam_days import make
from tests.exam_days.make import Day
from tests.world import World
from x_pilot_api.core import attempts
from x_pilot_api.core.service import Service
from x_pilot_api.exam_days import tasks

Json = dict[str, Any]
SignIn = Callable[[str], dict[str, str]]


@dataclass
class Hall:
    """The service, the world in it, and a way to be anybody."""

    client: httpx.AsyncClient
    sign_in: SignIn
    world: World
    service: Service

    async def day(self, **wish: Any) -> Day:  # noqa: ANN401 - handed on to make.day
        """Make a sitting, see make.day."""
        async with self.service.database.transaction() as session:
            return await make.day(session, self.world, self.service.sealer, **wish)

    async def write(self, it: Day, deed: Callable[[AsyncSession], Awaitable[Any]]) -> None:
        """Change something that another area's people would change."""
        async with self.service.database.transaction(institution_id=it.institution_id) as session:
            await deed(session)

    async def get(self, path: str, *, who: str = "registrar", **query: str | int) -> Any:  # noqa: ANN401 - JSON
        """Read something that is there."""
        answer = await self.client.get(path, params=query, headers=self.sign_in(who))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def tag(self, it: Day, *, who: str = "registrar") -> str:
        """Tell the ETag of a sitting's seating."""
        answer = await self.client.get(f"{it.path}/seating", headers=self.sign_in(who))
        assert answer.status_code == 200, answer.text
        return answer.headers["ETag"]

    async def ask(
        self, path: str, body: Json | None = None, *, who: str = "registrar", if_match: str | None = None, **query: str
    ) -> httpx.Response:
        """Post something and give whatever is answered."""
        headers = self.sign_in(who) | ({"If-Match": if_match} if if_match else {})
        return await self.client.post(path, json=body, params=query, headers=headers)

    async def seats(self, it: Day, deed: str = "arrange", *, who: str = "registrar", **how: Any) -> httpx.Response:  # noqa: ANN401
        """Arrange or re-arrange on the strength of the present seating."""
        query = {"validate_only": "true"} if how.pop("only", False) else {}
        body = None if deed == "rearrange" else how
        tag = await self.tag(it, who=who)
        return await self.ask(f"{it.path}/seats:{deed}", body, who=who, if_match=tag, **query)

    async def arranged(self, it: Day, deed: str = "arrange", **how: Any) -> Json:  # noqa: ANN401
        """Arrange or re-arrange, and tell what it did."""
        answer = await self.seats(it, deed, **how)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def places(self, it: Day) -> dict[str, tuple[str, int]]:
        """Tell where everybody sits, by registration."""
        page = await self.get(f"{it.path}/seats", page_size=100)
        return {seat["registration_id"]: (seat["room_code"], seat["number"]) for seat in page["items"]}

    async def printed(self, it: Day, *, who: str = "registrar") -> Json:
        """Have a sitting printed, and tell of the bundle."""
        asked = await self.ask(f"{it.path}/papers", who=who)
        assert asked.status_code == 202, asked.text
        await self.work(asked.json()["job_id"])
        return await self.get(f"/v1/sitting-papers/{asked.json()['id']}", who=who)

    async def work(self, job_id: str) -> None:
        """Do a job as the worker does."""
        async with self.service.database.transaction() as session:
            job = await attempts.take(session, UUID(job_id))
        assert job is not None
        await tasks.print_sitting(self.service, job)

    async def device(self, it: Day, *, who: str = "registrar", name: str = "平板") -> Json:
        """Let a device take the list along."""
        answer = await self.ask(f"{it.path}/check-in-devices", {"name": name}, who=who)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def send(
        self, it: Day, device: Json, *items: Json, at: datetime = make.STARTS_AT, who: str = "registrar"
    ) -> Json:
        """Send what a device recorded."""
        body = {"device_id": device["device_id"], "sent_at": at.isoformat(), "check_ins": list(items)}
        answer = await self.ask(f"{it.path}/check-ins", body, who=who)
        assert answer.status_code == 200, answer.text
        return answer.json()


def seen(device: Json, index: int, *, at: datetime = make.STARTS_AT, **changes: Any) -> Json:  # noqa: ANN401
    """Write a record of one candidate of a device's list, who is in their room."""
    listed = device["candidates"][index]
    record = {
        "nonce": str(uuid4()),
        "claim": "present",
        "room_id": listed["room_id"],
        "seen_at": at.isoformat(),
        "registration_id": listed["registration_id"],
    } | changes
    return {name: value for name, value in record.items() if value is not None}
