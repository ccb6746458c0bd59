"""Where conversions are staged while a deed on them is decided: one row a conversion, one a course of it."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages, staging
from x_pilot_api.core.errors import Fault
from x_pilot_api.credits import rules
from x_pilot_api.credits.errors import ConversionsRefused

STAGED: Table = staging.staging_table(
    "staged_conversions",
    Column("place", Integer),
    Column("conversion_id", Uuid),
    Column("student_id", Uuid),
    Column("outcome_id", Uuid),
    Column("mapping_id", Uuid),
    Column("certificate_level_id", Uuid),
    Column("certificate_id", Uuid),
    Column("is_towards", Boolean),
    Column("credit", BigInteger),
    Column("hold_entry_id", Uuid),
    Column("cover_entry_id", Uuid),
    Column("is_covered", Boolean),
    Column("ledger_account_id", Uuid),
    Column("awaits", Text),
    Column("is_grant", Boolean),
    Column("became", Text),
    Column("refusal", Text),
    Column("figures", JSONB),
)

LINES: Table = staging.staging_table(
    "staged_conversion_courses",
    Column("place", Integer),
    Column("number", Integer),
    Column("course_id", Uuid),
    Column("credit", BigInteger),
    Column("grade", Text),
    Column("grade_id", Uuid),
    Column("refusal", Text),
    Column("figures", JSONB),
)

_REFUSED = text(rules.REFUSED_ITEMS).columns(figures=JSONB)


async def empty(session: AsyncSession) -> None:
    """Make room for the conversions of one deed."""
    await staging.empty(session, STAGED)
    await staging.empty(session, LINES)


async def weigh(session: AsyncSession, *, asked: int) -> None:
    """Show the planner what is staged, as soon as it is."""
    await staging.weigh(session, STAGED, LINES, rows=asked)


async def refuse_all_if_any(session: AsyncSession, *, asked: int, pointer: str) -> None:
    """Refuse the whole list when one item of it cannot be, and say which and why."""
    refused = (await session.execute(_REFUSED)).all()
    if not refused:
        return
    faults: list[Fault] = [
        {
            "pointer": f"/{pointer}/{row.place - 1}",
            "row": row.place,
            "code": row.refusal,
            "detail": rules.why_refused(row.refusal, row.figures, language=languages.spoken()),
        }
        for row in refused
    ]
    raise ConversionsRefused(asked=asked, refused=len(refused), faults=faults)
