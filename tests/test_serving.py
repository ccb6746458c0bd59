"""Starting the service: what is not ready is told in one line that says what to do."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs

from tests.conftest import DATA_KEY, make_service
from tests.world import World
from x_pilot_api import serving
from x_pilot_api.app import create_app
from x_pilot_api.core import data_keys, embedded, grants, keys, migrations, provision, rotation
from x_pilot_api.core.db import Database, driver_url
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings

NOWHERE = "postgresql://somebody:secret@127.0.0.1:1/xpilot"


def one_line(refusal: pytest.ExceptionInfo[NotReady]) -> str:
    text = str(refusal.value)
    assert "\n" not in text
    assert "secret" not in text
    return text


def test_a_missing_server_is_told_without_its_password() -> None:
    settings = Settings(database_url=SecretStr(NOWHERE))
    with pytest.raises(NotReady) as refusal, serving.database(settings):
        pass
    assert "DATABASE_URL" in one_line(refusal)


def test_a_database_that_was_never_migrated_is_told_so(urls: provision.Urls) -> None:
    empty = urls.service.rsplit("/", 1)[0] + "/postgres"
    with pytest.raises(NotReady) as refusal:
        provision.check_schema(empty)
    assert "x-pilot db migrate" in one_line(refusal)


def test_a_server_that_is_too_old_is_told_its_version(urls: provision.Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision, "SERVER_VERSION_MIN", 99)
    with pytest.raises(NotReady) as refusal:
        provision.check_server(urls.service)
    assert "is too old: X-Pilot needs >= 99" in one_line(refusal)


def test_a_migration_that_fails_changes_nothing_and_says_why(cluster: embedded.Cluster) -> None:
    urls = provision.urls_of(cluster, database="in_the_way")

    async def put_in_the_way() -> None:
        await provision.create(cluster, "in_the_way")
        engine = create_async_engine(driver_url(urls.owner))
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE transfers (something int)"))
        await engine.dispose()

    asyncio.run(put_in_the_way())
    with pytest.raises(NotReady) as refusal:
        provision.migrate(urls.owner)
    assert "the migration failed and changed nothing" in one_line(refusal)
    with pytest.raises(NotReady):
        provision.check_schema(urls.service)


def test_a_migration_is_written_while_the_models_name_columns_that_are_not_there_yet(
    cluster: embedded.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ahead(_metadata: object) -> list[str]:
        return ["GRANT SELECT (not_there_yet) ON people TO xpilot_service"]

    monkeypatch.setattr(grants, "statements", ahead)
    with pytest.raises(NotReady, match="not_there_yet"):
        provision.prepare(cluster, database="xpilot_ahead")
    urls = provision.prepare(cluster, database="xpilot_ahead", grant=False)
    provision.check_server(urls.owner)
    migrations.check(urls.owner)


def test_a_busy_port_is_told_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(NotReady) as refusal:
            serving.take_socket(Settings(port=other.getsockname()[1]))
    assert "XPILOT_PORT" in one_line(refusal)


def test_a_database_of_ones_own_needs_keys_of_ones_own(tmp_path: Path, urls: provision.Urls) -> None:
    settings = Settings(database_url=SecretStr(urls.service), state_dir=tmp_path)
    with pytest.raises(NotReady) as refusal:
        serving.build_service(settings, urls.service)
    assert "XPILOT_SIGNING_KEY_FILE" in one_line(refusal)


def test_keys_made_on_first_use_are_private_and_stay(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path / "state")
    first = rotation.first_keys(settings, may_make=True), data_keys.first(settings, may_make=True)
    again = rotation.first_keys(settings, may_make=False), data_keys.first(settings, may_make=False)
    assert (first[0][0].kid, first[1]) == (again[0][0].kid, again[1])
    paths = [tmp_path / "state", *(tmp_path / "state").rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}
    assert modes == {(True, 0o700), (False, 0o600)}


def test_a_spoilt_key_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data-key").write_bytes(b"short")
    with pytest.raises(NotReady) as refusal:
        data_keys.first(Settings(state_dir=tmp_path), may_make=True)
    assert "data key" in one_line(refusal)


async def test_data_that_another_key_sealed_are_noticed_at_the_start(urls: provision.Urls, seeded: World) -> None:
    assert seeded.schools
    await asyncio.to_thread(provision.check_schema, urls.service, key_ids=Sealer(DATA_KEY).key_ids)
    with pytest.raises(NotReady) as refusal:
        await asyncio.to_thread(provision.check_schema, urls.service, key_ids=Sealer(bytes(32)).key_ids)
    assert "XPILOT_DATA_KEY_FILE" in one_line(refusal)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("XPILOT_PORT", "abc", "XPILOT_PORT Input should be a valid integer"),
        ("XPILOT_PROT", "8001", "XPILOT_PROT: no such setting"),
        ("XPILOT_TIMEZONE", "Mars/One", "XPILOT_TIMEZONE is no time zone"),
        ("XPILOT_DATABASE_URL", "mysql://x:secret@127.0.0.1/z", "the URL must begin with postgresql://"),
        ("XPILOT_DATABASE_URL", f"{NOWHERE}?sslmode=require", "unexpected keyword argument 'sslmode'"),
        ("XPILOT_HOST", "192.0.2.1", "cannot be taken"),
        ("XPILOT_DATA_KEY_FILE", "/", "there is no data key at /"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("x-pilot"), "serve"],
        env={"PATH": os.environ["PATH"], "XPILOT_PORT": "0", variable: value},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


async def test_a_defect_of_ours_is_answered_with_its_request_and_logged_without_its_message(
    app: FastAPI,
) -> None:
    async def broken() -> None:
        raise RuntimeError("110105194912310021 is personal")

    app.add_api_route("/broken", broken)
    transport = httpx.ASGITransport(app=app)
    with capture_logs() as logged:
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            answer = await client.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert answer.headers["x-request-id"] == answer.json()["request_id"] != "-"
    assert [line["event"] for line in logged] == ["unexpected_error", "request"]
    assert "personal" not in str(logged) + answer.text


async def test_a_body_that_declares_too_much_is_refused_as_a_problem(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=app)
    headers = {"Content-Length": str(3 * 1024 * 1024), "Content-Type": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        answer = await client.post("/v1/mappings", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert "2097152" in answer.json()["detail"]


async def test_a_body_that_declares_nothing_is_counted(app: FastAPI) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        answer = await client.post("/v1/mappings", content=chunks(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_the_command_line_tells_what_is_not_ready_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("x-pilot"), "serve"],
        env={"PATH": os.environ["PATH"], "XPILOT_DATABASE_URL": NOWHERE, "XPILOT_PORT": "0"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("x-pilot: no PostgreSQL answers at postgresql://127.0.0.1:1/xpilot")
    assert len(done.stderr.strip().splitlines()) == 1


async def test_readiness_turns_red_without_the_database_and_green_again(
    settings: Settings, urls: provision.Urls
) -> None:
    database = Database(NOWHERE, settings)
    app = create_app(make_service(database, settings))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        red = await client.get("/readyz")
        alive = await client.get("/healthz")
        database.engine = Database(urls.service, settings).engine
        database.sessions.configure(bind=database.engine)
        green = await client.get("/readyz")
    await database.close()
    assert (red.status_code, red.json()["code"]) == (503, "database_unavailable")
    assert red.headers["retry-after"]
    assert (alive.status_code, green.status_code) == (200, 200)


def test_a_server_told_to_stop_leaves_nothing_running(
    tmp_path: Path, new_database: Callable[[], provision.Urls]
) -> None:
    urls = new_database()
    settings = Settings(state_dir=tmp_path)
    rotation.first_keys(settings, may_make=True)
    data_keys.first(settings, may_make=True)
    keys.log_key(settings, may_make=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "XPILOT_DATABASE_URL": urls.service,
        "XPILOT_STATE_DIR": str(tmp_path),
        "XPILOT_PORT": str(port),
    }
    command = [Path(sys.executable).with_name("x-pilot"), "serve"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        try:
            for line in running.stderr:
                if "startup complete" in line:
                    break
            assert httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200
        finally:
            running.send_signal(signal.SIGTERM)
            running.communicate(timeout=20)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
