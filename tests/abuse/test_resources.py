"""A server of its own under abuse: refused by 4xx, never 5xx, at a bounded cost, and good traffic is still answered."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from tests.abuse import corpus
from tests.abuse.corpus import Abuse
from tests.conftest import make_token
from tests.exams import make
from tests.sizes import sized
from tests.world import build_world
from x_pilot_api import serving
from x_pilot_api.core import connections, data_keys, keys, provision, rotation
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings

TICK = os.sysconf("SC_CLK_TCK")
MEBIBYTE = 1024
HALF_OPEN = sized(60, 300)
ROUNDS = sized(1, 10)

FLOORS = {"starlette": (1, 6), "python-multipart": (0, 0, 31), "httptools": (0, 6, 3), "uvicorn": (0, 40)}
"""Versions below which one of these abuses is known to work."""


@dataclass
class Running:
    """A server in a process of its own."""

    pid: int
    port: int
    token: bytes
    plan_id: UUID

    def cpu_seconds(self) -> float:
        """Tell the processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def peak_mebibytes(self) -> float:
        """Tell the most memory it ever held."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / MEBIBYTE

    def is_well(self) -> bool:
        """Ask a good question."""
        answer = httpx.get(
            f"http://127.0.0.1:{self.port}/v1/me",
            headers={"Authorization": f"Bearer {self.token.decode()}"},
            timeout=30,
            trust_env=False,
        )
        return answer.status_code == 200

    def open(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def statuses(self, abuse: Abuse) -> list[int]:
        """Send what hurts, and read the status of each answer; [0] is being hung up on."""
        with self.open() as connection:
            try:
                for part in abuse.parts:
                    connection.sendall(part)
            except OSError:
                # Being refused in the middle is as good as at the end.
                pass
            return _read(connection, abuse.says)


def _read(connection: socket.socket, says: str = "") -> list[int]:
    answered = b""
    try:
        while part := connection.recv(65_536):
            answered += part
    except TimeoutError:
        raise AssertionError(f"{says}: nothing more after {answered[:200]!r}") from None
    except OSError:
        pass
    return [int(found) for found in re.findall(rb"HTTP/1\.[01] (\d{3})", answered)] or [0]


async def _seeded(settings: Settings, url: str) -> tuple[bytes, UUID]:
    service = serving.build_service(settings, url)
    database = Database(url, settings)
    async with database.transaction() as session:
        world = await build_world(session, service.sealer)
        plan = await make.plan(session, world)
    await database.close()
    await service.database.close()
    caller = world.callers["machine"]
    return make_token(service, caller.id, scope=caller.scope).encode(), plan.id


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], provision.Urls]) -> Iterator[Running]:
    import asyncio

    folder = tmp_path_factory.mktemp("state")
    urls = new_database()
    settings = Settings(state_dir=folder, database_url=SecretStr(urls.service))
    rotation.first_keys(settings, may_make=True)
    data_keys.first(settings, may_make=True)
    keys.log_key(settings, may_make=True)
    token, plan_id = asyncio.run(_seeded(settings, urls.service))
    environment = {
        "PATH": os.environ["PATH"],
        "XPILOT_DATABASE_URL": urls.service,
        "XPILOT_STATE_DIR": str(folder),
        "XPILOT_PORT": "0",
        "XPILOT_BODY_TIMEOUT_SECONDS": "3",
        "XPILOT_RATE_ADDRESS_PER_MINUTE": "0",
        "XPILOT_RATE_CALLER_PER_MINUTE": "0",
        "XPILOT_RATE_SIGN_IN_PER_MINUTE": "0",
    }
    log = folder / "log"
    with log.open("wb") as stderr:
        command = [Path(sys.executable).with_name("x-pilot"), "serve"]
        running = subprocess.Popen(command, env=environment, stderr=stderr)
    try:
        yield Running(running.pid, _port(log), token, plan_id)
        text = log.read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in text
        assert "unexpected_error" not in text
        assert "Exception in ASGI" not in text
    finally:
        running.terminate()
        running.wait(timeout=30)


def _port(log: Path) -> int:
    while True:
        text = log.read_text(encoding="utf-8")
        found = re.search(r'"url": "http://127\.0\.0\.1:(\d+)"', text)
        if found and "startup complete" in text:
            return int(found[1])
        time.sleep(0.05)


def _wrong(server: Running, abuses: Iterator[Abuse]) -> list[str]:
    found: list[str] = []
    for abuse in abuses:
        statuses = server.statuses(abuse)
        if not abuse.statuses.issuperset(statuses):
            found.append(f"{abuse.says}: {sorted(set(statuses))}")
        if not server.is_well():
            found.append(f"{abuse.says}: good traffic is not answered after it")
    return found


def test_abuse_is_refused_at_a_bounded_cost_while_slow_clients_hang_on(server: Running) -> None:
    assert server.is_well()
    corpora = [
        *corpus.bodies(server.token, str(server.plan_id)),
        *corpus.rows(server.token, str(server.plan_id)),
        *corpus.queries(server.token),
        *corpus.ambiguities(),
    ]
    cpu, peak = server.cpu_seconds(), server.peak_mebibytes()
    with ExitStack() as slow:
        half_heads = [slow.enter_context(server.open()) for _ in range(HALF_OPEN)]
        for connection in half_heads:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")
        half_bodies = [slow.enter_context(server.open()) for _ in range(HALF_OPEN)]
        for connection in half_bodies:
            head = b"POST /v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            connection.sendall(head + b"Content-Length: 100\r\n\r\ngrant")
        wrong = [found for _ in range(ROUNDS) for found in _wrong(server, iter(corpora))]
        assert not wrong, "\n".join(wrong)
        assert {tuple(_read(connection)) for connection in half_heads} == {(408,)}
        assert {tuple(_read(connection)) for connection in half_bodies} == {(408,)}
    assert server.is_well()
    requests = ROUNDS * len(corpora) * 2 + 2 * HALF_OPEN
    # Generous bounds: a regular expression that backtracks or a body kept whole breaks them by far.
    assert (server.cpu_seconds() - cpu) / requests < 0.25
    assert server.peak_mebibytes() - peak < 150


def test_what_costs_too_much_would_be_seen(server: Running) -> None:
    """Show that the measure measures: a batch of 10,000 rows is work, and its cost stands in both figures."""
    cpu = server.cpu_seconds()
    (largest,) = [abuse for abuse in corpus.bodies(server.token, str(server.plan_id)) if abuse.says == "10,001 rows"]
    server.statuses(largest)
    assert server.cpu_seconds() > cpu
    assert server.peak_mebibytes() > 30


def test_a_head_may_be_long_but_not_too_long(server: Running) -> None:
    def status(size: int) -> list[int]:
        head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-A: " + b"a" * size + b"\r\n\r\n"
        return server.statuses(Abuse("", (head,)))

    assert status(connections.HEAD_BYTES_MAX // 2) == [200]
    assert status(connections.HEAD_BYTES_MAX) == [431]


def test_the_libraries_are_past_what_is_known_to_break() -> None:
    for name, floor in FLOORS.items():
        found = tuple(int(part) for part in re.findall(r"\d+", version(name))[: len(floor)])
        assert found >= floor, (name, found)
