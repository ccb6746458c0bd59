"""One kind of table that can be imported: its columns, and the deeds of the area that its rows belong to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.tables.columns import Column


@dataclass(frozen=True)
class Ground:
    """For whom rows are decided: an institution, the colleges and programmes of it (None: all), the key, the day."""

    institution_id: UUID
    colleges: frozenset[UUID] | None
    programmes: frozenset[UUID]
    sealer: Sealer
    today: date


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a row by its cells alone: the first code, and the column it is about."""

    code: str
    column: str


Decide = Callable[[AsyncSession, Ground, Sequence[Any], Mapping[int, CellFault]], Awaitable[None]]
"""Stage rows with what becomes of each, in the kind's staging table."""

Write = Callable[[AsyncSession, Ground], Awaitable[None]]
"""Write what was decided."""


Remove = Callable[[AsyncSession, Ground, int], Awaitable[int]]
"""Stage the going of what a full file lacks, in the places behind the one given; tell how many rows there are."""


@dataclass(frozen=True)
class Closing:
    """What a full file says of the rows it lacks: which there are, by their key, and what each becomes."""

    key: tuple[str, ...]
    existing: str
    """A query of id and key of what there is; it binds `:institution_id`, `:colleges` (NULL: all), `:programmes`
    and `:scope`, what the file says in the column of that name."""
    values: Mapping[str, Any]
    scope: str | None = None
    """The column whose values in the file say what it is whole for; None: for all that its importer acts for."""


@dataclass(frozen=True)
class Kind:
    """What an import of one kind reads and does.

    Its staging table tells of each row: `place`, `outcome` (created, changed, unchanged or refused), `refusal` (a
    code), `refused_column`, `figures`, `row_id`, and the row of the register `before` and `after`.
    """

    name: str
    title: Both
    columns: tuple[Column, ...]
    table: str
    staged: str
    row: Callable[..., Any]
    decide: Decide
    write: Write
    identity: tuple[str, ...]
    """The columns of the register's row that no two rows share."""
    scope_column: str
    """The column to tell of when a row is outside of what the importer acts for."""
    lacking: Closing | Remove
    """What becomes of the rows that a full file lacks: each is closed, or goes where nothing rests on it."""
    same: str = "after"
    """The row as it becomes, without what is made anew each time it is decided; in SQL, over the staging table."""
    parts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Tables that the kind's own deeds write beside it, and their column of the row's id; undoing deletes from them."""
    followed: str = "false"
    """When a row of the register, as `target`, has been built on since, though it is what it was."""
    take_back: str | None = None
    """How rows that only grow are undone: by rows of their own; None: what was created goes, the rest is as it was."""
    before_undoing: str | None = None
    after_undoing: Callable[[], str] | None = None
    """What undoing does beside; bound to institution and import, and to when writing began and ended."""
    when_forgotten: Callable[[], str] | None = None
    """What is deleted when the import can no longer be undone. These two are written when all tables are known."""
    office_only: bool = False
    """Only an institution's office imports it."""
