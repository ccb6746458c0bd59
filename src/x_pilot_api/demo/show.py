"""`make demo`: start everything, load the made-up institution, push 1,000 results over HTTP, and keep serving."""

import asyncio
import contextlib
import json
import secrets
import socket
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import uvicorn
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from x_pilot_api import serving, worker
from x_pilot_api.app import create_app
from x_pilot_api.core import clock, keys, signals
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.demo import loader, reporting, settling, supervising, welcome
from x_pilot_api.demo.dataset import build_dataset
from x_pilot_api.demo.patience import Patient
from x_pilot_api.demo.results_file import build_results

_CLIENT = "test_zhonglian"
_ORGANISATION = "demo.organisation"
_COLLEGE = "demo.coordinator.accounting"
_OTHER_COLLEGE = "demo.coordinator.trade"
_PUSH_KEY = "demo-results-2026-06-20"
_TIMEOUT = httpx.Timeout(60)


@dataclass(frozen=True)
class Files:
    """What the demonstration keeps between two runs: its made-up secrets, and the organisation's results file."""

    folder: Path

    @property
    def password(self) -> Path:
        """The one password of all made-up people."""
        return self.folder / "demo-password"

    @property
    def secret(self) -> Path:
        """The secret of the organisation's machine client."""
        return self.folder / "demo-client-secret"

    @property
    def results(self) -> Path:
        """The rows the organisation pushes."""
        return self.folder / "demo-results.json"


def run(settings: Settings) -> None:
    """Show the main job from beginning to end, then serve until Ctrl-C."""
    console = Console(highlight=False)
    files = Files(keys.private_folder(settings.state_dir))
    with contextlib.closing(serving.take_socket(settings)) as taken, contextlib.ExitStack() as stack:
        with _progress(console) as progress:
            task = progress.add_task("starting PostgreSQL and bringing the schema up", total=None)
            urls = stack.enter_context(serving.database(settings, name="demo"))
            service = serving.ready_service(settings, urls)
            progress.update(task, description="PostgreSQL is up, the schema is current", total=1, completed=1)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_show(console, settings, service, taken, files, url=urls.service))
    console.print("stopped; the data stays for the next run")


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
    )


async def _show(
    console: Console, settings: Settings, service: Service, taken: socket.socket, files: Files, *, url: str
) -> None:
    stop = asyncio.Event()
    with signals.handled(stop.set):
        if await signals.unless(stop, _load_shown(console, service, files)):
            await _serve_until(stop, console, settings, service, taken, files, url=url)
    await service.database.close()


async def _load_shown(console: Console, service: Service, files: Files) -> None:
    with _progress(console) as progress:
        task = progress.add_task("loading 江苏财经职业技术学院: 78 certificates, 2,000 made-up students", total=None)
        loaded = await _load(service, files)
        done = "loaded the demonstration institution" if loaded else "the demonstration institution is there already"
        progress.update(task, description=done, total=1, completed=1)


async def _serve_until(
    stop: asyncio.Event,
    console: Console,
    settings: Settings,
    service: Service,
    taken: socket.socket,
    files: Files,
    *,
    url: str,
) -> None:
    """Serve, work and push until told to stop."""
    pages = welcome.with_users(serving.pages(), files.password.read_text(), settings)
    running = serving.server(create_app(service, web=pages), quiet=True)
    background = asyncio.create_task(worker.run(service, url=url, stop=stop))
    serve = asyncio.create_task(running.serve(sockets=[taken]))
    telling = asyncio.create_task(_tell(stop, running))
    try:
        await _push_when_up(console, settings, running, serve, files)
        await serve
    finally:
        stop.set()
        running.should_exit = True
        await asyncio.gather(serve, background, telling, return_exceptions=True)


async def _tell(stop: asyncio.Event, running: uvicorn.Server) -> None:
    """Tell the server to stop too, in case it was not listening yet when the signal came."""
    await stop.wait()
    running.should_exit = True


async def _load(service: Service, files: Files) -> bool:
    """Load the institution and write the organisation's results file, once; tell whether it was needed."""
    facts = build_dataset()
    async with service.database.transaction() as session:
        if await loader.is_loaded(session, facts):
            return False
        if await loader.is_used(session):
            raise NotReady("the database holds another institution's data: let the demonstration have one of its own")
        for file in (files.password, files.secret, files.results):
            file.unlink(missing_ok=True)
        password, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(24)
        today = clock.now().astimezone(ZoneInfo(loader.TIMEZONE)).date()
        numbers = await loader.load(
            session, facts, sealer=service.sealer, password=password, secret=secret, today=today
        )
        keys.keep(files.password, password.encode())
        keys.keep(files.secret, secret.encode())
        rows = [dict(row) for row in build_results(facts, numbers).rows]
        keys.keep(files.results, json.dumps(rows, ensure_ascii=False).encode())
    return True


async def _push_when_up(
    console: Console, settings: Settings, running: uvicorn.Server, serve: asyncio.Task[None], files: Files
) -> None:
    while not running.started and not serve.done():  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.02)
    if serve.done():
        return
    base = f"http://{settings.host}:{settings.port}"
    async with httpx.AsyncClient(base_url=base, timeout=_TIMEOUT, trust_env=False, transport=Patient()) as client:
        await _push(console, client, files, base)


async def _push(console: Console, client: httpx.AsyncClient, files: Files, base: str) -> None:
    """Act as the organisation's system: sign in, find the plan, count the candidates, push the file, read it back."""
    rows = json.loads(files.results.read_text())
    with _progress(console) as progress:
        task = progress.add_task(f"pushing {len(rows):,} results over HTTP as {_CLIENT}", total=None)
        answer = await client.post(
            "/v1/auth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": _CLIENT,
                "client_secret": files.secret.read_text(),
            },
        )
        headers = {"Authorization": f"Bearer {_read(answer)['access_token']}"}
        plans = _read(await client.get("/v1/partner/exam-plans?page_size=100", headers=headers))["items"]
        plan = next(it for it in plans if rows[0]["admission_number"].startswith(it["code"]) or it["state"] == "held")
        began = time.perf_counter()
        pushed = await client.post(
            "/v1/partner/result-batches",
            json={"exam_plan_id": plan["id"], "rows": rows},
            headers=headers | {"Idempotency-Key": _PUSH_KEY},
        )
        seconds = time.perf_counter() - began
        batch = _read(pushed)
        progress.update(task, description=f"pushed {len(rows):,} results", total=1, completed=1)
    is_again = pushed.headers.get("idempotency-hit") == "true"
    office = await _person(client, files, "demo.registrar")
    code = await _a_code(client, office)
    settlement = await _settled(console, client, files, plan["id"], office)
    college = await _person(client, files, _COLLEGE)
    await reporting.report(client, office=office, college=college)
    other = await _person(client, files, _OTHER_COLLEGE)
    await supervising.supervise(client, office=office, accounting=college, trade=other)
    _print(console, batch | settlement, seconds=seconds, is_again=is_again, links=_links(base, code), files=files)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        sys.exit(f"x-pilot: the demonstration was refused: {answer.status_code} {answer.text}")
    found: dict[str, Any] = answer.json()
    return found


async def _person(client: httpx.AsyncClient, files: Files, username: str) -> dict[str, str]:
    """Sign one of the made-up people in."""
    signed = {"grant_type": "password", "username": username, "password": files.password.read_text()}
    answer = await client.post("/v1/auth/token", data=signed)
    return {"Authorization": f"Bearer {_read(answer)['access_token']}"}


async def _a_code(client: httpx.AsyncClient, office: dict[str, str]) -> str:
    """Find one certificate's code as the registrar would."""
    awards = _read(await client.get("/v1/awards?page_size=1", headers=office))["items"]
    return str(awards[0]["verification_code"])


async def _settled(
    console: Console, client: httpx.AsyncClient, files: Files, plan_id: str, office: dict[str, str]
) -> dict[str, Any]:
    """Let the office and the organisation agree to what the exam comes to; give its lines of the table."""
    with _progress(console) as progress:
        task = progress.add_task("settling the exam between institution and organisation", total=None)
        organisation = await _person(client, files, _ORGANISATION)
        settlement = await settling.settle(client, plan_id, office=office, organisation=organisation)
        progress.update(task, description="both sides agreed to the settlement", total=1, completed=1)
    return {"settlement": settlement}


def _links(base: str, code: str) -> list[tuple[str, str]]:
    return [
        ("the web application", f"{base}/"),
        ("try the API in the browser", f"{base}/docs"),
        ("verify one of the certificates", f"{base}/v1/verify/{code}"),
        ("the API's description", f"{base}/openapi.json"),
    ]


def _print(
    console: Console,
    batch: dict[str, Any],
    *,
    seconds: float,
    is_again: bool,
    links: list[tuple[str, str]],
    files: Files,
) -> None:
    downstream = batch["downstream"]
    table = Table(show_header=False, box=None, pad_edge=False)
    for label, value in (
        ("batch", batch["id"]),
        ("rows", f"{batch['rows']:,}"),
        ("  accepted", batch["accepted"]),
        ("  corrected", batch["corrected"]),
        ("  unchanged", batch["unchanged"]),
        ("  quarantined", batch["quarantined"]),
        ("  rejected", batch["rejected"]),
        *((f"    {code}", count) for code, count in sorted(batch["codes"].items())),
        ("certificates issued", downstream["awards_issued"]),
        ("deposits posted", downstream["deposits_posted"]),
        ("credits posted", downstream["credit_deposited"]),
        *(
            (f"    {reason}", count)
            for reason, count in sorted(downstream["outcomes"].items())
            if reason != "deposited"
        ),
        ("guaranteed attempts used", f"{batch['settlement']['guarantees_used']:,}"),
        ("charged, 演示数值, yuan", f"{Decimal(batch['settlement']['due_fen']).scaleb(-2):,.2f}"),
        ("time of the push", f"{seconds * 1000:,.0f} ms"),
    ):
        table.add_row(label, str(value))
    console.print()
    console.print(table)
    if is_again:
        console.print(
            "\nThe same file had been pushed before: this was its first answer again, and nothing was repeated."
        )
    console.print()
    for what, link in links:
        console.print(f"{what:34} {link}", soft_wrap=True)
    console.print(f"{'the password of demo.registrar …':34} is in {files.password}", soft_wrap=True)
    console.print("\nServing until Ctrl-C. 金额与上限为演示数值，人员均为虚构。")
