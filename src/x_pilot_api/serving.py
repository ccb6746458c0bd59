"""Starting the service: its database found or started, its keys read, its socket taken."""

import contextlib
import gc
import socket
from collections.abc import Generator

import uvicorn
from fastapi import FastAPI

from x_pilot_api.app import create_app
from x_pilot_api.core import embedded, keys, logs, provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import TokenIssuer
from x_pilot_api.identity import queries as identity


@contextlib.contextmanager
def database(settings: Settings, *, name: str = "xpilot", grant: bool = True) -> Generator[provision.Urls]:
    """Give the database the settings name, checked; or else the embedded one, started, migrated, and stopped after.

    An embedded database carries the data key's name in its own: without the key it could not be read anyway, and a lost
    key begins a new one instead of mixing what two keys sealed.
    """
    if settings.database_url is not None:
        service_url = settings.database_url.get_secret_value()
        owner_url = settings.owner_database_url.get_secret_value() if settings.owner_database_url else service_url
        provision.check_server(service_url)
        yield provision.Urls(owner=owner_url, service=service_url)
        return
    key_id = keys.sealer(settings, may_make=True).key_id
    try:
        with embedded.running(embedded.place_of(settings.state_dir.absolute().parent)) as cluster:
            yield provision.prepare(cluster, database=f"{name}_{key_id}", grant=grant)
    except embedded.EmbeddedUnavailable as error:
        raise NotReady(str(error)) from error


def build_service(settings: Settings, url: str) -> Service:
    """Put the parts of a service together; on a database of one's own, keys must be there already."""
    may_make = settings.database_url is None
    return Service(
        settings=settings,
        database=Database(url, settings),
        tokens=TokenIssuer(issuer=settings.issuer, keys=[keys.signing_key(settings, may_make=may_make)]),
        sealer=keys.sealer(settings, may_make=may_make),
        log_key=keys.log_key(settings, may_make=may_make),
        find_actor=identity.find_actor,
    )


def ready_service(settings: Settings, urls: provision.Urls) -> Service:
    """Put a service together and make sure that its database is the one it needs."""
    service = build_service(settings, urls.service)
    provision.check_schema(urls.service, key_id=service.sealer.key_id)
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


def server(app: FastAPI, *, quiet: bool = False) -> uvicorn.Server:
    """Configure the server that runs the application."""
    # What start-up made will live as long as the process: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="uvloop",
            http="httptools",
            log_level="warning" if quiet else "info",
            access_log=False,
            server_header=False,
            # Whom a proxy speaks for is read in core/origins.py, from proxies that the settings name.
            proxy_headers=False,
            timeout_graceful_shutdown=10,
        )
    )


_WORKERS_NEED = "several workers need a database of their own: set XPILOT_DATABASE_URL"


def app_from_environment() -> FastAPI:
    """Build the application in a worker process of `serve --workers`, from its environment."""
    settings = Settings()
    if settings.database_url is None:
        raise NotReady(_WORKERS_NEED)
    return create_app(build_service(settings, settings.database_url.get_secret_value()))


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
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        return
    with contextlib.closing(take_socket(settings)) as taken, database(settings) as urls:
        app = create_app(ready_service(settings, urls))
        logs.logger.info("listening", url=f"http://{settings.host}:{taken.getsockname()[1]}")
        server(app).run(sockets=[taken])
