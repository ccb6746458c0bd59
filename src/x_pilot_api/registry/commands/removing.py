"""Removing rows from the register: only while nothing depends on them, whatever area's it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.changes import Personal
from x_pilot_api.core.db import Base
from x_pilot_api.core.errors import Busy
from x_pilot_api.registry.commands import entering
from x_pilot_api.registry.commands.entering import Bounds, Outcome, RowOutcome
from x_pilot_api.registry.rules import STUDENTS
from x_pilot_api.tallies import commands as tallies


@dataclass(frozen=True)
class Removal:
    """What is removed: the kind of thing, its table, the tables whose rows are its own parts, what is told of it."""

    kind: str
    table: str
    parts: Mapping[str, str]
    told: tuple[str, ...]
    personal: frozenset[str] = frozenset()


COLLEGE = Removal("college", "colleges", {}, ("code", "name"))
PROGRAMME = Removal("programme", "programmes", {}, ("code", "name", "college_id"))
COURSE = Removal("course", "courses", {}, ("programme_id", "code", "name", "credit_hundredths"))
TEACHER = Removal("teacher", "teachers", {}, ("staff_number", "name", "college_id"), frozenset({"name"}))
STUDENT = Removal(
    "student",
    "students",
    {"student_standings": "student_id"},
    ("student_number", "name", "programme_id", "entry_year", "status", "identity_document_id"),
    frozenset({"name"}),
)


def _references(table: str, *, but: Collection[str]) -> Iterator[tuple[str, str]]:
    """Name every table and column that refers to a row of a tenant table."""
    for other in Base.metadata.sorted_tables:
        if other.name in but:
            continue
        for constraint in other.foreign_key_constraints:
            if constraint.referred_table.name == table:
                yield other.name, constraint.column_keys[-1]


def is_held(table: str, reference: str, *, but: Collection[str]) -> str:
    """Write the condition that a row of some table other than those named rests on a row."""
    found = (
        f"EXISTS (SELECT FROM {other} AS holding WHERE holding.institution_id = :institution_id"
        f" AND holding.{column} = {reference})"
        for other, column in _references(table, but=but)
    )
    return "(" + " OR ".join(("false", *found)) + ")"


def holding(table: str, reference: str, *, but: Collection[str]) -> str:
    """Write the query of how many rows of each table, other than those named, rest on a row: by and number."""
    found = (
        f"SELECT '{other}' AS by, count(*) AS number FROM {other}"
        f" WHERE institution_id = :institution_id AND {column} = {reference}"
        for other, column in _references(table, but=but)
    )
    return " UNION ALL ".join(("SELECT CAST(NULL AS text) AS by, 0 AS number WHERE false", *found))


_ORDER = " ORDER BY number, by"


def _counted(removal: Removal) -> str:
    """Write the query that counts what depends on each of some rows."""
    found = (
        f"SELECT '{other}' AS by, {column} AS id, count(*) AS number FROM {other}"
        f" WHERE institution_id = :institution_id AND {column} = ANY(CAST(:ids AS uuid[])) GROUP BY {column}"
        for other, column in _references(removal.table, but=removal.parts)
    )
    return " UNION ALL ".join(("SELECT '' AS by, CAST(NULL AS uuid) AS id, 0 AS number WHERE false", *found)) + _ORDER


async def remove(
    session: AsyncSession, actor: Actor, removal: Removal, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove rows on which nothing depends; the others are refused with what does, and how many."""
    await entering.lock_register(session, bounds.institution_id)
    values: dict[str, Any] = {"institution_id": bounds.institution_id, "ids": list(ids)}
    counted = (await session.execute(text(_counted(removal)), values)).mappings().all()
    used: dict[UUID, dict[str, Any]] = {row["id"]: {"by": row["by"], "count": row["number"]} for row in counted}
    free = [row_id for row_id in ids if row_id not in used]
    told = await _delete(session, removal, values | {"ids": free})
    await audit.record_each(
        session,
        actor,
        f"remove_{removal.kind}",
        institution_id=bounds.institution_id,
        object_kind=removal.kind,
        objects=told,
    )
    return [
        RowOutcome(place, Outcome.CHANGED, row_id, None, None, {})
        if row_id in told
        else _refused(place, row_id, used.get(row_id))
        for place, row_id in enumerate(ids, start=1)
    ]


def _refused(place: int, row_id: UUID, used: Mapping[str, Any] | None) -> RowOutcome:
    if used is None:
        return RowOutcome(place, Outcome.REFUSED, None, "register_row_unknown", "id", {})
    return RowOutcome(place, Outcome.REFUSED, row_id, "register_still_used", "id", used)


async def _delete(session: AsyncSession, removal: Removal, values: dict[str, Any]) -> dict[UUID, audit.Told]:
    ours = "institution_id = :institution_id AND"
    try:
        async with db.attempt(session):
            if removal is STUDENT:
                # Nothing else of theirs is there to be counted, or they could not go.
                await tallies.take_away(
                    session,
                    STUDENTS,
                    institution_id=values["institution_id"],
                    rows="fact.id = ANY(CAST(:ids AS uuid[]))",
                    values={"ids": values["ids"]},
                )
            for part, column in removal.parts.items():
                await session.execute(
                    text(f"DELETE FROM {part} WHERE {ours} {column} = ANY(CAST(:ids AS uuid[]))"), values
                )
            gone = await session.execute(
                text(
                    f"DELETE FROM {removal.table} WHERE {ours} id = ANY(CAST(:ids AS uuid[]))"
                    f" RETURNING id, {', '.join(removal.told)}"
                ),
                values,
            )
            rows = gone.mappings().all()
            if removal is STUDENT:
                await _forget_documents(session, values | {"ids": [row["identity_document_id"] for row in rows]})
    except IntegrityError:
        # Something began to depend on it between the count and the deletion: asked again, it is told.
        raise Busy from None
    return {row["id"]: audit.Told({}, before=_state(row, removal)) for row in rows}


def _state(row: Mapping[Any, Any], removal: Removal) -> dict[str, Any]:
    return {name: Personal(row[name]) if name in removal.personal else row[name] for name in removal.told}


async def _forget_documents(session: AsyncSession, values: Mapping[str, Any]) -> None:
    """Forget the documents of removed students that nobody else rests on."""
    held = is_held("identity_documents", "document.id", but=())
    await session.execute(
        text(
            "DELETE FROM identity_documents AS document WHERE institution_id = :institution_id"
            f" AND id = ANY(CAST(:ids AS uuid[])) AND NOT {held}"
        ),
        values,
    )
