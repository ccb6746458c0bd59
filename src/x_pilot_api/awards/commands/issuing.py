"""Issuing and revoking certificates, one or ten thousand by the same statement."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries, rules
from x_pilot_api.awards.commands import numbering
from x_pilot_api.core import audit, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Busy
from x_pilot_api.tallies import commands as tallies

# The code says which institution to ask and holds 122 random bits, so that it can be found but not guessed.
CODE = "institution.code || '-' || upper(replace(gen_random_uuid()::text, '-', ''))"

_UNNUMBERED = """
SELECT wish.certificate_level_id, wish.issued_on, institution.code AS institution_code, count(*) AS wanted
FROM ({wishes}) AS wish JOIN institutions AS institution ON institution.id = :institution_id
WHERE wish.number IS NULL
GROUP BY wish.certificate_level_id, wish.issued_on, institution.code
ORDER BY wish.certificate_level_id, wish.issued_on
"""

# Of those without a number of their own the n-th of a level and day gets the n-th that was given to these.
_ISSUE = f"""
INSERT INTO awards (institution_id, id, identity_document_id, student_id, holder_name, certificate_level_id, number,
    verification_code, issued_on)
SELECT :institution_id, wish.award_id, wish.identity_document_id, wish.student_id, wish.holder_name,
    wish.certificate_level_id, coalesce(wish.number, given.number, wish.fallback), {CODE}, wish.issued_on
FROM (
    SELECT wished.*, row_number() OVER (
        PARTITION BY certificate_level_id, issued_on, number IS NULL ORDER BY identity_document_id) AS place
    FROM ({{wishes}}) AS wished
) AS wish
JOIN institutions AS institution ON institution.id = :institution_id
LEFT JOIN unnest(CAST(:level_ids AS uuid[]), CAST(:days AS date[]), CAST(:places AS bigint[]), CAST(:numbers AS text[]))
    AS given (certificate_level_id, issued_on, place, number)
    ON wish.number IS NULL AND given.certificate_level_id = wish.certificate_level_id
    AND given.issued_on = wish.issued_on AND given.place = wish.place
ORDER BY wish.identity_document_id
"""

# A number is borne by one certificate; that of a revoked one may be given again.
REGISTER = """
INSERT INTO award_numbers (institution_id, organisation_id, number, award_id)
{borne}
ON CONFLICT (institution_id, organisation_id, number) DO UPDATE SET award_id = excluded.award_id
WHERE EXISTS (
    SELECT FROM awards AS former WHERE former.institution_id = award_numbers.institution_id
        AND former.id = award_numbers.award_id AND former.state = 'revoked')
"""

# Each certificate is looked up by itself: nothing tells the planner how few of all there are were issued just now.
_BORNE = """
SELECT :institution_id, certificate.organisation_id, award.number, wish.award_id
FROM ({wishes}) AS wish
CROSS JOIN LATERAL (
    SELECT number, certificate_level_id FROM awards
    WHERE institution_id = :institution_id AND id = wish.award_id OFFSET 0
) AS award
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
ORDER BY certificate.organisation_id, award.number
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


_AMONG = "fact.id IN (SELECT wish.award_id FROM ({wishes}) AS wish)"


async def issue_awards(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    cause: UUID,
    cause_kind: str = "result_batch",
) -> int:
    """Issue certificates and tell how many.

    `wishes` is a query of award_id, identity_document_id, student_id, holder_name, certificate_level_id, number (null
    where the organisation gave none), fallback (the number where no pattern gives one either) and issued_on; the
    persons are locked by whoever asks.
    """
    values: dict[str, Any] = {"institution_id": institution_id}
    given = await _give_numbers(session, actor, institution_id=institution_id, wishes=wishes)
    issued = await db.write(session, text(_ISSUE.format(wishes=wishes)), values | given)
    borne = _BORNE.format(wishes=wishes)
    if await db.write(session, text(REGISTER.format(borne=borne)), values) < issued:
        # Somebody else took one of the numbers meanwhile; whoever asks again is told which.
        raise Busy
    await tallies.add(session, rules.AWARDS, institution_id=institution_id, rows=_AMONG.format(wishes=wishes))
    about = {"institution_id": institution_id, "object_kind": cause_kind, "object_id": cause}
    await _record(session, actor, "issue_awards", about, count=issued)
    return issued


async def _give_numbers(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str
) -> dict[str, list[Any]]:
    """Take serials for those whose organisation numbers its certificates by a pattern."""
    values = {"institution_id": institution_id}
    groups = (await session.execute(text(_UNNUMBERED.format(wishes=wishes)), values)).all()
    rows: list[tuple[UUID, date, int, str]] = []
    for group in groups:
        found = await queries.find_patterns(session, [group.certificate_level_id], on=group.issued_on)
        pattern = found.get(group.certificate_level_id)
        if pattern is None:
            continue
        occasion = rules.Occasion(year=group.issued_on.year, level=pattern.level, institution=group.institution_code)
        numbers = await numbering.take_numbers(
            session,
            actor,
            institution_id=institution_id,
            organisation_id=pattern.organisation_id,
            pattern=pattern.pattern,
            occasion=occasion,
            wanted=int(group.wanted),
        )
        rows += [
            (group.certificate_level_id, group.issued_on, place, number)
            for place, number in enumerate(numbers, start=1)
        ]
    return {
        "level_ids": [row[0] for row in rows],
        "days": [row[1] for row in rows],
        "places": [row[2] for row in rows],
        "numbers": [row[3] for row in rows],
    }


async def revoke_awards(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    cause: UUID,
    cause_kind: str = "result_batch",
) -> int:
    """Revoke certificates and tell how many; `wishes` is a query of award_id and reason."""
    values = {"institution_id": institution_id, "now": clock.now(), "actor_id": actor.id}
    rows = _AMONG.format(wishes=wishes)
    async with tallies.changing(session, rules.AWARDS, institution_id=institution_id, rows=rows):
        revoked = await db.write(session, text(_REVOKE.format(wishes=wishes)), values)
    about = {"institution_id": institution_id, "object_kind": cause_kind, "object_id": cause}
    await _record(session, actor, "revoke_awards", about, count=revoked)
    return revoked


async def _record(session: AsyncSession, actor: Actor, deed: str, about: dict[str, Any], *, count: int) -> None:
    if count:
        await audit.record(session, actor, deed, **about, detail={"awards": count})
