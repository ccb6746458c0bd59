"""Undoing an applied import: every row as it was before, while nobody has built on what it wrote."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, audit, jobs
from x_pilot_api.core.actors import SYSTEM, Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.errors import (
    ImportDependedOn,
    ImportForgotten,
    ImportRowsChangedSince,
)
from x_pilot_api.imports.models import TableImport
from x_pilot_api.imports.queries import Import
from x_pilot_api.registry import commands as register
from x_pilot_api.registry.commands import entering
from x_pilot_api.registry.models import Student
from x_pilot_api.tallies import commands as tallies


async def ask_to_undo(session: AsyncSession, actor: Actor, *, sought: Import, settings: Settings) -> UUID:
    """Ask for an import to be undone, refused at once when something stands in the way; tell the job."""
    made = await queries.get_import(session, actor, sought, locked=True)
    await _check(session, made, queries.kind_of(made.kind), days=settings.imports_kept_days)
    job_id = await jobs.enqueue(
        session,
        "undo_import",
        arguments={"import_id": str(made.id)},
        institution_id=made.institution_id,
        once_as=f"undo_import:{made.id}",
        requested_by=actor,
    )
    await audit.record(
        session,
        actor,
        "ask_to_undo_import",
        institution_id=made.institution_id,
        object_kind="import",
        object_id=made.id,
        detail={"job_id": str(job_id)},
    )
    return job_id


async def _check(session: AsyncSession, made: TableImport, kind: Kind, *, days: int) -> str:
    """Refuse to undo what is forgotten, was changed since or is depended on; tell where it leads."""
    target = rules.WORKFLOW.target_of("undo", state=made.state)
    if made.sealed_body is None:
        raise ImportForgotten(days=days)
    changed = await queries.count_changed(session, made, kind, state="after")
    if changed:
        raise ImportRowsChangedSince(rows=changed)
    found = await queries.count_dependent(session, made, kind)
    if found:
        faults: list[Fault] = [
            {"column": table, "code": ImportDependedOn.code, "detail": str(rows)} for table, rows in found.items()
        ]
        tables = ", ".join(f"{table} {rows}" for table, rows in found.items())
        raise ImportDependedOn(faults=faults, rows=sum(found.values()), tables=tables)
    return target


async def undo_import(service: Service, job: Job) -> None:
    """Undo an import: what it created goes, what it changed is again as it was."""
    async with service.database.transaction(institution_id=job.institution_id) as session:
        held = await queries.lock_import(session, job.institution_id, UUID(job.arguments["import_id"]))
        await entering.lock_register(session, held.institution_id)
        kind = queries.kind_of(held.kind)
        target = await _check(session, held, kind, days=service.settings.imports_kept_days)
        await _take_back(session, held, kind)
        held.state = target
        await audit.record(
            session,
            SYSTEM,
            "undo_import",
            institution_id=held.institution_id,
            object_kind="import",
            object_id=held.id,
            detail=dict(held.counts),
        )
        result = {"import_id": str(held.id), "url": f"/v1/imports/{held.id}"}
        await attempts.finish(session, job, result=result, **held.counts)


async def _take_back(session: AsyncSession, made: TableImport, kind: Kind) -> None:
    span: dict[str, Any] = {
        "institution_id": made.institution_id,
        "import_id": made.id,
        "began_at": made.began_at,
        "applied_at": made.applied_at,
    }
    moved: Sequence[UUID] = ()
    if kind.table == Student.__tablename__:
        moved = (await session.scalars(_TOUCHED, span)).all()
        await register.lock_students(session, institution_id=made.institution_id, student_ids=moved)
    async with tallies.moving(session, institution_id=made.institution_id, owner_ids=moved):
        await _undo(session, made, kind, span)


_TOUCHED = text("""
SELECT target_id FROM import_rows WHERE institution_id = :institution_id AND import_id = :import_id
    AND outcome IN ('created', 'changed', 'removed') ORDER BY target_id
""")


async def _undo(session: AsyncSession, made: TableImport, kind: Kind, span: dict[str, Any]) -> None:
    """Let all rows be as they were, each kind of them in its own order."""
    if kind.before_undoing is not None:
        await session.execute(text(kind.before_undoing), span)
    for statement in _let_go(kind):
        await session.execute(text(statement), span)
    for statement in [_CREATED_GO.format(table=table, column=column) for table, column in kind.parts.items()]:
        await session.execute(text(statement), span)
    if kind.take_back is None:
        await _set_back(session, made, kind, span)
    else:
        await session.execute(text(kind.take_back), span)
    if kind.after_undoing is not None:
        await session.execute(text(kind.after_undoing()), span)


_CREATED = (
    "SELECT target_id FROM import_rows"
    " WHERE institution_id = :institution_id AND import_id = :import_id AND outcome = 'created'"
)
_CREATED_GO = "DELETE FROM {table} WHERE institution_id = :institution_id AND {column} IN (" + _CREATED + ")"


def _let_go(kind: Kind) -> Iterator[str]:
    """Write the statements that delete what goes with the rows that were created: its parts, then it."""
    for going in queries.what_goes(kind):
        found = (
            f"FROM {going.table} AS part WHERE part.institution_id = :institution_id"
            f" AND part.{going.column} IN ({_CREATED}) AND {going.untouched}"
        )
        for inner, own in going.parts:
            yield f"DELETE FROM {inner} WHERE institution_id = :institution_id AND {own} IN (SELECT part.id {found})"
        yield f"DELETE {found}"


# What went comes back under its own id.
_COME_BACK = """
INSERT INTO {table} (institution_id, id, {columns})
SELECT :institution_id, row.target_id, {was}
FROM import_rows AS row, LATERAL jsonb_populate_record(NULL::{table}, row.before) AS was
WHERE row.institution_id = :institution_id AND row.import_id = :import_id AND row.outcome = 'removed'
    AND row.after IS NULL
"""

_BE_AS_BEFORE = """
UPDATE {table} AS target SET {values}
FROM import_rows AS row, LATERAL jsonb_populate_record(NULL::{table}, row.before) AS was
WHERE row.institution_id = :institution_id AND row.import_id = :import_id AND row.outcome IN ('changed', 'removed')
    AND row.after IS NOT NULL AND target.institution_id = :institution_id AND target.id = row.target_id
"""


async def _set_back(session: AsyncSession, made: TableImport, kind: Kind, span: dict[str, Any]) -> None:
    """Delete what an import created, bring back what it removed, and let what it changed be as it was."""
    names = await queries.image_columns(session, made)
    await session.execute(text(_CREATED_GO.format(table=kind.table, column="id")), span)
    if names:
        was = [f"was.{name}" for name in names]
        values = ", ".join(f"{name} = was.{name}" for name in names)
        statement = _COME_BACK.format(table=kind.table, columns=", ".join(names), was=", ".join(was))
        await session.execute(text(statement), span)
        await session.execute(text(_BE_AS_BEFORE.format(table=kind.table, values=values)), span)
