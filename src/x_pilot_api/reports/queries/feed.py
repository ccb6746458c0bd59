"""Finding what the outside platform is told of certificates."""

from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.reports.models import FeedState
from x_pilot_api.reports.schemas import FeedRecordOut

_LIST = """
SELECT record.id, record.award_id, record.revision, award.holder_name,
    certificate.name AS certificate_name, level.level,
    award.number, record.state, sent.file_name, record.message, record.collected_at, sent.written_at,
    record.answered_at
FROM feed_records AS record
JOIN awards AS award ON award.institution_id = record.institution_id AND award.id = record.award_id
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN feed_drops AS sent ON sent.institution_id = record.institution_id AND sent.id = record.drop_id
WHERE record.institution_id = :institution_id AND record.id > :after
    AND (CAST(:state AS text) IS NULL OR record.state = :state)
ORDER BY record.id LIMIT :most
"""

LINES = """
SELECT record.id AS record_id, record.revision, award.number, award.holder_name, award.issued_on, award.state,
    certificate.name AS certificate_name, level.level, document.kind AS document_kind, document.sealed_number,
    document.key_id
FROM feed_records AS record
JOIN awards AS award ON award.institution_id = record.institution_id AND award.id = record.award_id
JOIN identity_documents AS document ON document.institution_id = award.institution_id
    AND document.id = award.identity_document_id
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE record.institution_id = :institution_id AND record.state = 'to_generate'
ORDER BY record.id LIMIT :most FOR NO KEY UPDATE OF record
"""


def _bound(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("institution_id", type_=Uuid))


async def list_records(
    session: AsyncSession, actor: Actor, *, state: FeedState | None, wish: PageWish
) -> tuple[list[FeedRecordOut], str | None]:
    """List the institution's records, the oldest first."""
    if actor.institution_id is None:
        return [], None
    values: dict[str, Any] = {
        "institution_id": actor.institution_id,
        "after": pagination.id_after(wish),
        "state": state,
        "most": wish.size + 1,
    }
    statement = _bound(_LIST).bindparams(bindparam("after", type_=Uuid))
    rows = (await session.execute(statement, values)).all()
    items = [FeedRecordOut.model_validate(row, from_attributes=True) for row in rows[: wish.size]]
    return items, pagination.token_after(str(items[-1].id)) if len(rows) > wish.size else None


async def lock_waiting(session: AsyncSession, *, institution_id: UUID, most: int) -> list[Any]:
    """Lock the next records to generate, and read what each is to say."""
    rows = await session.execute(_bound(LINES), {"institution_id": institution_id, "most": most})
    return list(rows.all())


async def list_unwritten(session: AsyncSession, *, institution_id: UUID) -> list[tuple[UUID, str]]:
    """List the files that are still to be written, the oldest first."""
    rows = await session.execute(
        _bound(
            "SELECT id, file_name FROM feed_drops WHERE institution_id = :institution_id AND written_at IS NULL"
            " ORDER BY id"
        ),
        {"institution_id": institution_id},
    )
    return [(row.id, row.file_name) for row in rows.all()]


async def list_lines(session: AsyncSession, *, institution_id: UUID, drop_id: UUID) -> list[tuple[bytes, str]]:
    """List the sealed lines of one file in their order, each with the key it is sealed with."""
    rows = await session.execute(
        _bound(
            "SELECT line.sealed_line, line.key_id FROM feed_lines AS line JOIN feed_records AS record"
            " ON record.institution_id = line.institution_id AND record.id = line.record_id"
            " WHERE line.institution_id = :institution_id AND record.drop_id = :drop_id ORDER BY record.id"
        ).bindparams(bindparam("drop_id", type_=Uuid)),
        {"institution_id": institution_id, "drop_id": drop_id},
    )
    return [(row.sealed_line, row.key_id) for row in rows.all()]
