"""Adding participants to a class, one or a list: judged row by row, added whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.tables.sheets import Sheet, fault_of
from x_pilot_api.registry import commands as registry
from x_pilot_api.registry.rules import documents
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import ParticipantsRefused
from x_pilot_api.social_training.models import ParticipantState, SocialClass, SocialParticipant
from x_pilot_api.social_training.rules import Line, Wrong
from x_pilot_api.social_training.schemas import (
    SocialParticipantIn,
    SocialParticipantRowOut,
    SocialParticipantsOut,
    SocialRowFaultOut,
)


@dataclass(frozen=True)
class Given:
    """The rows that could be read, and what is wrong with the others; `is_file` says how places are named."""

    lines: Sequence[Line] = field(repr=False)
    faults: Sequence[Fault]
    is_file: bool
    size: int


def from_list(rows: Sequence[SocialParticipantIn]) -> Given:
    """Take the rows of a form."""
    lines = [Line(number, **row.model_dump()) for number, row in enumerate(rows, start=1)]
    return Given(lines, [], is_file=False, size=len(rows))


def from_sheet(sheet: Sheet) -> Given:
    """Take the rows of a file."""
    lines = [
        Line(number, **{name: value for name, value in row.items() if value is not None})
        for number, row in sheet.rows.items()
    ]
    return Given(lines, sheet.faults, is_file=True, size=sheet.size)


async def enrol_participants(
    session: AsyncSession,
    actor: Actor,
    *,
    class_id: UUID,
    given: Given,
    sealer: Sealer,
    today: date,
    validate_only: bool,
) -> SocialParticipantsOut:
    """Add people to a class, all or none; who had withdrawn takes part again. Or tell what would become of each row."""
    class_ = await queries.get_class(session, actor, class_id, own=True, lock=True)
    rules.check_beside("enrol", class_)
    hashes = _hashes(given.lines, sealer)
    known = await queries.find_by_hash(session, class_, hashes.values())
    wrongs = rules.judge(
        given.lines,
        hashes=hashes,
        enrolled={each for each, found in known.items() if found.state == ParticipantState.ENROLLED},
        places=class_.places,
        left=class_.places - class_.taken,
        today=today,
    )
    faults = sorted([*given.faults, *(_fault(wrong, given) for wrong in wrongs)], key=lambda fault: fault.get("row", 0))
    refused = {fault.get("row") for fault in faults}
    if faults and not validate_only:
        raise ParticipantsRefused(rows=given.size, refused=len(refused), faults=faults)
    taken = [line for line in given.lines if line.number not in refused]
    back = {line.number for line in taken if hashes[line.number] in known}
    if not validate_only:
        await _write(session, actor, class_, taken, known={hashes[n]: known[hashes[n]] for n in back}, sealer=sealer)
    outcomes = {line.number: "rejoined" if line.number in back else "added" for line in taken}
    outcomes |= {row: "refused" for row in refused if row is not None}
    return SocialParticipantsOut(
        validate_only=validate_only,
        rows=given.size,
        added=len(taken) - len(back),
        rejoined=len(back),
        outcomes=[SocialParticipantRowOut(row=row, outcome=outcomes[row]) for row in sorted(outcomes)],
        refused=[SocialRowFaultOut.model_validate(fault) for fault in faults],
    )


def _document(line: Line) -> registry.Given:
    return registry.Given(line.document_kind, line.document_number)


def _hashes(lines: Sequence[Line], sealer: Sealer) -> dict[int, bytes]:
    """Find the hashes of the documents that can be read."""
    return {
        line.number: registry.hash_of(_document(line), sealer)
        for line in lines
        if documents.read(line.document_kind, line.document_number).fault is None
    }


def _fault(wrong: Wrong, given: Given) -> Fault:
    if given.is_file:
        header = next(column.header for column in rules.COLUMNS if column.name == wrong.column)
        return fault_of(wrong.number, header, wrong.item, wrong.figures)
    fault = fault_of(wrong.number, wrong.column, wrong.item, wrong.figures)
    fault["pointer"] = f"/participants/{wrong.number - 1}/{wrong.column}"
    return fault


async def _write(
    session: AsyncSession,
    actor: Actor,
    class_: SocialClass,
    lines: Sequence[Line],
    *,
    known: Mapping[bytes, SocialParticipant],
    sealer: Sealer,
) -> None:
    """Keep the documents, and write who is new in one statement and who comes back in another."""
    kept = await registry.keep_documents(
        session, institution_id=class_.institution_id, given=[_document(line) for line in lines], sealer=sealer
    )
    of = {"institution_id": class_.institution_id, "social_class_id": class_.id}
    added: list[dict[str, Any]] = []
    for line in lines:
        lookup_hash = registry.hash_of(_document(line), sealer)
        said = {
            "name": line.name,
            "social_group": line.social_group,
            "employer": line.employer,
            "consented_on": line.consented_on,
        }
        before = known.get(lookup_hash)
        if before is None:
            added.append(of | said | {"identity_document_id": kept[lookup_hash]})
            continue
        for name, value in (said | {"state": ParticipantState.ENROLLED, "reason": None}).items():
            setattr(before, name, value)
    made: Sequence[UUID] = []
    if added:
        # Their ids follow each other as the rows do, so that they are listed as they were given.
        made = (await session.scalars(insert(SocialParticipant).returning(SocialParticipant.id), added)).all()
    class_.taken += len(lines)
    await session.flush()
    await audit.record(
        session,
        actor,
        "enrol_participants",
        institution_id=class_.institution_id,
        object_kind=rules.CLASS_KIND,
        object_id=class_.id,
        detail={
            "added": len(added),
            "rejoined": len(known),
            "participant_ids": sorted(str(each) for each in (*made, *(row.id for row in known.values()))),
        },
    )
