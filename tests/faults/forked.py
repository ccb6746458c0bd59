"""A process that bears servers: told so by a line, it forks one that serves until it is killed, mostly by itself.

Run as `python -m tests.faults.forked`. A line of orders begins a trial, whose ground is told; each further line bears a
server, for which tokens are told; a server tells of each thing it strikes; an empty line ends the trial. The
socket is held beside the servers, so that a request made while none lives waits for the next one, and a server is
forked from what is warm, so that its first request costs no more than any other.
"""

import asyncio
import gc
import os
import random
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.orm import Session

from tests.conftest import make_service, make_token
from tests.credits.converting import Clerk
from tests.exams import make
from tests.exams.desk import Desk
from tests.world import World, build_world
from x_pilot_api import serving
from x_pilot_api.app import create_app
from x_pilot_api.core import idempotency
from x_pilot_api.core.db import Database
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.outbox import commands as outbox

SETTINGS = Settings(
    issuer="https://x-pilot.test",
    lock_timeout_ms=20_000,
    pool_size=8,
    rate_address_per_minute=0,
    rate_caller_per_minute=0,
)
PUSHING, CONVERTING = range(1, 4), 0
"""Which of the school's ten students the clients push, and which one converts credits."""
CREDIT = 300
VICTIMS = ("api", "database", "backend")
POINTS = {"statement": 200, "commit": 6, "committed": 6}
"""Where a server strikes, and how many of it may pass before."""


class Orders(BaseModel):
    """What one trial is about: which database, which defect, and what is struck at which points."""

    url: str
    data: Path
    defect: str
    seed: int
    victims: tuple[str, ...]
    points: tuple[str, ...]


class Ground(BaseModel):
    """What a trial's clients work with."""

    port: int
    institution_id: UUID
    plan_id: UUID
    rows: dict[int, dict[str, Any]]
    wish: dict[str, Any]


@dataclass
class Doom:
    """Strikes at chosen points of the work of one server: before a statement, before a commit, or right after one."""

    orders: Orders
    chance: random.Random
    left: int
    backend: int = 0
    point: str = ""
    passes: int = 0
    is_committing: bool = field(default=False)

    def watch(self, database: Database) -> None:
        """See every statement and every commit of this process."""
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commit)
        event.listen(Session, "after_commit", self._committed)
        self._choose()

    def _choose(self) -> None:
        self.point = self.chance.choice(self.orders.points)
        self.passes = self.chance.randrange(POINTS[self.point])

    def _statement(self, connection: Connection, *_: object) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        self.backend = driver.get_server_pid()
        self._pass("statement")

    def _commit(self, _connection: Connection) -> None:
        self.is_committing = True
        self._pass("commit")

    def _committed(self, _session: Session) -> None:
        # A savepoint that is released comes by here too.
        if self.is_committing:
            self.is_committing = False
            self._pass("committed")

    def _pass(self, point: str) -> None:
        if not self.left or point != self.point:
            return
        if self.passes:
            self.passes -= 1
            return
        self.left -= 1
        self._strike(self.chance.choice(self.orders.victims))
        self._choose()

    def _strike(self, victim: str) -> None:
        say(f"struck {victim}")
        if victim == "api":
            os.kill(os.getpid(), signal.SIGKILL)
        elif victim == "backend":
            os.kill(self.backend, signal.SIGKILL)
        else:
            os.kill(int((self.orders.data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)


_VOICE = os.dup(1)


def say(line: str) -> None:
    """Tell the test something: where logs go is another place."""
    os.write(_VOICE, f"{line}\n".encode())


def store_keys_apart(service: Service) -> None:
    """Keep the key and its answer in a transaction of their own, before the effect's: the defect that loses effects."""

    async def store(once: Any, shape: Any, deed: Any, institution_id: UUID, *_: object) -> Any:  # noqa: ANN401
        answer = await deed
        asked = once.request.url.query.encode() + b"\n" + await once.request.body()
        columns = {
            "institution_id": institution_id,
            "caller_id": once.caller_id,
            "method": once.request.method,
            "path": once.request.url.path,
            "key": once.key,
            "body_hash": idempotency.hashlib.sha256(asked).digest(),
            "status": 201,
            "answer": shape.model_validate(answer).model_dump(mode="json"),
        }
        async with service.database.transaction(institution_id=institution_id) as session:
            await session.execute(insert(idempotency.IdempotencyKey).values(**columns))
        return answer

    async def look(once: Any, institution_id: UUID) -> Any:  # noqa: ANN401
        table = idempotency.IdempotencyKey
        mine = (table.institution_id == institution_id, table.key == once.key)
        return (await once.session.scalars(select(table).where(*mine))).one_or_none()

    for name, defective in {"_do": store, "_claim": look}.items():
        setattr(idempotency.Once, name, defective)


def announce_afterwards(service: Service) -> None:
    """Tell of a deed once it is committed: the defect that leaves gaps in the feed."""
    real, late = outbox.announce_each, set[asyncio.Task[None]]()

    async def later(session: Any, actor: Any, *, told: Sequence[Any], **what: Any) -> list[UUID]:  # noqa: ANN401
        async def tell() -> None:
            async with service.database.transaction(institution_id=what["institution_id"]) as other:
                await real(other, actor, told=told, **what)

        def begin(_session: Session) -> None:
            task = asyncio.get_running_loop().create_task(tell())
            late.add(task)
            task.add_done_callback(late.discard)

        event.listen(session.sync_session, "after_commit", begin, once=True)
        return [UUID(int=0)] * len(told)

    outbox.announce_each = later


DEFECTS: Mapping[str, Callable[[Service], None]] = {
    "none": lambda _: None,
    "key apart": store_keys_apart,
    "told afterwards": announce_afterwards,
}


def _tokens(service: Service, world: World) -> str:
    callers = {who: world.callers[who] for who in ("machine", "student")}
    return " ".join(f"{who}={make_token(service, it.id, scope=it.scope)}" for who, it in callers.items())


async def _lay(app: FastAPI, service: Service, port: int) -> tuple[World, Ground]:
    """Lay the ground through the application, which warms it up for all that the clients will ask."""
    async with service.database.transaction() as session:
        world = await build_world(session, service.sealer)

    def sign_in(who: str) -> dict[str, str]:
        caller = world.callers[who]
        return {"Authorization": f"Bearer {make_token(service, caller.id, scope=caller.scope)}"}

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        desk = Desk(client, sign_in, world, service)
        clerk = Clerk(desk)
        await desk.rule(credit=CREDIT)
        await desk.open_accounts()
        plan = await desk.plan()
        for revision, change in ((1, {}), (2, make.FAILED), (3, {})):
            await desk.push(plan, desk.row(plan, CONVERTING, revision=revision, **change))
        wish = await clerk.wish(CONVERTING)
        made = await clerk.request(wish, who="student")
        answer = await clerk.post("student", "conversions:withdraw", conversion_ids=made, reason="改选")
        assert answer.status_code == 201, answer.text
    await service.database.close()
    rows = {index: desk.row(plan, index) for index in PUSHING}
    ground = Ground(port=port, institution_id=plan.institution_id, plan_id=plan.id, rows=rows, wish=wish)
    return world, ground


def _bear(app: FastAPI, orders: Orders, service: Service, taken: socket.socket, *, serial: int, strikes: int) -> int:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        chance = random.Random(f"{orders.seed} {serial}")  # noqa: S311 - to be repeated by its seed
        Doom(orders, chance, strikes).watch(service.database)
        serving.server(app, quiet=True).run(sockets=[taken])
        os._exit(0)
    return child


def _foster(app: FastAPI, orders: Orders) -> None:
    """Lay the ground of one trial, and bear a server for each line that says how often it may strike."""
    service = make_service(Database(orders.url, SETTINGS), SETTINGS)
    app.state.service = service
    taken = socket.create_server(("127.0.0.1", 0), backlog=256)
    world, ground = asyncio.run(_lay(app, service, taken.getsockname()[1]))
    DEFECTS[orders.defect](service)
    gc.collect()
    gc.freeze()
    say(ground.model_dump_json())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    child = 0
    for serial, line in enumerate(iter(sys.stdin.readline, "")):
        if not line.strip():
            break
        child = _bear(app, orders, service, taken, serial=serial, strikes=int(line))
        say(_tokens(service, world))
    if child:
        os.kill(child, signal.SIGKILL)


def main() -> None:
    """Have a foster parent for each trial, one after the other; an empty line ends a trial."""
    os.dup2(2, 1)
    app = create_app(make_service(Database("postgresql://nowhere", SETTINGS), SETTINGS))
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            _foster(app, Orders.model_validate_json(line))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
