"""The command line: serve, demo, worker, openapi, workflows, permissions, db."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from x_pilot_api import models, openapi, permission_table, serving, worker, workflows
from x_pilot_api.core import migrations, provision
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings

assert models.metadata.tables  # noqa: S101 - every table is known before any command runs

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
db = typer.Typer(no_args_is_help=True, help="The database's schema.")
cli.add_typer(db, name="db")


@cli.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs XPILOT_DATABASE_URL")] = 1,
) -> None:
    """Serve the API."""
    serving.serve(Settings(), workers=workers)


@cli.command()
def demo() -> None:
    """Run the whole product with made-up people, and push 1,000 results through it."""
    from x_pilot_api.demo import show  # noqa: PLC0415 - needs what only the demonstration installs

    show.run(Settings())


@cli.command("worker")
def work() -> None:
    """Do what is due without anybody asking, until stopped."""
    settings = Settings()
    with serving.database(settings) as urls:
        provision.check_schema(urls.service)
        asyncio.run(worker.run(serving.build_service(settings, urls.service)))


@cli.command("openapi")
def write_openapi(folder: Path) -> None:
    """Write openapi.json and partners.json into a folder."""
    openapi.write(folder)


@cli.command("workflows")
def write_workflows(file: Path) -> None:
    """Write the state machines as tables and diagrams."""
    workflows.write(file)


@cli.command("permissions")
def write_permissions(file: Path) -> None:
    """Write who may do what as tables."""
    permission_table.write(file)


@db.command()
def migrate() -> None:
    """Bring the schema to where this code needs it, as the role that owns the tables."""
    with serving.database(Settings()) as urls:
        provision.migrate(urls.owner)
        provision.check_schema(urls.service)
    typer.echo(f"the schema is {migrations.head()}")


@db.command()
def revision(message: str) -> None:
    """Write a migration from what the models say and the database does not."""
    with serving.database(Settings()) as urls:
        migrations.write(urls.owner, message=message)


def main() -> None:
    """Run a command; what is not ready is told in one line."""
    try:
        cli()
    except NotReady as error:
        typer.echo(f"x-pilot: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
