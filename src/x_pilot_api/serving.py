"""Starting the service: its database found or started, its keys read, its socket taken."""

import asyncio
import contextlib
import functools
import gc
import socket
from collections.abc import Generator
from typing import Literal, TypedDict

import uvicorn
from fastapi import FastAPI

from x_pilot_api.app import create_app
from x_pilot_api.core import clock, data_keys, embedded, keys, logins, logs, provision, rotation, webui
from x_pilot_api.core.connections import GuardedProtocol
from x_pilot_api.core.db import Database
from x_pilot_api.core.mail import SmtpMailer
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import FindActor, Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import TokenIssuer
from x_pilot_api.identity import queries as identity


@contextlib.contextmanager
def database(
    settings: Settings, *, name: str = "xpilot", grant: bool = True, past_pooler: bool = False
) -> Generator[provision.Urls]:
    """Give the database the settings name, checked; or else the embedded one, started, migrated, and stopped after.

    An embedded database carries the name of the lookup key, which stays when data keys take turns, in its own: without
    it nothing would be found, and a lost one begins a new database.
    """
    if settings.database_url is not None:
        service_url = settings.database_url.get_secret_value()
        if past_pooler and settings.direct_database_url is not None:
            service_url = settings.direct_database_url.get_secret_value()
        owner_url = settings.owner_database_url.get_secret_value() if settings.owner_database_url else service_url
        provision.check_server(service_url)
        yield provision.Urls(owner=owner_url, service=service_url)
        return
    ring = data_keys.first(settings, may_make=True)
    try:
        with embedded.running(embedded.place_of(settings.state_dir.absolute().parent)) as cluster:
            yield provision.prepare(cluster, database=f"{name}_{ring.at(clock.now()).installation}", grant=grant)
    except embedded.EmbeddedUnavailable as error:
        raise NotReady(str(error)) from error


def direct_url(settings: Settings, urls: provision.Urls) -> str:
    """Tell how to reach the database past any pooler: a transaction pooler passes no notifications on."""
    direct = settings.direct_database_url
    if direct is None and settings.behind_pgbouncer:
        raise NotReady("PgBouncer passes no notifications on: set XPILOT_DIRECT_DATABASE_URL for the worker")
    return direct.get_secret_value() if direct is not None else urls.service


def build_service(settings: Settings, url: str) -> Service:
    """Put the parts of a service together; on a database of one's own, keys must be there already."""
    may_make = settings.database_url is None
    return Service(
        settings=settings,
        database=Database(url, settings),
        tokens=TokenIssuer(issuer=settings.issuer, keys=rotation.first_keys(settings, may_make=may_make)),
        current_sealer=data_keys.DataKeys(settings, may_make=may_make).sealer,
        find_actor=_actor_finder(settings),
        read_keys=functools.partial(rotation.keys_in_use, settings),
        log_key=keys.log_key(settings, may_make=may_make),
        mailer=mailer_of(settings),
    )


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """Make what sends mail, where a mail server is configured."""
    if settings.smtp_host is None:
        return None
    return SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        security=settings.smtp_security,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
    )


def _actor_finder(settings: Settings) -> FindActor:
    try:
        return identity.actor_finder(settings)
    except ValueError as error:
        raise NotReady(f"XPILOT_SECOND_FACTOR_ROLES: {error}") from error


def ready_service(settings: Settings, urls: provision.Urls) -> Service:
    """Put a service together and make sure that its database is the one it needs."""
    service = build_service(settings, urls.service)
    provision.check_schema(urls.service, key_ids=service.sealer.key_ids)
    logins.check(urls.service, settings)
    return service


def take_socket(settings: Settings) -> socket.socket:
    """Take the port before anything else is done, so that a busy one is told at once."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
    except OSError as error:
        taken.close()
        place = f"{settings.host}:{settings.port}"
        raise NotReady(
            f"{place} cannot be taken ({error.strerror}): stop what uses it, or set XPILOT_HOST or XPILOT_PORT"
        ) from error
    return taken


_CONNECTIONS_MAX = 2_000


class Manners(TypedDict):
    """How the server treats connections, with one process as with several."""

    loop: Literal["uvloop"]
    http: type[asyncio.Protocol]
    ws: Literal["none"]
    access_log: bool
    server_header: bool
    proxy_headers: bool
    limit_concurrency: int
    timeout_keep_alive: int
    timeout_graceful_shutdown: int


def _manners() -> Manners:
    return Manners(
        loop="uvloop",
        http=GuardedProtocol,
        ws="none",
        # Our own line of each request names the route and no query.
        access_log=False,
        server_header=False,
        # Whom a proxy speaks for is read in core/origins.py, from proxies that the settings name.
        proxy_headers=False,
        # Connections, most of them idle; requests have a bound of their own, which answers as a problem.
        limit_concurrency=_CONNECTIONS_MAX,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )


def server(app: FastAPI, *, quiet: bool = False) -> uvicorn.Server:
    """Configure the server that runs the application."""
    # What start-up made will live as long as the process: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    return uvicorn.Server(uvicorn.Config(app, log_level="warning" if quiet else "info", **_manners()))


_WORKERS_NEED = "several workers need a database of their own: set XPILOT_DATABASE_URL"


def app_from_environment() -> FastAPI:
    """Build the application in a worker process of `serve --workers`, from its environment."""
    settings = Settings()
    if settings.database_url is None:
        raise NotReady(_WORKERS_NEED)
    return create_app(build_service(settings, settings.database_url.get_secret_value()), web=pages())


def pages() -> webui.Files:
    """Read the web application, and say so when it was not built: the API runs without it."""
    found = webui.read()
    if not found:
        logs.logger.warning("no web application", remedy="make web")
    return found


def serve(settings: Settings, *, workers: int) -> None:
    """Serve until told to stop."""
    if workers > 1:
        if settings.database_url is None:
            raise NotReady(_WORKERS_NEED)
        take_socket(settings).close()
        with database(settings) as urls:
            ready_service(settings, urls)
        uvicorn.run(
            "x_pilot_api.serving:app_from_environment",
            factory=True,
            workers=workers,
            host=settings.host,
            port=settings.port,
            **_manners(),
        )
        return
    with contextlib.closing(take_socket(settings)) as taken, database(settings) as urls:
        app = create_app(ready_service(settings, urls), web=pages())
        logs.logger.info("listening", url=f"http://{settings.host}:{taken.getsockname()[1]}")
        server(app).run(sockets=[taken])
