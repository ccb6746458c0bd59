"""Recording vouchers for many charges at once: judged row by row, written by one statement, or not at all."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries
from x_pilot_api.charges.commands import paying
from x_pilot_api.charges.errors.vouchers import VouchersRefused
from x_pilot_api.charges.models import Payment, PaymentChannel
from x_pilot_api.charges.rules import open_fen
from x_pilot_api.charges.rules import vouchers as rules
from x_pilot_api.charges.rules.vouchers import Line, Owing, Wrong
from x_pilot_api.charges.schemas.vouchers import VoucherFaultOut, VoucherRowIn, VouchersRecordedOut
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables.sheets import Sheet, fault_of


@dataclass(frozen=True)
class Given:
    """The rows that could be read, and what is wrong with the others; `is_file` says how places are named."""

    lines: Sequence[Line]
    faults: Sequence[Fault]
    is_file: bool
    size: int


def from_list(rows: Sequence[VoucherRowIn]) -> Given:
    """Take the rows of a form."""
    lines = [Line(number, **row.model_dump()) for number, row in enumerate(rows, start=1)]
    return Given(lines, [], is_file=False, size=len(rows))


def from_sheet(sheet: Sheet) -> Given:
    """Take the rows of a file."""
    lines = [Line(number, **{**values, **_charge_of(values)}) for number, values in sheet.rows.items()]
    return Given(lines, sheet.faults, is_file=True, size=sheet.size)


def _charge_of(values: Mapping[str, Any]) -> dict[str, Any]:
    with suppress(ValueError):
        return {"charge_id": UUID(values["charge_id"])}
    return {"charge_id": None}


async def record_vouchers(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, given: Given, today: date, validate_only: bool
) -> VouchersRecordedOut:
    """Record a list of vouchers, all or none, each to be confirmed by somebody else; or tell what would become of it.

    The charges are locked in the order of their ids, so that what is judged stays true until it is written.
    """
    ids = {line.charge_id for line in given.lines if line.charge_id is not None}
    charges = await queries.lock_charges(session, actor, ids)
    recorded = await queries.find_documents(
        session, institution_id=institution_id, numbers={line.document_number for line in given.lines}
    )
    owing = {charge.id: Owing(charge.state, open_fen(charge)) for charge in charges}
    wrongs = rules.judge(given.lines, owing=owing, recorded=recorded, today=today)
    faults = sorted([*given.faults, *(_fault(wrong, given) for wrong in wrongs)], key=lambda fault: fault.get("row", 0))
    refused = {fault.get("row") for fault in faults}
    if faults and not validate_only:
        raise VouchersRefused(rows=given.size, refused=len(refused), faults=faults)
    taken = [line for line in given.lines if line.number not in refused]
    if not validate_only:
        await _write(session, actor, institution_id=institution_id, lines=taken)
    return VouchersRecordedOut(
        validate_only=validate_only,
        rows=given.size,
        recorded=len(taken),
        documents=len({line.document_number for line in taken}),
        amount_fen=sum(line.amount_fen for line in taken),
        refused=[VoucherFaultOut.model_validate(fault) for fault in faults],
    )


def _fault(wrong: Wrong, given: Given) -> Fault:
    if given.is_file:
        header = next(column.header for column in rules.COLUMNS if column.name == wrong.column)
        return fault_of(wrong.number, header, wrong.item, wrong.figures)
    fault = fault_of(wrong.number, wrong.column, wrong.item, wrong.figures)
    fault["pointer"] = f"/rows/{wrong.number - 1}/{wrong.column}"
    return fault


async def _write(session: AsyncSession, actor: Actor, *, institution_id: UUID, lines: Sequence[Line]) -> None:
    of = {"institution_id": institution_id, "channel": PaymentChannel.VOUCHER, "recorded_by": actor.id}
    made = {uuid4(): line for line in lines}
    rows = [
        of
        | {"id": payment_id, "charge_id": line.charge_id, "amount_fen": line.amount_fen}
        | {"document_number": line.document_number, "paid_on": line.paid_on}
        for payment_id, line in made.items()
    ]
    await session.execute(insert(Payment), rows)
    await audit.record_each(
        session,
        actor,
        "record_voucher",
        institution_id=institution_id,
        object_kind=paying.AUDIT_KIND,
        objects={
            payment_id: Told({"charge_id": str(line.charge_id), "amount_fen": line.amount_fen, "channel": "voucher"})
            for payment_id, line in made.items()
        },
    )
