"""Issuing and revoking certificates, one or ten thousand by the same statement."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db
from x_pilot_api.core.actors import Actor

# The code says which institution to ask and holds 122 random bits, so that it can be found but not guessed.
_ISSUE = """
INSERT INTO awards (institution_id, id, identity_document_id, student_id, holder_name, certificate_level_id, number,
    verification_code, issued_on)
SELECT :institution_id, wish.award_id, wish.identity_document_id, wish.student_id, wish.holder_name,
    wish.certificate_level_id, wish.number,
    institution.code || '-' || upper(replace(gen_random_uuid()::text, '-', '')), wish.issued_on
FROM ({wishes}) AS wish JOIN institutions AS institution ON institution.id = :institution_id
ORDER BY wish.identity_document_id
"""

# The change is a row of its own, since what stands in the award can be set back without a trace.
_REVOKE = """
WITH revoked AS (
    UPDATE awards SET state = 'revoked', revoked_at = :now, revoked_reason = wish.reason
    FROM ({wishes}) AS wish
    WHERE awards.institution_id = :institution_id AND awards.id = wish.award_id AND awards.state <> 'revoked'
    RETURNING awards.id, awards.state, awards.revoked_reason, awards.revoked_at)
INSERT INTO award_changes (institution_id, award_id, state, reason, changed_at, actor_id)
SELECT :institution_id, revoked.id, revoked.state, revoked.revoked_reason, revoked.revoked_at, :actor_id
FROM revoked ORDER BY revoked.id
"""


async def issue_awards(session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, cause: UUID) -> int:
    """Issue certificates and tell how many.

    `wishes` is a query of award_id, identity_document_id, student_id, holder_name, certificate_level_id, number and
    issued_on; the persons are locked by whoever asks.
    """
    issued = await db.write(session, text(_ISSUE.format(wishes=wishes)), {"institution_id": institution_id})
    await _record(session, actor, "issue_awards", institution_id=institution_id, cause=cause, count=issued)
    return issued


async def revoke_awards(session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, cause: UUID) -> int:
    """Revoke certificates and tell how many; `wishes` is a query of award_id and reason."""
    values = {"institution_id": institution_id, "now": clock.now(), "actor_id": actor.id}
    revoked = await db.write(session, text(_REVOKE.format(wishes=wishes)), values)
    await _record(session, actor, "revoke_awards", institution_id=institution_id, cause=cause, count=revoked)
    return revoked


async def _record(
    session: AsyncSession, actor: Actor, deed: str, *, institution_id: UUID, cause: UUID, count: int
) -> None:
    if count:
        await audit.record(
            session,
            actor,
            deed,
            institution_id=institution_id,
            object_kind="result_batch",
            object_id=cause,
            detail={"awards": count},
        )
