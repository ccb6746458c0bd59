"""Keeping the list of lead units: a whole list by one document, each line with its own outcome."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.posts import queries
from x_pilot_api.posts.models import LeadUnit, LeadUnitCertificate, LeadUnitOutcome
from x_pilot_api.posts.rules import groups
from x_pilot_api.posts.rules import units as rules
from x_pilot_api.posts.schemas import LeadUnitEndIn, LeadUnitListIn, LeadUnitListOut, LeadUnitRowIn, LeadUnitRowOut

_NEW = frozenset({LeadUnitOutcome.ADDED, LeadUnitOutcome.SUCCEEDED})


async def load_lead_units(session: AsyncSession, actor: Actor, *, wish: LeadUnitListIn) -> LeadUnitListOut:
    """Take in a list of lead units; a unit that follows another ends its term on the day before."""
    institution_id = actor.own_institution()
    names = {name for row in wish.rows for name in row.certificate_names}
    found = await queries.find_named_certificates(session, names)
    lines = [_line(row, found) for row in wish.rows]
    known = await queries.find_terms(session, actor, {line.category for line in lines})
    fates = rules.decide(lines, known, valid_from=wish.valid_from, valid_to=wish.valid_to)
    ended = [fate.term_id for fate in fates if fate.outcome == LeadUnitOutcome.SUCCEEDED]
    if ended:
        await session.execute(
            update(LeadUnit)
            .where(LeadUnit.institution_id == institution_id, LeadUnit.id.in_(ended))
            .values(valid_to=groups.day_before(wish.valid_from), end_document=wish.document)
        )
    made = {index: uuid4() for index, fate in enumerate(fates) if fate.outcome in _NEW}
    await _add(session, actor, institution_id, wish, lines, made)
    told = _told(lines, fates, made)
    await audit.record_each(
        session,
        actor,
        "load_lead_units",
        institution_id=institution_id,
        object_kind=rules.AUDIT_KIND,
        objects={unit_id: audit.Told({"document": wish.document}) for unit_id in made.values()},
    )
    return told


def _line(row: LeadUnitRowIn, found: Mapping[str, Sequence[UUID]]) -> rules.Line:
    ids = frozenset(each for name in row.certificate_names for each in found.get(name, ()))
    unknown = tuple(name for name in row.certificate_names if name not in found)
    return rules.Line(row.category, row.unit_name, ids, unknown)


async def _add(
    session: AsyncSession,
    actor: Actor,
    institution_id: UUID,
    wish: LeadUnitListIn,
    lines: Sequence[rules.Line],
    made: Mapping[int, UUID],
) -> None:
    units = [
        {
            "institution_id": institution_id,
            "id": unit_id,
            "category": lines[index].category,
            "unit_name": lines[index].unit_name,
            "document": wish.document,
            "valid_from": wish.valid_from,
            "valid_to": wish.valid_to,
            "recorded_by": actor.id,
        }
        for index, unit_id in made.items()
    ]
    held = [
        {"institution_id": institution_id, "lead_unit_id": unit_id, "certificate_id": each}
        for index, unit_id in made.items()
        for each in sorted(lines[index].certificate_ids)
    ]
    if units:
        await session.execute(insert(LeadUnit), units)
    if held:
        await session.execute(insert(LeadUnitCertificate), held)


def _told(lines: Sequence[rules.Line], fates: Sequence[rules.Fate], made: Mapping[int, UUID]) -> LeadUnitListOut:
    rows = [
        LeadUnitRowOut(
            row=index + 1,
            category=line.category,
            outcome=fate.outcome,
            code=fate.code,
            unknown=list(line.unknown),
            lead_unit_id=made.get(index) or (fate.term_id if fate.outcome == LeadUnitOutcome.UNCHANGED else None),
        )
        for index, (line, fate) in enumerate(zip(lines, fates, strict=True))
    ]
    counts = {outcome.value: sum(row.outcome == outcome for row in rows) for outcome in LeadUnitOutcome}
    return LeadUnitListOut(rows=rows, **counts)


async def end_lead_unit(session: AsyncSession, actor: Actor, *, unit_id: UUID, wish: LeadUnitEndIn) -> LeadUnit:
    """End a unit's lead on a day, by a document."""
    unit = await queries.get_unit(session, actor, unit_id, lock=True)
    rules.check_end(unit, last_day=wish.valid_to)
    before = changes.fields_of(unit, "valid_to", "end_document")
    unit.valid_to, unit.end_document = wish.valid_to, wish.document
    await session.flush()
    await audit.record(
        session,
        actor,
        "end_lead_unit",
        institution_id=unit.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=unit.id,
        before=before,
        after=changes.fields_of(unit, "valid_to", "end_document"),
    )
    return unit
