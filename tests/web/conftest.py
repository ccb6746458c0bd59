"""The product as it runs: `x-pilot demo` with its own PostgreSQL, its worker and the built pages."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from x_pilot_api.core import embedded, webui

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
MUST_RUN = os.environ.get("XPILOT_TESTS_NEED_BROWSER") == "1"


def not_here(why: str) -> None:
    """Skip on a person's machine with a notice, fail where the stories must run."""
    if MUST_RUN:
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def built() -> webui.Files:
    files = webui.read()
    if not files:
        not_here("the web application is not built: run `make web`")
    return files


@dataclass(frozen=True)
class Product:
    """A running demonstration and how to sign in to it."""

    base: str
    password: str
    state: Path

    def said(self) -> str:
        """Give the end of what it wrote, for whoever mends a story that failed."""
        return (self.state.parent / "product.log").read_text()[-6000:]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        not_here("no Chromium: the browser stories were skipped (on Debian: apt-get install chromium fonts-noto-cjk)")
    assert found is not None
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def product(built: webui.Files, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    assert built
    assert chromium
    folder = tmp_path_factory.mktemp("product")
    folder.chmod(0o700)
    port = _free_port()
    limits = dict.fromkeys(("ADDRESS", "CALLER", "SIGN_IN", "VERIFICATION"), "0")
    rates = {f"XPILOT_RATE_{name}_PER_MINUTE": limit for name, limit in limits.items()}
    running = subprocess.Popen(
        [Path(sys.executable).with_name("x-pilot"), "demo"],
        env={"PATH": os.environ["PATH"], "XPILOT_PORT": str(port), "COLUMNS": "100", **rates},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    keeper = None
    try:
        keeper = _wait_until_up(running, folder / "product.log")
        state = folder / ".x-pilot"
        yield Product(f"http://127.0.0.1:{port}", (state / "demo-password").read_text(), state)
    finally:
        _stop(running)
        if keeper is not None:
            keeper.join()
        shutil.rmtree(embedded.place_of(folder), ignore_errors=True)


def _stop(running: "subprocess.Popen[str]") -> None:
    """Stop it as Ctrl-C does, and at once if it does not hear: its data are thrown away anyway."""
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGINT)
    try:
        running.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _wait_until_up(running: "subprocess.Popen[str]", log: Path) -> threading.Thread:
    """Read what it says until it serves, and keep the rest: a full pipe would stop it in the middle of an answer."""
    assert running.stdout is not None
    lines: list[str] = []
    for line in running.stdout:
        lines.append(line)
        if "Serving until Ctrl-C" in line:
            keeper = threading.Thread(target=_keep, args=(running.stdout, log))
            keeper.start()
            return keeper
    raise AssertionError("".join(lines))


def _keep(said: IO[str], log: Path) -> None:
    with said, log.open("w", buffering=1) as file:
        shutil.copyfileobj(said, file)
