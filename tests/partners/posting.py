"""A post office: the service, its worker by hand, an organisation's staff at the door, and a receiver outside."""

import dataclasses
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from tests.conftest import make_token
from tests.outbox.feeding import Feeding
from tests.partners.receiver import Receiver
from x_pilot_api.core import clock
from x_pilot_api.core.jobs import Job, JobRecord
from x_pilot_api.core.service import Service
from x_pilot_api.partners import tasks

Json = dict[str, Any]
PATH = "/v1/partner/webhook-endpoints"


@dataclasses.dataclass
class Post:
    """The service with a sender that trusts the receiver, and its organisation's staff at the door."""

    feeding: Feeding
    service: Service
    client: httpx.AsyncClient
    receiver: Receiver
    monkeypatch: pytest.MonkeyPatch

    def headers(self, who: str) -> dict[str, str]:
        caller = self.feeding.world.callers[who]
        token = make_token(self.service, caller.id, scope=caller.scope)
        return {"Authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, *, who: str = "org_staff", expect: int = 200, **body: Any) -> Json:  # noqa: ANN401 - JSON
        """Ask as somebody and get the expected answer."""
        answer = await self.client.request(method, f"{PATH}{path}", headers=self.headers(who), json=body or None)
        assert answer.status_code == expect, answer.text
        found: Json = answer.json()
        return found

    async def create(self, **wish: Any) -> tuple[str, str]:  # noqa: ANN401
        """Name the receiver as an endpoint; give its id and secret."""
        made = await self.ask("POST", "", expect=201, **({"url": self.receiver.url, "description": "d"} | wish))
        return made["endpoint"]["id"], made["secret"]

    async def work(self) -> None:
        """Look for news and do the jobs that were asked for."""
        await tasks.send_news(self.service)
        async with self.service.database.transaction() as session:
            waiting = (await session.scalars(select(JobRecord).where(JobRecord.state == "queued"))).all()
            for job in waiting:
                job.state, job.ended_at = "succeeded", clock.now()
            await session.flush()
        for job in waiting:
            await tasks.deliver_webhooks(
                self.service, Job(id=job.id, kind=job.kind, attempt=1, arguments=job.arguments)
            )

    def pass_time(self, later: timedelta) -> None:
        """Let it be later than it is."""
        now = clock.now() + later
        self.monkeypatch.setattr(clock, "now", lambda: now)

    async def log(self, endpoint_id: str, index: int = 0) -> Json:
        """Read one delivery of an endpoint with the tries at it."""
        deliveries = await self.ask("GET", f"/{endpoint_id}/deliveries")
        return await self.ask("GET", f"/{endpoint_id}/deliveries/{deliveries['items'][index]['id']}")
