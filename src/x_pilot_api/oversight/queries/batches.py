"""Verifying signed batches again from what is stored: the exact bytes, what was signed, and the key of then."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import signatures
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.sealing import DataKeyUnknown, Sealer
from x_pilot_api.core.tokens import PublicKey
from x_pilot_api.exams.models import ResultBatch
from x_pilot_api.identity.models import ClientKey

_AT_ONCE: Final = 4
"""Bodies held in memory; each may be as large as the largest push."""

_SLACK: Final = timedelta(seconds=signatures.WINDOW_SECONDS + 60)
"""How far a signature's instant and ours may lie apart, with a minute for the request itself."""

_CREATED, _KEYID = re.compile(r";created=([0-9]{1,12})(?:;|$)"), re.compile(r';keyid="([^"]*)"')


@dataclass(frozen=True)
class BatchFinding:
    """One batch that does not hold, and the first reason why."""

    batch_id: UUID
    institution_id: UUID
    received_at: datetime
    what: str

    def __str__(self) -> str:
        return f"batch {self.batch_id} of institution {self.institution_id}, {self.received_at:%Y-%m-%d}: {self.what}"


@dataclass
class BatchReport:
    """What verifying came to, the oldest batch that does not hold first."""

    signed: int = 0
    unsigned: int = 0
    findings: list[BatchFinding] = field(default_factory=list[BatchFinding])


async def verify_batches(session: AsyncSession, sealer: Sealer) -> BatchReport:
    """Verify every batch in the order they came; an unsigned one can only be opened and compared with its row."""
    told = and_(
        AuditEvent.institution_id == ResultBatch.institution_id,
        AuditEvent.object_kind == "result_batch",
        AuditEvent.object_id == ResultBatch.id,
        AuditEvent.deed == "push_results",
    )
    statement = (
        select(ResultBatch, ClientKey, AuditEvent.detail)
        .join(ClientKey, ClientKey.id == ResultBatch.client_key_id, isouter=True)
        .join(AuditEvent, told, isouter=True)
        .order_by(ResultBatch.received_at, ResultBatch.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    report, seen = BatchReport(), set[bytes]()
    async for batch, key, detail in await session.stream(statement):
        signed = batch.signature is not None
        report.signed += signed
        report.unsigned += not signed
        what = next(_faults(batch, key, detail, sealer, seen), None)
        if what is not None:
            report.findings.append(BatchFinding(batch.id, batch.institution_id, batch.received_at, what))
    return report


def _faults(
    batch: ResultBatch, key: ClientKey | None, detail: dict[str, Any] | None, sealer: Sealer, seen: set[bytes]
) -> Iterator[str]:
    """Find what does not hold, the plainest first."""
    try:
        body = sealer.open(batch.sealed_body, key_id=batch.key_id, context=ResultBatch.__tablename__)
    except InvalidTag:
        yield "its stored bytes were changed"
        return
    except DataKeyUnknown as missing:
        yield missing.detail(chinese=False)
        return
    yield from _beside_the_body(batch, body)
    if detail is not None and detail.get("client_key_id", batch.client_key_id and str(batch.client_key_id)) != (
        batch.client_key_id and str(batch.client_key_id)
    ):
        yield "the audit names another key, or none"
    if batch.signature is None or batch.signature_base is None:
        return
    if batch.signature in seen:
        yield "its signature is another batch's"
    seen.add(batch.signature)
    if key is None:
        yield "the key that signed it is gone"
        return
    yield from _of_the_signature(batch, batch.signature, batch.signature_base, body, key)


def _beside_the_body(batch: ResultBatch, body: bytes) -> Iterator[str]:
    """Compare the row with the bytes it was made from."""
    try:
        said: object = json.loads(body)
    except ValueError:
        return
    if isinstance(said, dict) and {"exam_plan_id", "rows"} <= said.keys():
        told = cast("dict[str, Any]", said)
        if told["exam_plan_id"] != str(batch.exam_plan_id):
            yield "its bytes are for another exam plan"
        if len(told["rows"]) != batch.row_count:
            yield "its bytes hold another number of rows"


def _of_the_signature(batch: ResultBatch, value: bytes, base: str, body: bytes, key: ClientKey) -> Iterator[str]:
    """Check the signature by the key as it stood when the batch came."""
    public = PublicKey.from_jwk(key.public_jwk)
    if f'"content-digest": {signatures.digest_of(body)}' not in base.split("\n"):
        yield "its stored bytes are not those that were signed"
    if not signatures.still_holds(base=base, value=value, body=body, key=public):
        yield "its signature does not hold"
    parameters = base.rpartition("\n")[2]
    created, named = _CREATED.search(parameters), _KEYID.search(parameters)
    if named is None or named[1] != public.kid or key.kid != public.kid:
        yield "it was signed by a key of another name"
    if created is None or abs(batch.received_at.timestamp() - int(created[1])) > _SLACK.total_seconds():
        yield "it was signed at another time"
    if key.machine_client_id != batch.machine_client_id:
        yield "its key is another client's"
    if not _counted(key, batch.received_at):
        yield "its key did not count when it came"


def _counted(key: ClientKey, at: datetime) -> bool:
    """Tell whether a key counted at an instant, give or take what two clocks may differ by."""
    return (
        key.not_before <= at + _SLACK
        and at - _SLACK < key.not_after
        and key.approved_at is not None
        and key.approved_at <= at + _SLACK
        and (key.revoked_at is None or at - _SLACK < key.revoked_at)
    )
