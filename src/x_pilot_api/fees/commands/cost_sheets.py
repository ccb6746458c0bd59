"""Drawing up cost sheets, and deciding on them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, clock, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, NotFound
from x_pilot_api.fees import queries, rules
from x_pilot_api.fees.errors import CostChangeLimitKnown, CostSheetBreaches, CostSheetEmpty, CostSheetOpen
from x_pilot_api.fees.models import CostChangeLimit, CostSheet, CostSheetLine, CostSheetState
from x_pilot_api.fees.rules import SHEET_KIND, SHEET_WORKFLOW, CostLine, Severity
from x_pilot_api.fees.schemas import CostChangeLimitIn, CostLineIn, CostSheetChange, CostSheetIn

_OPEN = (CostSheetState.DRAFT, CostSheetState.SUBMITTED, CostSheetState.RETURNED)


async def draw_up_cost_sheet(session: AsyncSession, actor: Actor, *, wish: CostSheetIn) -> CostSheet:
    """Draw up a sheet, the first or the next version of it."""
    college = await certificates.get_own_college(session, actor, wish.college_id)
    level = await certificates.get_level(session, wish.certificate_level_id)
    key: dict[str, Any] = {
        "institution_id": college.institution_id,
        "college_id": college.id,
        "level_id": wish.certificate_level_id,
        "exam_form": wish.exam_form,
        "year": wish.year,
    }
    latest = await queries.find_latest_version(session, **key)
    if latest is None or latest.state not in _OPEN:
        made = await session.scalars(
            postgresql.insert(CostSheet)
            .values(
                institution_id=college.institution_id,
                organisation_id=level.organisation_id,
                version=latest.version + 1 if latest else 1,
                drawn_up_by=actor.id,
                **wish.model_dump(exclude={"lines"}),
                **_costs(wish.lines, candidates=wish.candidates),
            )
            .on_conflict_do_nothing()
            .returning(CostSheet)
        )
        sheet = made.one_or_none()
        if sheet is not None:
            await _write_lines(session, sheet, wish.lines)
            await _record(session, actor, "draw_up", sheet, before=None)
            return sheet
        latest = await queries.find_latest_version(session, **key)
    if latest is None:
        raise NotFound(what="cost sheet", zh="成本核算表")
    raise CostSheetOpen(cost_sheet_id=str(latest.id), version=latest.version, state=latest.state)


async def change_cost_sheet(session: AsyncSession, actor: Actor, *, sheet: CostSheet, change: CostSheetChange) -> None:
    """Write a sheet anew with all its lines, while it is a draft or was returned."""
    target = SHEET_WORKFLOW.target_of("change", state=sheet.state)
    before = _standing(sheet)
    sheet.machine_marked, sheet.candidates, sheet.state = change.machine_marked, change.candidates, target
    for name, value in _costs(change.lines, candidates=change.candidates).items():
        setattr(sheet, name, value)
    await session.flush()
    await session.execute(
        delete(CostSheetLine).where(
            CostSheetLine.institution_id == sheet.institution_id, CostSheetLine.cost_sheet_id == sheet.id
        )
    )
    await _write_lines(session, sheet, change.lines)
    await _record(session, actor, "change", sheet, before=before)


def _costs(lines: Sequence[CostLineIn], *, candidates: int) -> dict[str, int]:
    read = [
        CostLine(
            position=position,
            element=line.element,
            payer=line.payer,
            in_kind=line.in_kind,
            quantity_hundredths=line.quantity,
            unit_cost_fen=line.unit_cost_fen,
            spread_over=line.spread_over,
        )
        for position, line in enumerate(lines, start=1)
    ]
    return {
        "cash_fen": rules.round_fen(rules.cash_of(read, candidates=candidates)),
        "in_kind_fen": rules.round_fen(rules.in_kind_of(read, candidates=candidates)),
    }


async def _write_lines(session: AsyncSession, sheet: CostSheet, lines: Sequence[CostLineIn]) -> None:
    rows = [
        line.model_dump(exclude={"quantity"})
        | {
            "institution_id": sheet.institution_id,
            "cost_sheet_id": sheet.id,
            "position": position,
            "quantity_hundredths": line.quantity,
        }
        for position, line in enumerate(lines, start=1)
    ]
    if rows:
        await session.execute(insert(CostSheetLine), rows)


async def submit_cost_sheet(session: AsyncSession, actor: Actor, *, sheet: CostSheet, today: date) -> None:
    """Hand a sheet to the office; one that goes against a published rule is not taken."""
    target = SHEET_WORKFLOW.target_of("submit", state=sheet.state)
    lines = await queries.list_lines(session, sheet)
    if not lines:
        raise CostSheetEmpty
    found = rules.lint(await queries.read_facts(session, sheet, lines, today=today))
    breaches = [finding for finding in found if finding.severity is Severity.BREACH]
    if breaches:
        raise CostSheetBreaches(breaches=len(breaches), faults=[_fault(finding) for finding in breaches])
    before = _standing(sheet)
    sheet.state, sheet.submitted_by, sheet.submitted_at = target, actor.id, clock.now()
    sheet.decided_by = sheet.decided_at = sheet.reason = None
    await session.flush()
    await _record(session, actor, "submit", sheet, before=before, findings=[each.item.code for each in found])


def _fault(finding: rules.Finding) -> Fault:
    spoken = languages.spoken()
    said = finding.item.detail.said_in(spoken).format_map(dict(finding.figures))
    pointer = "/lines" if finding.position is None else f"/lines/{finding.position - 1}"
    detail = f"{said} [{finding.clause.said_in(spoken)}]"
    return {"pointer": pointer, "code": finding.item.code, "detail": detail, "blocking": True}


async def accept_cost_sheet(session: AsyncSession, actor: Actor, *, sheet: CostSheet) -> None:
    """Accept a sheet; the version before it is superseded at the same moment."""
    target = SHEET_WORKFLOW.target_of("accept", state=sheet.state)
    rules.check_decides(actor, sheet)
    earlier = await queries.find_accepted(session, sheet, year=sheet.year, lock=True)
    if earlier is not None:
        was = _standing(earlier)
        earlier.state = SHEET_WORKFLOW.target_of("supersede", state=earlier.state)
        # Written first, since the database admits one accepted version.
        await session.flush()
        await _record(session, actor, "supersede", earlier, before=was)
    await _decide(session, actor, "accept", sheet, target=target, reason=None)


async def return_cost_sheet(session: AsyncSession, actor: Actor, *, sheet: CostSheet, reason: str) -> None:
    """Give a sheet back to be corrected."""
    target = SHEET_WORKFLOW.target_of("return", state=sheet.state)
    rules.check_decides(actor, sheet)
    await _decide(session, actor, "return", sheet, target=target, reason=reason)


async def _decide(
    session: AsyncSession, actor: Actor, deed: str, sheet: CostSheet, *, target: str, reason: str | None
) -> None:
    before = _standing(sheet)
    sheet.state, sheet.reason, sheet.decided_by, sheet.decided_at = target, reason, actor.id, clock.now()
    await session.flush()
    await _record(session, actor, deed, sheet, before=before)


async def load_cost_change_limit(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: CostChangeLimitIn
) -> CostChangeLimit:
    """Say from which change against last year on one is warned; what was loaded before stays on record."""
    made = await session.scalars(
        postgresql.insert(CostChangeLimit)
        .values(institution_id=institution_id, **wish.model_dump())
        .on_conflict_do_nothing()
        .returning(CostChangeLimit)
    )
    limit = made.one_or_none()
    if limit is None:
        known = await queries.find_change_limit_from(
            session, institution_id=institution_id, effective_from=wish.effective_from
        )
        raise CostChangeLimitKnown(
            effective_from=wish.effective_from.isoformat(),
            percent=known.percent if known else 0,
            document_number=known.document_number if known else "-",
        )
    await audit.record(
        session,
        actor,
        "load_cost_change_limit",
        institution_id=institution_id,
        object_kind="cost_change_limit",
        object_id=limit.id,
        detail={"percent": limit.percent},
        after=changes.fields_of(limit, "percent", "effective_from"),
    )
    return limit


def _standing(sheet: CostSheet) -> audit.State:
    return changes.fields_of(
        sheet, "state", "version", "machine_marked", "candidates", "cash_fen", "in_kind_fen", "reason"
    )


async def _record(
    session: AsyncSession, actor: Actor, deed: str, sheet: CostSheet, *, before: audit.State | None, **detail: object
) -> None:
    await audit.record(
        session,
        actor,
        f"{deed}_cost_sheet",
        institution_id=sheet.institution_id,
        object_kind=SHEET_KIND,
        object_id=sheet.id,
        detail={"version": sheet.version, "cash_fen": sheet.cash_fen} | detail,
        before=before,
        after=_standing(sheet),
    )
