"""Exporting a statement as a workbook: what the account held, and one row a movement."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages, workbooks
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.pagination import PageWish, read_token
from x_pilot_api.core.service import Service
from x_pilot_api.core.workbooks import Cell, Workbook
from x_pilot_api.credits import queries
from x_pilot_api.credits.models import CreditAccount
from x_pilot_api.credits.schemas import StatementEntryOut, StatementOut

_PAGE = 5_000
_SUMMARY = Both("汇总", "Summary")
_ROWS = Both("明细", "Movements")
_SUMMARY_HEADINGS = (Both("项目", "Item"), Both("数值", "Figure"))
_FIGURES: tuple[tuple[str, Both], ...] = (
    ("accumulated", Both("已积累学分", "Accumulated credits")),
    ("pending", Both("待入账学分", "Pending credits")),
    ("held", Both("占用学分", "Held credits")),
    ("available", Both("可用学分", "Available credits")),
)
_AS_OF = Both("截至时间", "As of")
_HEADINGS = (
    Both("序号", "No."),
    Both("记账时间", "Recorded at"),
    Both("说明", "What"),
    Both("学分", "Credits"),
    Both("入账变动", "Change of posted"),
    Both("积累余额", "Accumulated after"),
    Both("待入账余额", "Pending after"),
    Both("占用余额", "Held after"),
    Both("证书编号", "Certificate number"),
    Both("规则版本", "Version of the rule"),
    Both("记账凭证", "Entry"),
)


async def export_statement(
    session: AsyncSession, actor: Actor, *, service: Service, account: CreditAccount, as_of: datetime | None
) -> AsyncGenerator[bytes]:
    """Record who takes a statement out, and give the workbook, to be read once that is committed."""
    first = await queries.state_account(session, account, as_of=as_of, wish=PageWish(size=_PAGE, after=None))
    await audit.record(
        session,
        actor,
        "export_statement",
        institution_id=account.institution_id,
        object_kind="credit_account",
        object_id=account.id,
        detail={"movements": first.movements, "as_of": first.as_of.isoformat()},
    )
    return _written(service, account, first, languages.spoken())


async def _written(
    service: Service, account: CreditAccount, first: StatementOut, language: Language
) -> AsyncGenerator[bytes]:
    with tempfile.TemporaryDirectory(prefix="x-pilot-") as folder:
        path = Path(folder) / "statement.xlsx"
        book = Workbook(path)
        book.begin_sheet(_SUMMARY.said_in(language), [it.said_in(language) for it in _SUMMARY_HEADINGS])
        book.write([(_AS_OF.said_in(language), first.as_of.isoformat())])
        book.write([(said.said_in(language), _credit(getattr(first, name))) for name, said in _FIGURES])
        book.begin_sheet(_ROWS.said_in(language), [it.said_in(language) for it in _HEADINGS])
        page = first
        await asyncio.to_thread(book.write, [_cells(entry, language) for entry in page.entries])
        while page.next_page_token is not None:
            wish = PageWish(size=_PAGE, after=read_token(page.next_page_token))
            own = account.institution_id
            async with service.database.transaction(read_only=True, institution_id=own) as session:
                page = await queries.state_account(session, account, as_of=None, wish=wish)
            await asyncio.to_thread(book.write, [_cells(entry, language) for entry in page.entries])
        await asyncio.to_thread(book.close)
        for chunk in workbooks.read_in_chunks(path):
            yield chunk


def _cells(entry: StatementEntryOut, language: Language) -> list[Cell]:
    return [
        entry.seq,
        entry.recorded_at.isoformat(timespec="seconds"),
        Both(entry.says.zh, entry.says.en).said_in(language),
        _credit(entry.amount),
        _credit(entry.posted_change),
        _credit(entry.accumulated_after),
        _credit(entry.pending_after),
        _credit(entry.held_after),
        entry.evidence.award_number,
        entry.evidence.mapping_version,
        str(entry.entry_id),
    ]


def _credit(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
