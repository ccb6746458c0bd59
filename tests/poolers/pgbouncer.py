"""A real PgBouncer, with the file that is delivered, in front of the tests' own PostgreSQL."""

import configparser
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

BINARY = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
DELIVERED = Path(__file__).parents[2] / "deploy" / "pgbouncer.ini"
SERVERS = 2


def version() -> tuple[int, int]:
    """Tell which one is installed."""
    assert BINARY is not None
    said = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"PgBouncer (\d+)\.(\d+)", said)
    assert found is not None
    return int(found[1]), int(found[2])


def _write(folder: Path, url: str, port: int) -> Path:
    """Write the delivered file for another server and with few connections."""
    parts = urlsplit(url)
    config = configparser.ConfigParser(interpolation=None)
    config.read_string(DELIVERED.read_text(encoding="utf-8"))
    config["databases"] = {parts.path.removeprefix("/"): f"host={parts.hostname} port={parts.port}"}
    config["pgbouncer"].update(
        {
            "listen_addr": "127.0.0.1",
            "listen_port": str(port),
            "auth_file": str(folder / "userlist.txt"),
            "default_pool_size": str(SERVERS),
            "unix_socket_dir": "",
        }
    )
    (folder / "userlist.txt").write_text(f'"{parts.username}" "{parts.password}"\n', encoding="utf-8")
    with (folder / "pgbouncer.ini").open("w", encoding="utf-8") as file:
        config.write(file)
    return folder / "pgbouncer.ini"


@contextmanager
def running(url: str) -> Generator[str]:
    """Have PgBouncer run, and give the URL that leads through it."""
    assert BINARY is not None
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    # Not pytest's folder, which nobody else may enter: PgBouncer refuses to run as root.
    with tempfile.TemporaryDirectory(prefix="x-pilot-pgbouncer-") as folder:
        file = _write(Path(folder), url, port)
        account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        if account is not None:
            for path in (Path(folder), file, file.with_name("userlist.txt")):
                os.chown(path, account.pw_uid, account.pw_gid)
        with subprocess.Popen(
            [BINARY, "--quiet", str(file)],
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        ) as process:
            try:
                _await(port, process)
                parts = urlsplit(url)
                yield urlunsplit(parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}"))
            finally:
                process.terminate()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until it accepts connections; one that has ended never will."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError(f"PgBouncer ended with {process.returncode}")
