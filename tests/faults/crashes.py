"""Crashing the service and its database while clients push and convert, and reconciling what is left with promises."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import make_service
from tests.exams import make
from tests.faults.forked import CREDIT, POINTS, PUSHING, SETTINGS, VICTIMS, Ground, Orders
from tests.ledger import invariants
from x_pilot_api.core import embedded, provision
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.db import Database
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import commands as oversight

SWIFT = {"recovery_init_sync_method": "syncfs"}
"""How a cluster comes back without calling on each of its thousands of files first."""
_PATIENCE = 0.05
"""How long one who was not served waits before asking again."""

_LEFT: Mapping[str, str] = {
    "batches": "SELECT count(*) FROM result_batches",
    "results": "SELECT count(*) FROM results",
    "told": "SELECT count(DISTINCT object_id) FROM outbox_events WHERE kind = 'result_batch.taken_in'"
    " AND object_id IN (SELECT id FROM result_batches)",
    "told in all": "SELECT count(*) FROM outbox_events WHERE kind = 'result_batch.taken_in'",
    "valid": "SELECT count(*) FROM awards WHERE state = 'valid'",
    "credits": "SELECT coalesce(sum(posted), 0) FROM ledger_balances",
    "conversions": "SELECT count(*) FROM conversions",
    "withdrawn": "SELECT count(*) FROM conversions WHERE state = 'withdrawn'",
    "held": "SELECT coalesce(sum(held_out), 0) FROM ledger_balances",
}


@dataclass(frozen=True)
class Fault:
    """What is struck, where, and what defect the service has."""

    defect: str = "none"
    victims: tuple[str, ...] = VICTIMS
    points: tuple[str, ...] = tuple(POINTS)
    keeps_key: bool = True
    converts: bool = True


@dataclass
class Nursery:
    """The process that bears servers, and its voice."""

    process: Process

    @classmethod
    async def start(cls) -> Self:
        """Start it; importing everything takes it seconds, once for all trials."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.faults.forked", stdin=PIPE, stdout=PIPE, limit=1 << 20
            )
        )

    async def hear(self) -> str:
        """Read what it or a server says."""
        assert self.process.stdout is not None
        line = (await self.process.stdout.readline()).decode().strip()
        assert line, "the nursery is gone"
        return line

    def tell(self, line: str) -> None:
        """Tell it something."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())

    async def end(self) -> None:
        """Let it go."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        await self.process.wait()


@dataclass
class Wreck:
    """A cluster and servers that are crashed, the clients' books, and what they were promised."""

    place: Path
    service: Service
    fault: Fault
    nursery: Nursery
    client: httpx.AsyncClient
    ground: Ground
    before: dict[str, int] = field(default_factory=dict[str, int])
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    pushed: dict[int, int] = field(default_factory=lambda: dict.fromkeys(PUSHING, 0))
    acknowledged: list[str] = field(default_factory=list[str])
    converted: list[str] = field(default_factory=list[str])
    withdrawn: int = 0
    struck: Counter[str] = field(default_factory=Counter[str])
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: bool = False

    async def bear(self, strikes: int) -> None:
        """Have a server that strikes so often."""
        self.nursery.tell(str(strikes))
        self.tokens = dict(token.split("=", 1) for token in (await self.nursery.hear()).split())

    async def send(self, who: str, path: str, body: Any) -> Any:  # noqa: ANN401 - JSON
        """Ask under one key until it is acknowledged, whatever becomes of the server in the meantime."""
        key = uuid4().hex
        while True:
            await self.is_up.wait()
            headers = {"Authorization": f"Bearer {self.tokens[who]}", "Idempotency-Key": key}
            try:
                answer = await self.client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                # The client cannot know what became of it.
                answer = None
            if answer is not None and not (answer.status_code in {409, 503} and "retry-after" in answer.headers):
                assert answer.status_code == 201, answer.text
                return answer.json()
            await asyncio.sleep(_PATIENCE)
            key = key if self.fault.keeps_key else uuid4().hex

    async def push(self, index: int) -> None:
        """Push one candidate's result as passed and as failed in turn."""
        while not self.stopping:
            revision = self.pushed[index] + 1
            row = self.ground.rows[index] | {"revision": revision} | ({} if revision % 2 else make.FAILED)
            batch = {"exam_plan_id": str(self.ground.plan_id), "rows": [row]}
            answer = await self.send("machine", "/v1/partner/result-batches", batch)
            self.pushed[index] = revision
            self.acknowledged.append(answer["id"])

    async def convert(self) -> None:
        """Ask for one conversion after the other, each withdrawn before the next."""
        while not self.stopping:
            made = (await self.send("student", "/v1/conversions", {"wishes": [self.ground.wish]}))["conversion_ids"]
            self.converted += made
            body = {"conversion_ids": made, "reason": "改选"}
            await self.send("student", "/v1/conversions:withdraw", body)
            self.withdrawn += len(made)

    async def run(self, *, cycles: int) -> None:
        """Let everything be struck again and again while the clients work."""
        await self.bear(cycles)
        self.is_up.set()
        async with asyncio.timeout(60 + 10 * cycles), asyncio.TaskGroup() as clients:
            for index in PUSHING:
                clients.create_task(self.push(index))
            if self.fault.converts:
                clients.create_task(self.convert())
            while cycles:
                cycles = await self.heal(cycles)
                self.is_up.set()
            self.stopping = True

    async def heal(self, strikes: int) -> int:
        """Bring back what is struck next, and what is struck on its way up; tell how many strikes are left."""
        victim: str | None = await self._hear_of_a_strike()
        while victim:
            strikes -= 1
            if victim == "api":
                await self.bear(strikes)
            elif victim == "database":
                await asyncio.to_thread(embedded.start, self.place, settings=SWIFT)
            victim = await self._struck_again()
        return strikes

    async def _hear_of_a_strike(self) -> str:
        _, victim = (await self.nursery.hear()).split()
        self.struck[victim] += 1
        # What was under way is hit; asking a database that is not there again and again shows nothing.
        self.is_up.clear()
        return victim

    async def _struck_again(self) -> str | None:
        """Wait until the database answers; a request that the last strike left waiting may go on and strike first."""
        # After the loss of a backend the others go down too, and the database comes back by itself.
        while not await self._answers():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    return await self._hear_of_a_strike()
        return None

    async def _answers(self) -> bool:
        try:
            await self.count()
        except (DBAPIError, OSError):
            return False
        finally:
            await self.service.database.close()
        return True

    async def count(self) -> dict[str, int]:
        """Count what is there."""
        own = self.ground.institution_id
        async with self.service.database.transaction(read_only=True, institution_id=own) as session:
            return {name: int((await session.scalar(text(query))) or 0) for name, query in _LEFT.items()}

    async def reconcile(self, folder: Path) -> dict[str, int]:
        """Compare what is there with what was acknowledged; of a correct service everything is 0."""
        own, service = self.ground.institution_id, self.service
        left = {name: number - self.before[name] for name, number in (await self.count()).items()}
        async with service.database.transaction(read_only=True, institution_id=own) as session:
            kept = {str(key) for key in await session.scalars(text("SELECT id FROM result_batches"))}
            kept |= {str(key) for key in await session.scalars(text("SELECT id FROM conversions"))}
            drift = len(await invariants.breaches(session, own))
        store = CheckpointFiles(folder)
        while await oversight.seal_logs(service, store):
            pass
        reports = await oversight.verify_logs(service, store)
        passed = sum(pushed % 2 for pushed in self.pushed.values())
        return {
            "lost": len({*self.acknowledged, *self.converted} - kept),
            "doubled batches": left["batches"] - len(set(self.acknowledged)),
            "doubled results": left["results"] - sum(self.pushed.values()),
            "doubled conversions": left["conversions"] - len(set(self.converted)),
            "doubled withdrawals": left["withdrawn"] - self.withdrawn,
            "gaps in the feed": left["batches"] - left["told"] + abs(left["told in all"] - left["told"]),
            "drift of certificates": left["valid"] - passed,
            "drift of credits": left["credits"] - passed * CREDIT,
            "drift of holds": left["held"],
            "drift of the book": drift,
            "log": sum(len(report.findings) for report in reports),
        }


@asynccontextmanager
async def wreck(
    place: Path, urls: provision.Urls, nursery: Nursery, *, fault: Fault, seed: int
) -> AsyncGenerator[Wreck]:
    """Lay the ground, and leave neither a server nor a connection behind."""
    cluster = embedded.start(place, settings=SWIFT)
    orders = Orders(
        url=urls.service, data=cluster.data, defect=fault.defect, seed=seed, victims=fault.victims, points=fault.points
    )
    nursery.tell(orders.model_dump_json())
    ground = Ground.model_validate_json(await nursery.hear())
    service = make_service(Database(urls.service, SETTINGS), SETTINGS)
    base = f"http://127.0.0.1:{ground.port}"
    async with httpx.AsyncClient(base_url=base, timeout=60, trust_env=False) as client:
        made = Wreck(place, service, fault, nursery, client, ground)
        try:
            made.before = await made.count()
            # These connections die with the first crash; what is left is looked at over new ones.
            await service.database.close()
            yield made
        finally:
            nursery.tell("")
            await service.database.close()
