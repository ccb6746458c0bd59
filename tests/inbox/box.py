"""Sending messages and reading them as their persons do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from tests.exams.desk import SignIn
from tests.world import World
from x_pilot_api import worker
from x_pilot_api.core import working
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.core.languages import Both
from x_pilot_api.core.service import Service
from x_pilot_api.credits.commands import telling
from x_pilot_api.inbox import commands
from x_pilot_api.inbox.rules import MessageKind

Json = dict[str, Any]
KIND: MessageKind = telling.CREDITS_POSTED
FIGURES = {"credit": "3.00", "certificate": "智能财税1", "level": "2"}
ADDRESS = "li.hua@school.example"
SAID = Both("3.00 学分已存入您的学分账户", "3.00 credits were posted to your account")

_LATER = """
SELECT CAST(:person_id AS uuid) AS person_id, CAST(:object_id AS uuid) AS object_id,
    CAST(:shown_from AS timestamptz) AS shown_from, jsonb_build_object('credit', '3.00', 'certificate', '-',
    'level', '2') AS figures
"""


@dataclass
class Box:
    """The service, and a way to be anybody in it."""

    client: httpx.AsyncClient
    sign_in: SignIn
    world: World
    service: Service

    async def send(self, *whom: str, school: int = 0, object_id: UUID | None = None) -> UUID:
        """Send a message to some callers; tell what it is about."""
        about = object_id or uuid4()
        institution_id = self.world.schools[school].id
        async with self.service.database.transaction(institution_id=institution_id) as session:
            sent = await commands.send_to(
                session,
                KIND,
                institution_id=institution_id,
                object_kind="learning_outcome",
                object_id=about,
                person_ids=[self.world.callers[who].id for who in whom],
                figures=FIGURES,
            )
        assert sent == len(whom)
        return about

    async def send_later(self, who: str, shown_from: datetime) -> None:
        """Send a message that is shown from an instant on."""
        institution_id = self.world.schools[0].id
        async with self.service.database.transaction(institution_id=institution_id) as session:
            values = {"person_id": self.world.callers[who].id, "object_id": uuid4(), "shown_from": shown_from}
            await commands.send(
                session,
                KIND,
                institution_id=institution_id,
                object_kind="learning_outcome",
                wishes=_LATER,
                values=values,
            )

    async def ask(self, who: str, method: str, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
        """Ask as somebody."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, f"/v1/me/{path}", json=body, headers=self.sign_in(who) | named)

    async def get(self, path: str, *, who: str = "student", **headers: str) -> Json:
        """Read something that is there."""
        answer = await self.ask(who, "GET", path, None, **headers)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def messages(self, who: str = "student", *, query: str = "") -> Sequence[Json]:
        """List a caller's messages."""
        items: Sequence[Json] = (await self.get(f"messages{query}", who=who))["items"]
        return items

    async def told(self, who: str = "student") -> list[tuple[str, str]]:
        """Tell the kind of each of a caller's messages and what it is about, in the order they came."""
        return [(it["kind"], it["object_kind"]) for it in reversed(await self.messages(who))]

    async def mark(self, who: str = "student", **wish: Any) -> Json:  # noqa: ANN401 - JSON
        """Mark messages as read."""
        answer = await self.ask(who, "POST", "messages:mark-read", wish)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def choose(self, *kinds: str, who: str = "student", by_mail: bool = True) -> httpx.Response:
        """Choose to be mailed some kinds."""
        preferences = [{"kind": kind, "by_mail": by_mail} for kind in kinds]
        return await self.ask(who, "PATCH", "message-preferences", {"preferences": preferences})

    async def jobs(self, kind: str) -> list[JobRecord]:
        """List the jobs of a kind that wait."""
        async with self.service.database.transaction() as session:
            waiting = select(JobRecord).where(JobRecord.kind == kind, JobRecord.state == JobState.QUEUED)
            return list(await session.scalars(waiting.order_by(JobRecord.id)))

    async def work(self, service: Service, kind: str) -> int:
        """Do every job of a kind that waits, however much later it is due; tell how many."""
        waiting = await self.jobs(kind)
        for job in waiting:
            await working.attempt(service, worker.TASKS[kind], job.id)
        return len(waiting)
