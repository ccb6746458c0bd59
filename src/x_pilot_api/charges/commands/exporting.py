"""Exporting charges as a workbook: read page by page, written beside the loop, sent from a file that then goes."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries
from x_pilot_api.charges.models import Charge
from x_pilot_api.charges.queries import ChargeSearch
from x_pilot_api.charges.rules import open_fen
from x_pilot_api.core import audit, languages, workbooks
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.core.service import Service
from x_pilot_api.core.workbooks import Cell, Workbook

_PAGE = 5_000
_SHEET = Both("收费", "Charges")
_HEADINGS = (
    Both("收费编号", "Charge"),
    Both("报名编号", "Registration"),
    Both("考核形式", "Exam form"),
    Both("缴费方", "Payer"),
    Both("状态", "State"),
    Both("应收（元）", "Amount (yuan)"),
    Both("减免（元）", "Waived (yuan)"),
    Both("资助（元）", "Subsidised (yuan)"),
    Both("已缴（元）", "Paid (yuan)"),
    Both("已退（元）", "Refunded (yuan)"),
    Both("尚欠（元）", "Open (yuan)"),
    Both("产生日期", "Raised on"),
)


async def export_charges(
    session: AsyncSession, actor: Actor, *, service: Service, institution_id: UUID, search: ChargeSearch
) -> AsyncGenerator[bytes]:
    """Record who takes charges out, and give the workbook, to be read once that is committed."""
    asked = {"exam_plan_id": str(search.exam_plan_id) if search.exam_plan_id else None, "state": search.state}
    await audit.record(
        session,
        actor,
        "export_charges",
        institution_id=institution_id,
        object_kind="charges",
        object_id=search.exam_plan_id or uuid4(),
        detail=asked,
    )
    headings = [heading.said_in(languages.spoken()) for heading in _HEADINGS]
    return _written(service, actor, institution_id, search, _SHEET.said_in(languages.spoken()), headings)


async def _written(
    service: Service, actor: Actor, institution_id: UUID, search: ChargeSearch, sheet: str, headings: list[str]
) -> AsyncGenerator[bytes]:
    with tempfile.TemporaryDirectory(prefix="x-pilot-") as folder:
        path = Path(folder) / "charges.xlsx"
        book = Workbook(path)
        book.begin_sheet(sheet, headings)
        after: tuple[str, ...] | None = None
        while True:
            async with service.database.transaction(read_only=True, institution_id=institution_id) as session:
                wish = PageWish(size=_PAGE, after=after)
                rows, token = await queries.list_charges(session, actor, search=search, wish=wish)
            await asyncio.to_thread(book.write, [_cells(row) for row in rows])
            if token is None:
                break
            after = (str(rows[-1].id),)
        await asyncio.to_thread(book.close)
        for chunk in workbooks.read_in_chunks(path):
            yield chunk


def _cells(row: Charge) -> list[Cell]:
    figures = (row.amount_fen, row.waived_fen, row.subsidised_fen, row.paid_fen, row.refunded_fen, open_fen(row))
    return [
        str(row.id),
        str(row.registration_id),
        row.exam_form,
        row.payer,
        row.state,
        *(Decimal(fen).scaleb(-2) for fen in figures),
        row.raised_at.date(),
    ]
