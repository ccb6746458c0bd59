"""Reading imports: who sees which, what their rows would do, and what has become of those rows since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.identity.models import Role
from x_pilot_api.imports.errors import ImportKindUnknown
from x_pilot_api.imports.models import ImportOutcome, ImportRow, TableImport
from x_pilot_api.registry import importing as registry

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in registry.KINDS}
"""Every kind there is; an area that has tables of its own to import adds them here."""

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


@dataclass(frozen=True)
class Import:
    """Which import is meant."""

    id: UUID


def kind_of(name: str) -> Kind:
    """Find a kind, or say which there are."""
    if name not in KINDS:
        raise ImportKindUnknown(kinds=", ".join(KINDS))
    return KINDS[name]


def visible_imports(actor: Actor) -> Select[TableImport]:
    """Select the imports an actor sees: an office its institution's, anybody else their own."""
    if actor.institution_id is None:
        return select(TableImport).where(false())
    found = select(TableImport).where(TableImport.institution_id == actor.institution_id)
    return found if actor.roles & _SEE_ALL else found.where(TableImport.uploaded_by == actor.id)


async def get_import(session: AsyncSession, actor: Actor, sought: Import, *, locked: bool = False) -> TableImport:
    """Read one import the actor may see."""
    wanted = visible_imports(actor).where(TableImport.id == sought.id)
    return await lookups.get_one(session, wanted.with_for_update() if locked else wanted, what="import", zh="导入")


async def lock_import(session: AsyncSession, institution_id: UUID | None, import_id: UUID) -> TableImport:
    """Lock an import for the work on it."""
    wanted = select(TableImport).where(TableImport.institution_id == institution_id, TableImport.id == import_id)
    return (await session.scalars(wanted.with_for_update())).one()


async def get_import_of_job(session: AsyncSession, job: Job) -> TableImport:
    """Read the import that a job works on."""
    wanted = select(TableImport).where(
        TableImport.institution_id == job.institution_id, TableImport.id == UUID(job.arguments["import_id"])
    )
    return (await session.scalars(wanted)).one()


async def list_imports(
    session: AsyncSession, actor: Actor, *, kind: str | None, wish: PageWish
) -> tuple[Sequence[TableImport], str | None]:
    """List the imports the actor sees, oldest first."""
    wanted = visible_imports(actor)
    if kind is not None:
        wanted = wanted.where(TableImport.kind == kind)
    return await page_of(session, wanted, order=[TableImport.id], wish=wish)


def _rows_of(made: TableImport) -> Select[ImportRow]:
    return select(ImportRow).where(ImportRow.institution_id == made.institution_id, ImportRow.import_id == made.id)


async def list_rows(
    session: AsyncSession, made: TableImport, *, outcome: ImportOutcome | None, wish: PageWish
) -> tuple[Sequence[ImportRow], str | None]:
    """List the rows of an import in the order of the file; those that change nothing are only counted."""
    wanted = _rows_of(made)
    if outcome is not None:
        wanted = wanted.where(ImportRow.outcome == outcome)
    return await page_of(session, wanted, order=[ImportRow.sequence], wish=wish)


async def first_blocked(session: AsyncSession, made: TableImport, *, size: int) -> Sequence[ImportRow]:
    """Read the first blocked rows."""
    wanted = _rows_of(made).where(ImportRow.outcome == ImportOutcome.BLOCKED)
    return (await session.scalars(wanted.order_by(ImportRow.sequence).limit(size))).all()


async def blocked_rows(session: AsyncSession, made: TableImport) -> dict[int, list[dict[str, Any]]]:
    """Read why each blocked row of the file is blocked."""
    wanted = select(ImportRow.row_number, ImportRow.faults).where(
        ImportRow.institution_id == made.institution_id,
        ImportRow.import_id == made.id,
        ImportRow.outcome == ImportOutcome.BLOCKED,
        ImportRow.row_number.is_not(None),
    )
    found: Any = (await session.execute(wanted)).all()
    return dict(found)
