"""Computing figures and listing the rows behind them: both from one query a figure, so that they cannot disagree."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Date, DateTime, TextClause, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db, pagination
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.figures import rules
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.queries import book, colleges, people, sittings
from x_pilot_api.figures.schemas import FigureRowOut, FigureValueOut

_QUERIES: Mapping[tuple[str, int], str] = {
    ("account_opening_rate", 1): people.ACCOUNTS,
    ("registrations_accepted", 1): sittings.ACCEPTED,
    ("attendance_rate", 1): sittings.ATTENDANCE,
    ("pass_rate", 1): sittings.PASSES,
    ("attainment_rate", 1): people.ATTAINMENT,
    ("awards_issued", 1): people.AWARDS,
    ("credits_recognised", 1): book.RECOGNISED,
    ("credits_converted", 1): book.CONVERTED,
    ("guarantee_use_rate", 1): people.GUARANTEES,
    ("certificates_admitted", 1): colleges.ADMITTED,
    ("mappings_published", 1): colleges.PUBLISHED,
    ("feedback_closed_rate", 1): colleges.FEEDBACK,
}

_VALUES = """
SELECT college.id AS college_id, CAST(coalesce(sum(counted.numerator), 0) AS bigint) AS numerator,
    CAST(coalesce(sum(counted.denominator), 0) AS bigint) AS denominator
FROM colleges AS college
LEFT JOIN ({query}) AS counted ON counted.college_id = college.id
WHERE college.institution_id = :institution_id AND (:is_all OR college.id = ANY (:college_ids))
GROUP BY college.id, college.code ORDER BY college.code
"""

_ROWS = """
SELECT counted.object_kind, counted.object_id, counted.college_id, counted.label, counted.happened_at,
    counted.{side} AS amount
FROM ({query}) AS counted
WHERE counted.{side} > 0 AND (:is_all OR counted.college_id = ANY (:college_ids)) AND counted.object_id > :after
ORDER BY counted.object_id LIMIT :most
"""

_TYPED = (
    bindparam("institution_id", type_=Uuid),
    bindparam("college_ids", type_=ARRAY(Uuid)),
)
_TYPES: Mapping[str, Any] = {
    "as_of": DateTime(timezone=True),
    "as_of_on": Date,
    "from_at": DateTime(timezone=True),
    "until_at": DateTime(timezone=True),
    "period_from": Date,
    "period_to": Date,
}


@dataclass(frozen=True)
class Moment:
    """A period of days, both included, and the instant as of which it is looked at."""

    period_from: date
    period_to: date
    as_of: datetime


def _statement(template: str, code: str, version: int, **parts: str) -> TextClause:
    query = _QUERIES[code, version]
    written = template.format(query=query, **parts)
    typed = [bindparam(name, type_=kind) for name, kind in _TYPES.items() if f":{name}" in written]
    return text(written).bindparams(*_TYPED, *typed)


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(timezone)).astimezone(UTC)


def _bounds(
    session: AsyncSession, institution_id: UUID, college_ids: Collection[UUID] | None, moment: Moment
) -> dict[str, Any]:
    timezone = db.timezone_of(session)
    return {
        "institution_id": institution_id,
        "is_all": college_ids is None,
        "college_ids": sorted(college_ids or ()),
        "as_of": moment.as_of,
        "as_of_on": moment.as_of.astimezone(ZoneInfo(timezone)).date(),
        "from_at": _midnight(moment.period_from, timezone),
        "until_at": _midnight(moment.period_to + timedelta(days=1), timezone),
        "period_from": moment.period_from,
        "period_to": moment.period_to,
        "timezone": timezone,
    }


def _asked(statement: TextClause, values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in statement.compile().params}


async def values(
    session: AsyncSession,
    institution_id: UUID,
    *,
    codes: Collection[str],
    college_ids: Collection[UUID] | None,
    moment: Moment,
    versions: Mapping[str, int] | None = None,
) -> list[FigureValueOut]:
    """Compute figures of some colleges, or of all, as of an instant: one statement a figure, in their given order.

    Frozen figures are computed again with the versions they were frozen with.
    """
    bounds = _bounds(session, institution_id, college_ids, moment)
    found: list[FigureValueOut] = []
    for code in codes:
        definition = rules.definition_of(code, (versions or {}).get(code))
        statement = _statement(_VALUES, code, definition.version)
        counted = (await session.execute(statement, _asked(statement, bounds))).all()
        found.extend(
            FigureValueOut(
                code=code,
                version=definition.version,
                college_id=row.college_id,
                numerator=row.numerator,
                denominator=row.denominator if definition.denominator else None,
            )
            for row in counted
        )
    return found


async def rows(
    session: AsyncSession,
    institution_id: UUID,
    *,
    code: str,
    version: int | None = None,
    side: FigureSide,
    college_ids: Collection[UUID] | None,
    moment: Moment,
    wish: PageWish,
) -> tuple[list[FigureRowOut], str | None]:
    """List the rows behind one side of a figure as of an instant; their amounts add up to it."""
    definition = rules.definition_of(code, version)
    statement = _statement(_ROWS, code, definition.version, side=side.value).bindparams(
        bindparam("after", type_=Uuid), bindparam("most", type_=BigInteger)
    )
    bounds = _bounds(session, institution_id, college_ids, moment)
    bounds |= {"after": pagination.id_after(wish), "most": wish.size + 1}
    found = (await session.execute(statement, _asked(statement, bounds))).all()
    told = [FigureRowOut.model_validate(row, from_attributes=True) for row in found[: wish.size]]
    return told, pagination.token_after(str(told[-1].object_id)) if len(found) > wish.size else None
