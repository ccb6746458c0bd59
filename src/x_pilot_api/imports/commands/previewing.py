"""Previewing a file: its rows decided without writing any, the blocked ones written into a file to correct."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, audit, languages
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.core.tables import laying, reading, writing
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.commands import deciding, gathering, sending, telling
from x_pilot_api.imports.commands.gathering import Gathered
from x_pilot_api.imports.models import ImportState, TableImport

ERROR_COLUMN = "错误"


async def preview_import(service: Service, job: Job) -> None:
    """Preview a file, or say why it cannot be; then wait for somebody to confirm it."""
    made = await find(service, job)
    kind = queries.kind_of(made.kind)
    if made.state == ImportState.UPLOADED:
        try:
            gathered = await gathered_of(service, job, made, kind)
        except AppError as refusal:
            await _refuse(service, made, refusal)
            raise
        async with service.database.transaction(institution_id=job.institution_id) as session:
            await _preview(session, service, job, kind, gathered)
        del gathered
    await _await_confirmation(service, job, kind)


async def find(service: Service, job: Job) -> TableImport:
    """Read the import that a job is about."""
    async with service.database.transaction(read_only=True) as session:
        return await queries.get_import_of_job(session, job)


async def gathered_of(service: Service, job: Job, made: TableImport, kind: Kind) -> Gathered:
    """Take the rows out of the import's file; how many there are so far is told to who follows the job."""

    async def advance(rows: int) -> None:
        async with service.database.transaction() as session:
            await attempts.advance(session, job, done=rows)

    limits = laying.limits_of(service.settings, rows=service.settings.import_max_rows)
    return await gathering.gather(body_of(service, made), kind, limits=limits, advance=advance)


def body_of(service: Service, made: TableImport) -> bytes:
    """Open the file as it was sent."""
    assert made.sealed_body is not None  # noqa: S101 - what is forgotten is not worked on
    return service.sealer.open(made.sealed_body, key_id=made.key_id, context=sending.CONTEXT)


async def _refuse(service: Service, made: TableImport, refusal: AppError) -> None:
    """Keep why the file was not read, with its figures, in a transaction that outlives the failure."""
    async with service.database.transaction() as session:
        held = await queries.lock_import(session, made.institution_id, made.id)
        if held.state != ImportState.UPLOADED:
            return
        held.state = rules.WORKFLOW.target_of("refuse", state=held.state)
        held.problem = {
            "code": refusal.code,
            "figures": {name: _plain(value) for name, value in refusal.figures.items()},
            "faults": list(refusal.faults),
        }
        await _record(session, "refuse_import", held, {"code": refusal.code})


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


async def _preview(session: AsyncSession, service: Service, job: Job, kind: Kind, gathered: Gathered) -> None:
    held = await queries.lock_import(session, job.institution_id, UUID(job.arguments["import_id"]))
    if held.state != ImportState.UPLOADED:
        raise attempts.Superseded
    ground = deciding.ground_of(service, held)
    decided = await deciding.decide(session, held, kind, ground=ground, gathered=gathered)
    await deciding.keep(session, held, kind, gathered=gathered)
    held.state = rules.WORKFLOW.target_of("preview", state=held.state)
    held.found, held.counts, held.digest = gathered.found, decided.counts, decided.digest
    await attempts.advance(session, job, done=len(gathered.rows), total=len(gathered.rows), **decided.counts)
    await _record(session, "preview_import", held, dict(decided.counts))


async def _await_confirmation(service: Service, job: Job, kind: Kind) -> None:
    """Write the file of the blocked rows, then lay the job down."""
    made = await find(service, job)
    error_file = await _error_file(service, made, kind) if made.counts["blocked"] else None
    async with service.database.transaction() as session:
        held = await queries.lock_import(session, made.institution_id, made.id)
        if error_file is not None:
            _keep_error_file(service, held, error_file)
        result = {"import_id": str(held.id), "url": f"/v1/imports/{held.id}", "digest": held.digest}
        await attempts.await_confirmation(session, job, result=result, **made.counts)
        await telling.tell_sender(session, telling.PREVIEWED, held, kind)


def _keep_error_file(service: Service, held: TableImport, error_file: bytes) -> None:
    """Seal the error file; one key has sealed whatever lies in a row, so the file as it was sent follows a new one."""
    sealer = service.sealer
    if held.key_id != sealer.key_id:
        held.sealed_body = sealer.seal(body_of(service, held), context=sending.CONTEXT)
        held.key_id = sealer.key_id
    held.sealed_error_file = sealer.seal(error_file, context=sending.CONTEXT)


async def _error_file(service: Service, made: TableImport, kind: Kind) -> bytes:
    """Write the blocked rows as they were sent, under the headers they had, with why each is blocked."""
    async with service.database.transaction(read_only=True, institution_id=made.institution_id) as session:
        blocked = await queries.blocked_rows(session, made)
    limits = laying.limits_of(service.settings, rows=service.settings.import_max_rows)
    async with reading.opened(body_of(service, made), limits) as table:
        layout, begun = await laying.lay_out(table, kind.columns)
        columns = [column for column in kind.columns if column.name in layout.places]
        rows = laying.data_rows(table, begun)
        sent = [
            [*_cells(row, [layout.places[it.name] for it in columns]), _said(blocked[number])]
            async for number, row in _only(rows, blocked)
        ]
    return writing.table(kind.title.zh, [*(column.header for column in columns), ERROR_COLUMN], sent)


async def _only(
    rows: AsyncIterator[tuple[int, list[Any]]], wanted: dict[int, list[dict[str, Any]]]
) -> AsyncIterator[tuple[int, list[Any]]]:
    async for number, row in rows:
        if number in wanted:
            yield number, row


def _cells(row: list[Any], places: list[int]) -> list[Any]:
    return [row[place] if place < len(row) else None for place in places]


def _said(faults: list[dict[str, Any]]) -> str:
    language = languages.Language.ZH
    return "；".join(
        f"{fault['column']}: {rules.explain(fault['code'], fault['figures'], language=language)} [{fault['code']}]"
        for fault in faults
    )


async def _record(session: AsyncSession, deed: str, made: TableImport, detail: dict[str, Any]) -> None:
    await audit.record(
        session,
        SYSTEM,
        deed,
        institution_id=made.institution_id,
        object_kind="import",
        object_id=made.id,
        detail=detail,
    )
