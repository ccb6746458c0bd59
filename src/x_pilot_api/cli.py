"""The commands: serve, demo, worker, jobs, openapi, workflows, permissions, db, keys, log, ledger, batches, tallies."""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from x_pilot_api import (
    batch_command,
    key_command,
    ledger_command,
    log_command,
    models,
    openapi,
    permission_table,
    serving,
    tally_command,
    worker,
    workflows,
)
from x_pilot_api.core import data_keys, logins, migrations, provision, rotation, settings
from x_pilot_api.core import keys as keys_
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.provision import NotReady
from x_pilot_api.oversight.queries import Report

assert models.metadata.tables  # noqa: S101 - every table is known before any command runs

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
db = typer.Typer(no_args_is_help=True, help="The database's schema.")
cli.add_typer(db, name="db")
signing = typer.Typer(no_args_is_help=True, help="The installation's keys.")
cli.add_typer(signing, name="keys")
jobs = typer.Typer(no_args_is_help=True, help="Jobs that failed for good.")
cli.add_typer(jobs, name="jobs")
log = typer.Typer(no_args_is_help=True, help="The tamper-evident logs.")
cli.add_typer(log, name="log")
ledger = typer.Typer(no_args_is_help=True, help="The double-entry books.")
cli.add_typer(ledger, name="ledger")
tallies = typer.Typer(no_args_is_help=True, help="The sums that dashboards read.")
cli.add_typer(tallies, name="tallies")
batches = typer.Typer(no_args_is_help=True, help="What evaluation organisations pushed.")
cli.add_typer(batches, name="batches")


@cli.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs XPILOT_DATABASE_URL")] = 1,
) -> None:
    """Serve the API."""
    serving.serve(settings.read(), workers=workers)


@cli.command()
def demo() -> None:
    """Run the whole product with made-up people, and push 1,000 results through it."""
    try:
        from x_pilot_api.demo import show  # noqa: PLC0415 - needs what only the demonstration installs
    except ModuleNotFoundError as error:
        raise NotReady(f"the demonstration needs {error.name}: run it by `make demo`") from error

    show.run(settings.read())


@cli.command("worker")
def work() -> None:
    """Do what is due without anybody asking, until stopped."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        service, url = serving.ready_service(chosen, urls), serving.direct_url(chosen, urls)
        asyncio.run(worker.run_until_signalled(service, url=url))


@jobs.command("failed")
def list_failed() -> None:
    """List the dead letters, one a line."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        for job in asyncio.run(worker.list_failed(serving.ready_service(chosen, urls))):
            typer.echo(f"{job.id}  {job.kind}  {job.last_error}  {job.attempts} attempts  {job.ended_at}")


@jobs.command("retry")
def retry_failed(job_ids: list[UUID]) -> None:
    """Take dead letters up again."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        asyncio.run(worker.retry(serving.ready_service(chosen, urls), job_ids))
    typer.echo(f"{len(job_ids)} in line again")


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
    chosen = settings.read()
    with serving.database(chosen, past_pooler=True) as urls:
        provision.migrate(urls.owner)
        if chosen.behind_pgbouncer:
            logins.give_settings(serving.direct_url(chosen, urls), chosen)
        provision.check_schema(urls.service)
        logins.check(urls.service, chosen)
    typer.echo(f"the schema is {migrations.head()}")


@db.command()
def revision(message: str) -> None:
    """Write a migration from what the models say and the database does not."""
    with serving.database(settings.read(), grant=False) as urls:
        migrations.write(urls.owner, message=message)


@signing.callback()
def keys() -> None:
    """Look after the installation's keys."""


@signing.command("rotate-signing")
def rotate_signing(
    hours: Annotated[float, typer.Option(help="How long the new key is published before it signs")] = 24,
) -> None:
    """Make the key that will sign access tokens next, publish it, and remove those that are no longer needed."""
    made = rotation.rotate(settings.read(), published_for=timedelta(hours=hours))
    typer.echo(f"{made.key.kid} signs from {made.signs_from.isoformat()}")


@signing.command("rotate-data")
def rotate_data(
    hours: Annotated[float, typer.Option(help="How long the new key is there before it seals")] = 24,
    into: Annotated[Path | None, typer.Option(help="A new folder for a single key, which takes no turns")] = None,
) -> None:
    """Make the key that will seal personal data next; the first one does at once."""
    made = data_keys.rotate(settings.read(), published_for=timedelta(hours=hours), into=into)
    typer.echo(f"{made.id} in {made.file} seals from {made.seals_from.isoformat()}")


@signing.command("status")
def data_key_status() -> None:
    """Tell of each data key what it is for and how many rows it has sealed."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        for line in key_command.status(chosen, urls):
            typer.echo(line)


@signing.command()
def reencrypt() -> None:
    """Seal everything with the data key whose turn it is; may be stopped and run again, also while the service runs."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        for line in key_command.reencrypt(chosen, urls):
            typer.echo(line)


@signing.command("rotate-log")
def rotate_log() -> None:
    """Make the key that signs the logs' checkpoints from the next start of service and worker on."""
    made = keys_.rotate_log_key(settings.read())
    typer.echo(f"the next start signs with a new key; verifying knows it and {len(made.retired)} retired")


def _tell(reports: Iterable[tuple[Sequence[object], str]]) -> None:
    """Tell what each report found, or that what it looked at is whole; leave with 1 when anything was found."""
    found = False
    for findings, whole in reports:
        for finding in findings:
            typer.echo(str(finding))
        if not findings:
            typer.echo(whole)
        found = found or bool(findings)
    if found:
        sys.exit(1)


def _of_logs(reports: Iterable[Report]) -> list[tuple[Sequence[object], str]]:
    return [
        (each.findings, f"log {each.log}: {each.size} leaves and {each.checkpoints} checkpoints are as sealed")
        for each in reports
    ]


@log.command()
def seal() -> None:
    """Seal what was committed since the last seal, and export the checkpoints."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        rows = asyncio.run(log_command.seal(serving.ready_service(chosen, urls)))
    typer.echo(f"{rows} rows sealed")


@log.command()
def verify(
    checkpoints: Annotated[
        Path | None, typer.Option(help="Folder of exported checkpoints; else XPILOT_CHECKPOINT_DIR")
    ] = None,
    only: Annotated[str | None, typer.Option("--log", help="One log: an institution's id, or platform")] = None,
) -> None:
    """Compute every log anew from its rows, and compare it with every checkpoint; 1 when anything was changed."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        service = serving.ready_service(chosen, urls)
        reports = asyncio.run(log_command.verify(service, folder=checkpoints, only=only))
    _tell(_of_logs(reports))


@ledger.callback()
def books() -> None:
    """Look after the books."""


@ledger.command("verify")
def verify_ledger(
    checkpoints: Annotated[
        Path | None, typer.Option(help="Folder of exported checkpoints; else XPILOT_CHECKPOINT_DIR")
    ] = None,
    only: Annotated[str | None, typer.Option("--institution", help="One institution's book, by its id")] = None,
) -> None:
    """Recompute every book from the first transfer, and verify its log; 1 and the places when anything is wrong."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        service = serving.ready_service(chosen, urls)
        books, logs = asyncio.run(ledger_command.verify(service, urls.owner, folder=checkpoints, only=only))
    told = [
        (book.findings, f"book {book.institution_id}: {book.accounts} accounts, {book.transfers} transfers are whole")
        for book in books
    ]
    _tell([*told, *_of_logs(logs)])


@tallies.callback()
def sums() -> None:
    """Look after the sums."""


@tallies.command("verify")
def verify_tallies(
    only: Annotated[str | None, typer.Option("--institution", help="One institution's sums, by its id")] = None,
) -> None:
    """Count all facts anew and compare; 1 and the places when a sum is not what its facts come to."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        reports = asyncio.run(tally_command.verify(chosen, urls.owner, only=only))
    _tell(
        (each.findings, f"sums of {each.institution_id}: {each.sums} and {each.unfolded} unfolded are exact")
        for each in reports
    )


@tallies.command("rebuild")
def rebuild_tallies(
    only: Annotated[str | None, typer.Option("--institution", help="One institution's sums, by its id")] = None,
) -> None:
    """Let the sums be what their facts come to; the service may go on meanwhile."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        for institution_id, places in asyncio.run(tally_command.rebuild(chosen, urls.owner, only=only)):
            typer.echo(f"sums of {institution_id}: {places} places mended")


@batches.callback()
def pushed() -> None:
    """Look after what evaluation organisations pushed."""


@batches.command("verify")
def verify_batches() -> None:
    """Verify every stored batch by its signature and the key of then; 1, the oldest first, when one does not hold."""
    chosen = settings.read()
    with serving.database(chosen) as urls:
        sealer = serving.ready_service(chosen, urls).sealer
        report = asyncio.run(batch_command.verify(chosen, urls.owner, sealer))
    _tell([(report.findings, f"{report.signed} signed batches hold, {report.unsigned} unsigned ones open")])


def _wrong_setting(error: ValueError) -> str:
    """Tell a setting that cannot be used in one line; anything else that is wrong is a defect and shows itself."""
    if isinstance(error, ValidationError) and error.title == "Settings":
        first = error.errors(include_url=False, include_input=False)[0]
        return f"XPILOT_{str(first['loc'][0]).upper()} {first['msg'].removeprefix('Value error, ')}"
    if "no such setting" in str(error):
        return str(error)
    raise error


def main() -> None:
    """Run a command; what is not ready is told in one line."""
    try:
        cli()
    except NotReady as error:
        typer.echo(f"x-pilot: {error}", err=True)
        sys.exit(1)
    except AppError as error:
        typer.echo(f"x-pilot: {error.detail(chinese=False)}", err=True)
        sys.exit(1)
    except ValueError as error:
        typer.echo(f"x-pilot: {_wrong_setting(error)}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
