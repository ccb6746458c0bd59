"""Loading the lines of a cost sheet from a file, whole or not at all."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables.sheets import Sheet, fault_of
from x_pilot_api.fees import queries, rules
from x_pilot_api.fees.commands import cost_sheets
from x_pilot_api.fees.errors import FeeFileRefused
from x_pilot_api.fees.models import CostSheet
from x_pilot_api.fees.rules import SHEET_WORKFLOW
from x_pilot_api.fees.schemas import CostLineIn, CostLinesLoadedOut, CostSheetChange, CostSheetOut, LoadFaultOut


async def load_cost_lines(
    session: AsyncSession, actor: Actor, *, sheet: CostSheet, file: Sheet, validate_only: bool, today: date
) -> CostLinesLoadedOut:
    """Replace a sheet's lines by those of a file; with `validate_only` tell what would become of it."""
    SHEET_WORKFLOW.target_of("change", state=sheet.state)
    lines, faults = _judge(file)
    if faults and not validate_only:
        raise FeeFileRefused(rows=file.size, refused=len({fault.get("row") for fault in faults}), faults=faults)
    told: CostSheetOut | None = None
    if not faults:
        change = CostSheetChange(machine_marked=sheet.machine_marked, candidates=sheet.candidates, lines=lines)
        if validate_only:
            async with db.rehearsal(session):
                told = await _load(session, actor, sheet, change, today=today)
        else:
            told = await _load(session, actor, sheet, change, today=today)
    refused = [LoadFaultOut.model_validate(fault) for fault in faults]
    return CostLinesLoadedOut(validate_only=validate_only, rows=file.size, sheet=told, refused=refused)


async def _load(
    session: AsyncSession, actor: Actor, sheet: CostSheet, change: CostSheetChange, *, today: date
) -> CostSheetOut:
    await cost_sheets.change_cost_sheet(session, actor, sheet=sheet, change=change)
    return await queries.describe_sheet(session, actor, sheet, today=today)


def _judge(file: Sheet) -> tuple[list[CostLineIn], list[Fault]]:
    lines: list[CostLineIn] = []
    faults = list(file.faults)
    for number, values in file.rows.items():
        wrong = rules.fault_of_line(values)
        if wrong is None:
            given = {name: value for name, value in values.items() if value is not None}
            said = quantities.format_hundredths(values["quantity"])
            lines.append(CostLineIn.model_validate(given | {"quantity": said}))
        else:
            column, item, figures = wrong
            faults.append(fault_of(number, column, item, figures))
    return lines, sorted(faults, key=lambda fault: fault.get("row", 0))
