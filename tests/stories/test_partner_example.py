"""The example for evaluation organisations does what it says, run as they would run it, against a served service."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from tests.exams import make, sheets
from tests.identity import keys as client_keys
from tests.identity.keys import Holder
from tests.tidy.sources import ROOT
from tests.world import build_world
from x_pilot_api import batch_command, serving
from x_pilot_api.core import clock, data_keys, keys, provision, rotation
from x_pilot_api.core.settings import Settings

EXAMPLE = ROOT / "docs" / "examples" / "push_results.py"
CLIENT = "live_client_1"


@dataclass
class Served:
    """A running service, and what an organisation needs to call it."""

    settings: Settings
    urls: provision.Urls
    results: Path
    environment: dict[str, str]


async def _seed(settings: Settings, url: str, folder: Path) -> Path:
    service = serving.build_service(settings, url)
    holder, results = Holder(CLIENT), folder / "results.json"
    try:
        async with service.database.transaction() as session:
            world = await build_world(session, service.sealer)
            await client_keys.register(session, world.organisations[0].machine_client_id, holder)
            plan = await make.plan(session, world)
        rows = [make.row(world, plan, index) for index in range(2)]
        stranger = {**rows[0], "org_result_id": "R-STRANGER", "admission_number": "nobody"}
        results.write_text(json.dumps([*rows, stranger]), encoding="utf-8")
    finally:
        await service.database.close()
    (folder / "client-key.pem").write_bytes(holder.key.to_pem())
    return results


@pytest.fixture
def served(tmp_path: Path, new_database: Callable[[], provision.Urls]) -> Iterator[Served]:
    urls = new_database()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{probe.getsockname()[1]}"
    settings = Settings(state_dir=tmp_path / "state", database_url=SecretStr(urls.service), issuer=issuer)
    keys.private_folder(settings.state_dir)
    rotation.first_keys(settings, may_make=True)
    data_keys.first(settings, may_make=True)
    keys.log_key(settings, may_make=True)
    results = asyncio.run(_seed(settings, urls.service, tmp_path))
    environment = {
        "PATH": os.environ["PATH"],
        "XPILOT_DATABASE_URL": urls.service,
        "XPILOT_STATE_DIR": str(settings.state_dir),
        "XPILOT_ISSUER": issuer,
        "XPILOT_PORT": issuer.rpartition(":")[2],
    }
    asked = {"XP_URL": issuer, "XP_CLIENT_ID": CLIENT, "XP_KEY_FILE": str(tmp_path / "client-key.pem")}
    with (tmp_path / "served.log").open("wb") as stderr:
        running = subprocess.Popen([Path(sys.executable).with_name("x-pilot"), "serve"], env=environment, stderr=stderr)
    try:
        while running.poll() is None and not _is_ready(issuer):
            time.sleep(0.05)
        assert running.returncode is None
        yield Served(settings, urls, results, {"PATH": os.environ["PATH"], **asked})
    finally:
        running.terminate()
        running.wait(timeout=30)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def test_the_example_pushes_signed_results_that_hold(served: Served) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLE, served.results], env=served.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].endswith(": 10 candidates")
    assert said[1] == "1 results of nobody in the plan are left out"
    assert said[2].endswith(": 2 accepted, 0 rejected")
    assert said[3:5] == ["  row 1: accepted", "  row 2: accepted"]
    assert "event result_batch.taken_in" in said
    table = served.results.with_suffix(".csv")
    table.write_bytes(sheets.csv(json.loads(served.results.read_text(encoding="utf-8"))))
    done = subprocess.run(
        [sys.executable, EXAMPLE, table], env=served.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if line.startswith("  row")]
    assert rows == ["  row 2: unchanged", "  row 3: unchanged", "  row 4: rejected unknown_candidate"]
    sealer = data_keys.read(served.settings).at(clock.now())
    report = asyncio.run(batch_command.verify(served.settings, served.urls.owner, sealer))
    assert (report.signed, report.unsigned, report.findings) == (2, 0, [])
