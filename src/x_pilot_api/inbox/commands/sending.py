"""Sending messages, one or ten thousand by the same statement, in the transaction of the deed they tell of."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import jobs
from x_pilot_api.inbox.rules import MessageKind

# Who wants it by mail too, and has an address that mail can go to, is put in line for it by the same statement.
_SEND = """
WITH sent AS (
    INSERT INTO messages (institution_id, batch_id, person_id, kind, figures, object_kind, object_id, shown_from)
    SELECT :institution_id, :batch_id, wish.person_id, :kind, wish.figures,
        CASE WHEN wish.object_id IS NOT NULL THEN CAST(:object_kind AS text) END, wish.object_id,
        coalesce(wish.shown_from, now())
    FROM ({wishes}) AS wish
    RETURNING id, person_id, shown_from
), mailed AS (
    INSERT INTO mails (institution_id, message_id, person_id, batch_id, next_attempt_at)
    SELECT :institution_id, sent.id, sent.person_id, :batch_id, sent.shown_from
    FROM sent
    JOIN message_preferences AS preference ON preference.person_id = sent.person_id AND preference.kind = :kind
    JOIN mail_addresses AS address ON address.person_id = sent.person_id
        AND address.confirmed_at IS NOT NULL AND address.refused_at IS NULL
    RETURNING next_attempt_at
)
SELECT (SELECT count(*) FROM sent) AS messages, (SELECT min(next_attempt_at) FROM mailed) AS due_at
"""


async def send(
    session: AsyncSession,
    kind: MessageKind,
    *,
    institution_id: UUID,
    object_kind: str,
    wishes: str,
    values: Mapping[str, object] | None = None,
) -> int:
    """Send messages of one kind and tell how many; the deed itself is on record, so they are not.

    `wishes` is a query of person_id, object_id, figures (jsonb, what the kind's words speak of) and shown_from (null
    for at once: what may be seen later only is told later only).
    """
    batch_id = uuid4()
    bound = {"institution_id": institution_id, "batch_id": batch_id, "kind": kind.code, "object_kind": object_kind}
    row = (await session.execute(text(_SEND.format(wishes=wishes)), {**(values or {}), **bound})).one()
    if row.due_at is not None:
        arguments = {"institution_id": str(institution_id), "batch_id": str(batch_id)}
        await jobs.enqueue(session, "send_mails", arguments=arguments, institution_id=institution_id, due_at=row.due_at)
    return int(row.messages)


# A person who is not there, such as one who left, is nobody to tell.
_NAMED = """
SELECT person.id AS person_id, CAST(:object_id AS uuid) AS object_id, CAST(:figures AS jsonb) AS figures,
    CAST(NULL AS timestamptz) AS shown_from
FROM people AS person WHERE person.id = ANY(CAST(:person_ids AS uuid[])) AND person.disabled_at IS NULL
"""


async def send_to(
    session: AsyncSession,
    kind: MessageKind,
    *,
    institution_id: UUID,
    object_kind: str,
    object_id: UUID,
    person_ids: Sequence[UUID],
    figures: Mapping[str, str],
) -> int:
    """Send one message to each of some persons, all about the same thing."""
    values = {"object_id": object_id, "person_ids": list(person_ids), "figures": json.dumps(dict(figures))}
    return await send(
        session, kind, institution_id=institution_id, object_kind=object_kind, wishes=_NAMED, values=values
    )
