"""Entering students: their documents sealed, and how they stand from a day on kept for good."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.registry import queries
from x_pilot_api.registry.commands import entering, removing
from x_pilot_api.registry.commands.entering import Bounds, Fault, RowOutcome, Sheet
from x_pilot_api.registry.models import StudentStatus
from x_pilot_api.registry.rules import STUDENTS, documents, workflows
from x_pilot_api.registry.rules.grounds import Ground, know, missing, outside, repeated, taken, unknown, unknown_row
from x_pilot_api.registry.schemas.rows import StudentRow
from x_pilot_api.tallies import commands as tallies

_CONTEXT = "identity_documents"
_SEALED_AT_ONCE = 1_000
_STATUSES = ", ".join(f"'{status}'" for status in StudentStatus)

know(
    "document_repeated",
    Both("证件号码与第 {detail} 行相同。", "The document is that of row {detail} too."),
    Both("核对两行的证件号码。", "Check the documents of both rows."),
    detail=2,
)
know(
    "document_taken",
    Both("该证件号码已登记在另一名学生 {id} 名下。", "The document is that of student {id}."),
    Both("核对证件号码；同一人只登记一次。", "Check the number; a person is in the register once."),
    id="0197a1c2-0000-7000-8000-000000000003",
)
know(
    "document_held",
    Both(
        "该学生已用原证件报名或获得证书，不能更换证件号码。",
        "Registrations or certificates rest on the document there is.",
    ),
    Both(
        "请教务处核实身份后，按证书更正流程处理。",
        "Let the office verify the person, and correct the certificates first.",
    ),
)
know(
    "student_status_unknown",
    Both("学籍状态 {named} 不是约定的取值：{known}。", "The status {named} is none of {known}."),
    Both("使用列出的取值。", "Use one of those."),
    named="x",
    known="enrolled, suspended, graduated, left",
)
know(
    "student_status_move",
    Both("学籍状态不能由 {was} 变为 {status}。", "A student who is {was} cannot become {status} at once."),
    Both("按学籍异动的先后依次登记。", "Enter the changes in their order."),
    was="graduated",
    status="suspended",
)
know(
    "student_reason_missing",
    Both("变更学籍状态、专业或年级须写明原因。", "A change of status, programme or entry year needs its reason."),
    Both("填写异动原因或文号。", "Say why, or give the document's number."),
)
know(
    "entry_year_implausible",
    Both("年级 {year} 不在 1990 至 2100 之间。", "The entry year {year} is not between 1990 and 2100."),
    Both("核对年级，写四位年份。", "Write the year with four digits."),
    year=24,
)


@dataclass(frozen=True)
class Desk:
    """What entering students takes beside the database: the key that seals their documents, and the day."""

    sealer: Sealer
    today: date


_MOVED = (
    "(target.status, target.programme_id, target.entry_year)"
    " IS DISTINCT FROM (new.status, new.programme_id, new.entry_year)"
)


_GIVEN = {
    "student_number": "text",
    "name": "text",
    "document_kind": "text",
    "document_hash": "bytea",
    "sealed_number": "bytea",
    "masked_number": "text",
    "programme_code": "text",
    "class_name": "text",
    "entry_year": "int",
    "status": "text",
    "effective_on": "date",
    "reason": "text",
}

_JOINS = """
LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
    AND programme.code = given.programme_code
LEFT JOIN identity_documents AS document ON document.institution_id = :institution_id
    AND document.lookup_hash = given.document_hash
LEFT JOIN students AS holder ON holder.institution_id = :institution_id
    AND holder.identity_document_id = document.id"""


@cache
def sheet() -> Sheet:
    """Describe students; made when it is first needed, for higher areas' tables hold documents too."""
    held = removing.is_held("identity_documents", "target.identity_document_id", but={"students"})
    return Sheet(
        kind="student",
        table="students",
        given=_GIVEN,
        key=("student_number",),
        stored={
            "student_number": "given.student_number",
            "name": "given.name",
            "identity_document_id": "document.id, CASE WHEN given.document_hash IS NOT NULL THEN given.fresh_id END",
            "programme_id": "programme.id",
            "class_name": "given.class_name",
            "entry_year": "given.entry_year",
            "status": "given.status",
        },
        defaults={"status": "'enrolled'"},
        joins=_JOINS,
        named="named.student_number = given.student_number",
        after="""
LEFT JOIN programmes AS its ON its.institution_id = :institution_id AND its.id = new.programme_id
LEFT JOIN programmes AS former ON former.institution_id = :institution_id AND former.id = target.programme_id""",
        beside={
            "document_kind": ("text", "given.document_kind"),
            "document_hash": ("bytea", "CASE WHEN document.id IS NULL THEN given.document_hash END"),
            "sealed_number": ("bytea", "given.sealed_number"),
            "masked_number": ("text", "given.masked_number"),
            "former_document_id": ("uuid", "target.identity_document_id"),
            "effective_on": ("date", "given.effective_on"),
            "reason": ("text", "given.reason"),
            "stands_anew": (
                "boolean",
                f"target.id IS NULL OR {_MOVED} OR target.class_name IS DISTINCT FROM new.class_name",
            ),
        },
        grounds=_grounds(held),
        personal=frozenset({"name"}),
    )


def _grounds(held: str) -> tuple[Ground, ...]:
    return (
        repeated("student_number"),
        unknown_row(),
        taken("student_number"),
        unknown("programme_unknown", "programme_code", "programme"),
        missing("programme_code", "new.programme_id"),
        outside("former.college_id", "former.id"),
        outside("its.college_id", "its.id"),
        *(missing(name) for name in ("student_number", "name", "class_name", "entry_year")),
        missing("document_number", "new.identity_document_id"),
        Ground(
            "document_taken",
            "holder.id IS NOT NULL AND holder.id IS DISTINCT FROM target.id",
            "document_number",
            "jsonb_build_object('id', holder.id)",
        ),
        Ground(
            "document_held",
            f"new.identity_document_id <> target.identity_document_id AND {held}",
            "document_number",
        ),
        Ground(
            "entry_year_implausible",
            "new.entry_year NOT BETWEEN 1990 AND 2100",
            "entry_year",
            "jsonb_build_object('year', new.entry_year)",
        ),
        Ground(
            "student_status_unknown",
            f"new.status NOT IN ({_STATUSES})",
            "status",
            f"jsonb_build_object('named', new.status, 'known', '{', '.join(StudentStatus)}')",
        ),
        Ground(
            "student_status_move",
            f"new.status <> target.status AND (target.status, new.status) NOT IN (VALUES {workflows.status_moves()})",
            "status",
            "jsonb_build_object('was', target.status, 'status', new.status)",
        ),
        Ground("student_reason_missing", f"target.id IS NOT NULL AND given.reason IS NULL AND {_MOVED}", "reason"),
    )


_STORE_DOCUMENTS = text("""
INSERT INTO identity_documents (institution_id, id, kind, sealed_number, key_id, lookup_hash, masked_number)
SELECT :institution_id, identity_document_id, document_kind, sealed_number, :key_id, document_hash, masked_number
FROM staged_students WHERE outcome IN ('created', 'changed') AND document_hash IS NOT NULL
""")

_STORE_STANDINGS = text("""
INSERT INTO student_standings
    (institution_id, student_id, status, programme_id, class_name, entry_year, effective_on, reason)
SELECT :institution_id, row_id, status, programme_id, class_name, entry_year, effective_on, reason
FROM staged_students WHERE outcome IN ('created', 'changed') AND stands_anew
""")

_MOVING = text("""
SELECT row_id FROM staged_students WHERE outcome = 'changed' AND stands_anew ORDER BY row_id
""")
_CREATED = "fact.id IN (SELECT row_id FROM staged_students WHERE outcome = 'created')"
_DOCUMENTS = """
SELECT identity_document_id FROM students
WHERE institution_id = :institution_id AND id = ANY(CAST(:student_ids AS uuid[]))
"""

# Nothing rests on a document that was replaced, or the row would have been refused.
_FORGET_DOCUMENTS = text("""
DELETE FROM identity_documents AS document USING staged_students AS staged
WHERE document.institution_id = :institution_id AND document.id = staged.former_document_id
    AND staged.outcome = 'changed' AND staged.identity_document_id <> staged.former_document_id
""")


async def enter_students(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[StudentRow], desk: Desk
) -> list[RowOutcome]:
    """Create and change students, many in one statement each; a row is found by its number, or by its id."""
    await decide_students(session, bounds=bounds, rows=rows, desk=desk)
    await write_students(session, bounds=bounds, desk=desk)
    await session.execute(_FORGET_DOCUMENTS, {"institution_id": bounds.institution_id})
    return await entering.tell(session, actor, sheet(), bounds=bounds)


async def decide_students(
    session: AsyncSession,
    *,
    bounds: Bounds,
    rows: Sequence[StudentRow],
    desk: Desk,
    faults: Mapping[int, Fault] | None = None,
) -> None:
    """Stage students with what becomes of each; `faults` are those found before."""
    # Sealing a hundred thousand takes seconds, in which the worker must still say that it is alive.
    many = len(rows) > _SEALED_AT_ONCE
    computed, found = await asyncio.to_thread(_sealed, rows, desk) if many else _sealed(rows, desk)
    await entering.decide(
        session, sheet(), bounds=bounds, rows=rows, computed=computed, faults={**found, **(faults or {})}
    )


async def write_students(session: AsyncSession, *, bounds: Bounds, desk: Desk) -> None:
    """Write what was decided: documents, students, and how they stand; a replaced document stays."""
    values = {"institution_id": bounds.institution_id}
    await session.execute(_STORE_DOCUMENTS, values | {"key_id": desk.sealer.key_id})
    moving = (await session.scalars(_MOVING, values)).all()
    await lock_students(session, institution_id=bounds.institution_id, student_ids=moving)
    async with tallies.moving(session, institution_id=bounds.institution_id, owner_ids=moving):
        await entering.write(session, sheet(), bounds=bounds)
    await tallies.add(session, STUDENTS, institution_id=bounds.institution_id, rows=_CREATED)
    await session.execute(_STORE_STANDINGS, values)


async def lock_students(session: AsyncSession, *, institution_id: UUID, student_ids: Sequence[UUID]) -> None:
    """Lock students before they move, so that what counts for their programme comes before or after it."""
    if student_ids:
        values = {"institution_id": institution_id, "student_ids": list(student_ids)}
        await queries.lock_persons(session, documents=_DOCUMENTS, values=values)


def _sealed(rows: Sequence[StudentRow], desk: Desk) -> tuple[Mapping[str, Sequence[object]], Mapping[int, Fault]]:
    """Seal and hash the documents, and find what is wrong with them before the database is asked."""
    columns: dict[str, list[Any]] = {"document_hash": [], "sealed_number": [], "masked_number": [], "effective_on": []}
    faults: dict[int, Fault] = {}
    first: dict[bytes, int] = {}
    for row in rows:
        columns["effective_on"].append(row.effective_on or desk.today)
        if row.document_number is None:
            for name in ("document_hash", "sealed_number", "masked_number"):
                columns[name].append(None)
            continue
        number, fault = documents.read(row.document_kind, row.document_number)
        lookup_hash = desk.sealer.lookup_hash(row.document_kind, number)
        if fault is not None:
            faults[row.place] = Fault(fault, "document_number")
        elif first.setdefault(lookup_hash, row.place) != row.place:
            faults[row.place] = Fault("document_repeated", "document_number", str(first[lookup_hash]))
        columns["document_hash"].append(lookup_hash)
        columns["sealed_number"].append(desk.sealer.seal(number.encode(), context=_CONTEXT))
        columns["masked_number"].append(documents.mask(number))
    return columns, faults
