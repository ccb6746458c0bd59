"""Telling the outside platform of certificates: collected, generated and sealed, dropped, answered by receipts."""

import json
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Uuid, bindparam, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db, jobs
from x_pilot_api.core.actors import SYSTEM, Actor
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.registry.models import IdentityDocument
from x_pilot_api.reports import queries
from x_pilot_api.reports.commands.platform import FileDrop, Platform
from x_pilot_api.reports.errors import FeedNotConfigured
from x_pilot_api.reports.models import FeedDrop, FeedLine
from x_pilot_api.reports.schemas import FeedReceiptIn

KIND = "feed_records"
RECORDS_A_FILE = 1_000

# What a record says besides the person; another paper counts, since the number or the name on it may be another.
_HASH = (
    "encode(sha256(convert_to(concat_ws('|', award.number, award.certificate_level_id, award.issued_on, award.state,"
    " award.copies), 'UTF8')), 'hex')"
)

_COLLECT = text(f"""
INSERT INTO feed_records (institution_id, award_id, revision, content_hash, state)
SELECT award.institution_id, award.id, coalesce(last.revision, 0) + 1, {_HASH}, 'to_generate'
FROM awards AS award
LEFT JOIN LATERAL (
    SELECT record.revision, record.content_hash, record.state FROM feed_records AS record
    WHERE record.institution_id = award.institution_id AND record.award_id = award.id
    ORDER BY record.revision DESC LIMIT 1
) AS last ON true
WHERE award.institution_id = :institution_id AND (last.revision IS NULL
    OR (last.state <> 'to_generate' AND last.content_hash <> {_HASH})
    OR (:retries_refused AND last.state IN ('person_unknown', 'format_refused')))
ORDER BY award.id
ON CONFLICT DO NOTHING
""").bindparams(bindparam("institution_id", type_=Uuid))

_GENERATED = text(f"""
UPDATE feed_records AS record SET state = 'to_send', drop_id = :drop_id, content_hash = {_HASH}
FROM awards AS award
WHERE record.institution_id = :institution_id AND record.id = ANY(CAST(:ids AS uuid[]))
    AND award.institution_id = record.institution_id AND award.id = record.award_id
""").bindparams(bindparam("institution_id", type_=Uuid), bindparam("drop_id", type_=Uuid))

_SENT = text("""
WITH written AS (
    UPDATE feed_drops SET written_at = :now
    WHERE institution_id = :institution_id AND id = :drop_id AND written_at IS NULL RETURNING id
)
UPDATE feed_records AS record SET state = 'sent' FROM written
WHERE record.institution_id = :institution_id AND record.drop_id = written.id AND record.state = 'to_send'
""").bindparams(bindparam("institution_id", type_=Uuid), bindparam("drop_id", type_=Uuid))

_ANSWER = text("""
UPDATE feed_records AS record SET state = receipt.outcome, message = receipt.message, answered_at = :now
FROM unnest(CAST(:ids AS uuid[]), CAST(:outcomes AS text[]), CAST(:messages AS text[]))
    AS receipt (id, outcome, message)
WHERE record.institution_id = :institution_id AND record.id = receipt.id AND record.state = 'sent'
""").bindparams(bindparam("institution_id", type_=Uuid))


async def _record(session: AsyncSession, actor: Actor, deed: str, institution_id: UUID, **detail: object) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind=KIND,
        object_id=uuid4(),
        detail=detail,
    )


async def collect_records(session: AsyncSession, actor: Actor, *, retries_refused: bool) -> int:
    """Collect what the platform does not know yet, each certificate's next revision by one statement."""
    institution_id = actor.own_institution()
    collected = await db.write(
        session, _COLLECT, {"institution_id": institution_id, "retries_refused": retries_refused}
    )
    await _record(session, actor, "collect_feed_records", institution_id, records=collected)
    return collected


async def ask_to_send(session: AsyncSession, actor: Actor, *, is_configured: bool) -> UUID:
    """Have what was collected generated and dropped; while one such job waits, no second one is asked for."""
    institution_id = actor.own_institution()
    if not is_configured:
        raise FeedNotConfigured
    job_id = await jobs.enqueue(
        session,
        "drop_feed_records",
        arguments={},
        institution_id=institution_id,
        once_as=f"drop_feed_records {institution_id}",
        requested_by=actor,
    )
    await _record(session, actor, "send_feed_records", institution_id, job_id=str(job_id))
    return job_id


async def take_receipts(session: AsyncSession, actor: Actor, *, receipts: list[FeedReceiptIn]) -> int:
    """Write down what the platform said; who was answered before, or never sent, stays as it was."""
    institution_id = actor.own_institution()
    applied = await db.write(
        session,
        _ANSWER,
        {
            "institution_id": institution_id,
            "ids": [each.record_id for each in receipts],
            "outcomes": [each.outcome.value for each in receipts],
            "messages": [each.message for each in receipts],
            "now": clock.now(),
        },
    )
    await _record(session, actor, "take_feed_receipts", institution_id, receipts=len(receipts), applied=applied)
    return applied


async def send_records(service: Service, *, institution_id: UUID, platform: Platform | None = None) -> int:
    """Generate and drop what was collected, each file in steps that can be done again; tell how many files."""
    folder = service.settings.feed_dir
    receiver = platform or (FileDrop(folder) if folder else None)
    if receiver is None:
        raise FeedNotConfigured
    while True:
        async with service.database.transaction(institution_id=institution_id) as session:
            if not await _generate(session, service.sealer, institution_id):
                break
    async with service.database.transaction(institution_id=institution_id, read_only=True) as session:
        waiting = await queries.list_unwritten(session, institution_id=institution_id)
    for drop_id, name in waiting:
        async with service.database.transaction(institution_id=institution_id, read_only=True) as session:
            lines = await queries.list_lines(session, institution_id=institution_id, drop_id=drop_id)
        opened = [service.sealer.open(line, key_id=key, context=FeedLine.__tablename__) for line, key in lines]
        await receiver.deliver(name, b"".join(line + b"\n" for line in opened))
        async with service.database.transaction(institution_id=institution_id) as session:
            values = {"institution_id": institution_id, "drop_id": drop_id, "now": clock.now()}
            sent = await db.write(session, _SENT, values)
            await _record(session, SYSTEM, "drop_feed_file", institution_id, file_name=name, records=sent)
    return len(waiting)


async def _generate(session: AsyncSession, sealer: Sealer, institution_id: UUID) -> int:
    """Seal what the next records say, and put them into a file that is still to be written."""
    rows = await queries.lock_waiting(session, institution_id=institution_id, most=RECORDS_A_FILE)
    if not rows:
        return 0
    drop_id = uuid4()
    name = f"awards-{clock.now():%Y%m%dT%H%M%SZ}-{drop_id}.ndjson"
    session.add(FeedDrop(institution_id=institution_id, id=drop_id, file_name=name, records=len(rows)))
    await session.flush()
    sealed = [
        {
            "institution_id": institution_id,
            "record_id": row.record_id,
            "sealed_line": sealer.seal(_line(sealer, row), context=FeedLine.__tablename__),
            "key_id": sealer.key_id,
        }
        for row in rows
    ]
    await session.execute(insert(FeedLine), sealed)
    values = {"institution_id": institution_id, "drop_id": drop_id, "ids": [row.record_id for row in rows]}
    await db.write(session, _GENERATED, values)
    await _record(session, SYSTEM, "generate_feed_file", institution_id, file_name=name, records=len(rows))
    return len(rows)


def _line(sealer: Sealer, row: Any) -> bytes:  # noqa: ANN401 - a row
    """Write what one record says; the person's number is opened for this line alone."""
    number = sealer.open(row.sealed_number, key_id=row.key_id, context=IdentityDocument.__tablename__)
    said = {
        "record_id": str(row.record_id),
        "revision": row.revision,
        "certificate_number": row.number,
        "certificate": row.certificate_name,
        "level": row.level,
        "issued_on": row.issued_on.isoformat(),
        "state": row.state,
        "holder_name": row.holder_name,
        "document_kind": row.document_kind,
        "document_number": number.decode(),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
