"""Entering rows into the register: staged, decided by one statement and written by two, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from x_pilot_api.core import audit, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.changes import Personal
from x_pilot_api.core.db import Base
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.rules import grounds
from x_pilot_api.registry.rules.grounds import Ground
from x_pilot_api.registry.schemas.rows import Row

_LOCK = text(f"SELECT pg_advisory_xact_lock({0x52454749}, hashtext(CAST(CAST(:institution_id AS uuid) AS text)))")
"""Writers of one institution's register follow one another, so that what a row is decided by stays so."""

_TYPES: Mapping[str, TypeEngine[Any]] = {
    "text": Text(),
    "uuid": Uuid(),
    "int": Integer(),
    "boolean": Boolean(),
    "bytea": LargeBinary(),
    "date": Date(),
}


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row, by its place; a refused one has a code, the column it is about, and figures."""

    place: int
    outcome: Outcome
    id: UUID | None
    code: str | None
    column: str | None
    figures: Mapping[str, Any]


@dataclass(frozen=True)
class Bounds:
    """Whose register is written, which colleges and programmes of it, and whether everything has to be new."""

    institution_id: UUID
    colleges: frozenset[UUID] | None = None
    """None: all of them."""
    programmes: frozenset[UUID] = frozenset()
    creates: bool = False

    @classmethod
    def of(cls, actor: Actor, *, creates: bool = False) -> Self:
        """Bound an actor by their institution and, unless they are its office, by what they act for."""
        if actor.institution_id is None:
            raise ValueError("who acts in no institution has no register")
        everywhere = Role.REGISTRAR in actor.roles
        return cls(
            institution_id=actor.institution_id,
            colleges=None if everywhere else actor.college_ids,
            programmes=actor.programme_ids,
            creates=creates,
        )

    def values(self) -> dict[str, Any]:
        """Bind the bounds to a statement."""
        return {
            "institution_id": self.institution_id,
            "colleges": None if self.colleges is None else sorted(self.colleges),
            "programmes": sorted(self.programmes),
            "creates": self.creates,
        }


@dataclass(frozen=True)
class Sheet:
    """One kind of rows: what is given, where it is stored, and why a row of it is refused.

    The expressions speak of `given`, the row; `target`, what it changes; `named`, what its number is the number of;
    `new`, the values as they are to be; and of what `joins` finds.
    """

    kind: str
    table: str
    given: Mapping[str, str]
    key: tuple[str, ...]
    """The given columns that together name one thing."""
    stored: Mapping[str, str]
    named: str
    grounds: tuple[Ground, ...]
    joins: str = ""
    """What is found by the row itself, and what `named` may speak of."""
    after: str = ""
    """What is found by the target and the new values."""
    exact: frozenset[str] = frozenset()
    """Columns that become what the row says even if it says nothing."""
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])
    beside: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    personal: frozenset[str] = frozenset()

    @cached_property
    def staged(self) -> Table:
        """Describe the staging table of this kind."""
        columns = Base.metadata.tables[self.table].columns
        return staging.staging_table(
            f"staged_{self.table}",
            Column("place", Integer),
            Column("outcome", Text),
            Column("refusal", Text),
            Column("refused_column", Text),
            Column("figures", JSONB),
            Column("row_id", Uuid),
            Column("is_new", Boolean),
            Column("before", JSONB),
            Column("after", JSONB),
            *(Column(name, columns[name].type) for name in self.stored),
            *(Column(name, _TYPES[kind]) for name, (kind, _) in self.beside.items()),
        )

    @cached_property
    def decide(self) -> str:
        """Write the statement that decides all rows."""
        given = {"place": "int", "id": "uuid", "fault": "text", "fault_column": "text", "fault_detail": "text"}
        given |= self.given
        arrays = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in given.items())
        key = ", ".join(("id", *self.key))
        new = ", ".join(f"coalesce({self._new(name)}) AS {name}" for name in self.stored)
        kept = ", ".join(f"new.{name}" for name in self.stored)
        before, after = self._state("target"), self._state("new")
        beside = "".join(f", {expression}" for _, expression in self.beside.values())
        return f"""
INSERT INTO {self.staged.name}
WITH given AS MATERIALIZED (
    SELECT given.*, uuidv7() AS fresh_id, row_number() OVER same AS nth, min(place) OVER same AS first_place
    FROM unnest({arrays}) AS given ({", ".join(given)})
    WINDOW same AS (PARTITION BY {key} ORDER BY place)
)
SELECT given.place,
    CASE WHEN verdict.ground IS NOT NULL THEN 'refused' WHEN target.id IS NULL THEN 'created'
        WHEN {before} IS DISTINCT FROM {after} THEN 'changed' ELSE 'unchanged' END,
    {grounds.code_of(self.grounds)}, {grounds.column_of(self.grounds)}, {grounds.figures_of(self.grounds)},
    coalesce(target.id, given.fresh_id), target.id IS NULL,
    CASE WHEN target.id IS NOT NULL THEN {before} END, {after}, {kept}{beside}
FROM given
LEFT JOIN {self.table} AS own ON own.institution_id = :institution_id AND own.id = given.id
{self.joins}
LEFT JOIN {self.table} AS named ON named.institution_id = :institution_id AND {self.named}
LEFT JOIN {self.table} AS target ON target.institution_id = :institution_id
    AND target.id = CASE WHEN given.id IS NULL THEN named.id ELSE own.id END
CROSS JOIN LATERAL (SELECT {new}) AS new
{self.after}
CROSS JOIN LATERAL (SELECT {grounds.verdict(self.grounds)} AS ground) AS verdict
"""

    def _new(self, name: str) -> str:
        kept = None if name in self.exact else f"target.{name}"
        return ", ".join(filter(None, (self.stored[name], kept, self.defaults.get(name))))

    def _state(self, of: str) -> str:
        return "jsonb_build_object(" + ", ".join(f"'{name}', {of}.{name}" for name in self.stored) + ")"

    @cached_property
    def create(self) -> str:
        """Write the statement that stores what is new."""
        columns = ", ".join(self.stored)
        return (
            f"INSERT INTO {self.table} (institution_id, id, {columns})"
            f" SELECT :institution_id, row_id, {columns} FROM {self.staged.name} WHERE outcome = 'created'"
        )

    @cached_property
    def change(self) -> str:
        """Write the statement that changes what was there."""
        values = ", ".join(f"{name} = staged.{name}" for name in self.stored)
        return (
            f"UPDATE {self.table} AS target SET {values} FROM {self.staged.name} AS staged"
            " WHERE target.institution_id = :institution_id AND target.id = staged.row_id"
            " AND staged.outcome = 'changed'"
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row by itself."""

    code: str
    column: str
    detail: str | None = None


async def lock_register(session: AsyncSession, institution_id: UUID) -> None:
    """Let one deed at a time write an institution's register."""
    await session.execute(_LOCK, {"institution_id": institution_id})


async def decide(
    session: AsyncSession,
    sheet: Sheet,
    *,
    bounds: Bounds,
    rows: Sequence[Row],
    computed: Mapping[str, Sequence[object]] | None = None,
    faults: Mapping[int, Fault] | None = None,
) -> None:
    """Stage rows with what becomes of each; `computed` holds given columns that are not a row's own, in their order."""
    await lock_register(session, bounds.institution_id)
    await staging.empty(session, sheet.staged)
    computed, faults = computed or {}, faults or {}
    found = [faults.get(row.place) for row in rows]
    columns: dict[str, Any] = {
        "place": [row.place for row in rows],
        "id": [row.id for row in rows],
        "fault": [fault and fault.code for fault in found],
        "fault_column": [fault and fault.column for fault in found],
        "fault_detail": [fault and fault.detail for fault in found],
    }
    for name in sheet.given:
        columns[name] = computed[name] if name in computed else [getattr(row, name) for row in rows]
    await session.execute(text(sheet.decide), columns | bounds.values())


async def write(session: AsyncSession, sheet: Sheet, *, bounds: Bounds) -> None:
    """Store what is new, and change what was there."""
    values = {"institution_id": bounds.institution_id}
    await session.execute(text(sheet.create), values)
    await session.execute(text(sheet.change), values)


async def tell(session: AsyncSession, actor: Actor, sheet: Sheet, *, bounds: Bounds) -> list[RowOutcome]:
    """Record each thing that was created or changed, and tell what became of every row."""
    found = await session.execute(text(f"SELECT * FROM {sheet.staged.name} ORDER BY place"))
    outcomes: list[RowOutcome] = []
    told: dict[str, dict[UUID, audit.Told]] = {"create": {}, "change": {}}
    for row in found.all():
        outcome = Outcome(row.outcome)
        if outcome in {Outcome.CREATED, Outcome.CHANGED}:
            before = None if row.before is None else _shown(row.before, sheet.personal)
            deed = "create" if outcome is Outcome.CREATED else "change"
            told[deed][row.row_id] = audit.Told({}, before=before, after=_shown(row.after, sheet.personal))
        kept = None if row.is_new and outcome is Outcome.REFUSED else row.row_id
        outcomes.append(RowOutcome(row.place, outcome, kept, row.refusal, row.refused_column, row.figures or {}))
    for deed, objects in told.items():
        await audit.record_each(
            session,
            actor,
            f"{deed}_{sheet.kind}",
            institution_id=bounds.institution_id,
            object_kind=sheet.kind,
            objects=objects,
        )
    return outcomes


def _shown(state: Mapping[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    return {name: Personal(value) if name in personal else value for name, value in state.items()}


async def enter(
    session: AsyncSession, actor: Actor, sheet: Sheet, *, bounds: Bounds, rows: Sequence[Row]
) -> list[RowOutcome]:
    """Enter rows of a kind that needs nothing beside its own table."""
    await decide(session, sheet, bounds=bounds, rows=rows)
    await write(session, sheet, bounds=bounds)
    return await tell(session, actor, sheet, bounds=bounds)
