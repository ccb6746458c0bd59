"""The demonstration as a new user runs it: once, and once more."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from x_pilot_api.core import embedded
from x_pilot_api.demo.dataset import REGISTERED_FOR_MAIN_PLAN

FEE_FEN = 26_000


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    tmp_path.chmod(0o700)
    yield tmp_path
    shutil.rmtree(embedded.place_of(tmp_path), ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Demo:
    """One run of `x-pilot demo`, from its start to Ctrl-C."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.running = subprocess.Popen(
            [Path(sys.executable).with_name("x-pilot"), "demo"],
            env={"PATH": os.environ["PATH"], "XPILOT_PORT": str(self.port), "COLUMNS": "100"},
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.printed = self._read_until("Serving until Ctrl-C")

    def _read_until(self, sign: str) -> str:
        assert self.running.stdout is not None
        lines: list[str] = []
        for line in self.running.stdout:
            lines.append(line)
            if sign in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def number(self, label: str) -> str:
        found = re.search(rf"^\s*{label}\s+([\d.,]+)\s*$", self.printed, re.MULTILINE)
        assert found is not None, self.printed
        return found[1]

    def get(self, path: str, token: str | None = None) -> Any:  # noqa: ANN401 - decoded JSON
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_in(self, folder: Path, username: str) -> str:
        password = (folder / ".x-pilot" / "demo-password").read_text()
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/v1/auth/token",
            data={"grant_type": "password", "username": username, "password": password},
            trust_env=False,
        )
        token: str = answer.json()["access_token"]
        return token

    def stop(self) -> None:
        os.killpg(self.running.pid, signal.SIGINT)
        self.running.communicate(timeout=30)
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", self.port)) != 0


@pytest.fixture
def start(folder: Path) -> Iterator[Any]:
    started: list[Demo] = []

    def run() -> Demo:
        started.append(Demo(folder))
        return started[-1]

    yield run
    for demo in started:
        if demo.running.poll() is None:
            demo.stop()


def look_at_screens(demo: Demo, folder: Path) -> None:
    """See that what the screens are to show is there: a sitting to examine, an offset asked for, joint grades."""
    (sitting,) = demo.get("/v1/exam-sittings?is_mine=true&is_coming=true", demo.sign_in(folder, "demo.teacher"))[
        "items"
    ]
    assert (sitting["state"], sitting["taken"]) == ("arranged", 18)
    student = demo.sign_in(folder, "demo.student.second")
    held_there = [it for it in demo.get("/v1/me/registrations", student)["items"] if it["sitting"]]
    assert [it["certificate_name"] for it in held_there] == [sitting["certificate_name"]]
    (offset,) = demo.get("/v1/me/conversions", student)["items"]
    assert (offset["state"], len(offset["offsets"])) == ("requested", 1)
    office = demo.sign_in(folder, "demo.registrar")
    assert demo.get("/v1/joint-grades?page_size=5", office)["items"]
    assert demo.get("/v1/me", demo.sign_in(folder, "demo.security"))["roles"]


def test_the_demonstration_runs_from_nothing_and_a_second_run_repeats_nothing(folder: Path, start: Any) -> None:  # noqa: ANN401
    first = start()
    assert first.number("accepted") == "967"
    assert first.number("quarantined") == "7"
    assert first.number("rejected") == "26"
    assert first.number("certificates issued") == "749"
    assert first.number("credits posted") == "3713.50"
    code = re.search(r"/v1/verify/(\S+)", first.printed)
    assert code is not None
    assert first.get(f"/v1/verify/{code[1]}")["state"] == "valid"
    office = first.sign_in(folder, "demo.registrar")
    before = first.get("/v1/ledger/summary", office)
    units = {unit["unit"]: unit for unit in before["units"]}
    assert {name: unit["sum"] for name, unit in units.items()} == {"credit": 0, "cny": 0, "workload": 0}
    assert units["credit"]["moved"] == 371350
    (settlement,) = first.get("/v1/settlements", office)["items"]
    assert (settlement["state"], settlement["candidates"]) == ("agreed", REGISTERED_FOR_MAIN_PLAN)
    assert settlement["due_fen"] == REGISTERED_FOR_MAIN_PLAN * FEE_FEN
    assert first.number("charged, 演示数值, yuan") == f"{settlement['due_fen'] / 100:,.2f}"
    spending = first.get("/v1/fee-reports/spending?year=2026", office)
    assert spending["due_fen"] == settlement["due_fen"]
    fees = first.get("/v1/fee-reports/fee-against-cost?year=2026", office)["rows"]
    assert len(fees) == 5
    assert all("演示数值" in row["fee_basis"] and row["over_highest_fen"] is not None for row in fees)
    student = first.sign_in(folder, "demo.student.first")
    me = first.get("/v1/me", student)
    account = first.get(f"/v1/students/{me['student_id']}/credit-account", student)
    assert account["outcomes"][0]["reason"] == "deposited"
    look_at_screens(first, folder)
    first.stop()

    second = start()
    assert "nothing was repeated" in second.printed
    assert second.number("certificates issued") == "749"
    assert second.get("/v1/ledger/summary", second.sign_in(folder, "demo.registrar")) == before
    assert second.get("/v1/settlements", second.sign_in(folder, "demo.registrar"))["items"] == [settlement]
    second.stop()
