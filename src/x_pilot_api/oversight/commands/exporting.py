"""Exporting the audit: page by page, so that neither memory nor a transaction lasts as long as a slow download."""

import csv
import io
import json
from collections.abc import AsyncGenerator, Sequence
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.commands import reading
from x_pilot_api.oversight.queries import Search
from x_pilot_api.oversight.schemas import AuditEventOut

_PAGE = 1_000
_COLUMNS = tuple(AuditEventOut.model_fields)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Format(StrEnum):
    """How an export is written."""

    NDJSON = "ndjson"
    CSV = "csv"


async def export_events(
    session: AsyncSession, actor: Actor, *, service: Service, search: Search, form: Format, asked: JsonObject
) -> AsyncGenerator[bytes]:
    """Record who exports what, and give what they asked for, to be read once that is committed."""
    await reading.note_reading(session, actor, deed="export_audit", asked=asked)
    return _pages(service, actor, search=search, form=form)


async def _pages(service: Service, actor: Actor, *, search: Search, form: Format) -> AsyncGenerator[bytes]:
    """Write page after page; each is read in a transaction of its own, over before it is sent."""
    wish = pagination.PageWish(size=_PAGE, after=None)
    if form is Format.CSV:
        yield "\ufeff".encode() + _csv([_COLUMNS])
    while True:
        async with service.database.transaction(read_only=True) as session:
            rows, token = await queries.list_events(session, actor, search=search, wish=wish)
        yield write_page([AuditEventOut.model_validate(row, from_attributes=True) for row in rows], form)
        if token is None:
            return
        wish = pagination.PageWish(size=_PAGE, after=pagination.read_token(token))


def write_page(events: Sequence[AuditEventOut], form: Format) -> bytes:
    """Write some events in the form asked for."""
    if form is Format.NDJSON:
        return "".join(f"{event.model_dump_json()}\n" for event in events).encode()
    return _csv([[_cell(value) for value in event.model_dump(mode="json").values()] for event in events])


def _cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{said}" if said.startswith(_FORMULA) else said


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
