"""Setting how certificates are numbered, and taking serials, which nobody is ever given twice.

A counter's row is locked from taking a serial to the end of the transaction, so a transaction that is taken back leaves
no gap. Gaps come from numbers that an organisation gave by itself, which are passed over.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries, rules
from x_pilot_api.awards.errors import SerialsExhausted
from x_pilot_api.awards.models import NumberClash, NumberPattern
from x_pilot_api.awards.schemas import NumberPatternIn, PatternPreviewIn, PatternPreviewOut
from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity import queries as identity

_PREVIEWED = 3

_TAKE = text("""
INSERT INTO number_serials (institution_id, organisation_id, stem, last_serial)
VALUES (:institution_id, :organisation_id, :stem, :wanted)
ON CONFLICT (institution_id, organisation_id, stem) DO UPDATE
SET last_serial = number_serials.last_serial + excluded.last_serial
RETURNING last_serial
""")


async def take_numbers(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    organisation_id: UUID,
    pattern: str,
    occasion: rules.Occasion,
    wanted: int,
) -> list[str]:
    """Take so many numbers of a pattern that no certificate of the organisation bears at the institution."""
    stem, digits = rules.stem_of(pattern, occasion), rules.serial_digits(pattern)
    numbers: list[str] = []
    while len(numbers) < wanted:
        asked = wanted - len(numbers)
        values = {"institution_id": institution_id, "organisation_id": organisation_id, "stem": stem, "wanted": asked}
        last = int((await session.execute(_TAKE, values)).scalar_one())
        if last >= 10**digits:
            raise SerialsExhausted(pattern=pattern, last_serial=last - asked, wanted=asked)
        offered = [rules.number_of(stem, serial=serial, digits=digits) for serial in range(last - asked + 1, last + 1)]
        taken = await queries.find_taken(
            session, institution_id=institution_id, organisation_id=organisation_id, numbers=offered
        )
        numbers += [number for number in offered if number not in taken]
    await audit.record(
        session,
        actor,
        "take_award_numbers",
        institution_id=institution_id,
        object_kind="organisation",
        object_id=organisation_id,
        detail={"numbers": wanted, "stem": stem},
    )
    return numbers


async def set_number_pattern(session: AsyncSession, actor: Actor, *, wish: NumberPatternIn) -> NumberPattern:
    """Set a new version of how the actor's organisation numbers its certificates, or one of them."""
    if actor.organisation_id is None:
        raise NotFound(what="organisation", zh="评价组织")
    # Versions follow one another, so two who set one at once must too.
    await identity.lock_organisation(session, actor.organisation_id)
    if wish.certificate_id is not None:
        certificate = await certificates.get_certificate(session, wish.certificate_id)
        if certificate.organisation.id != actor.organisation_id:
            raise NotFound(what="certificate", zh="证书")
    version = 1 + await queries.find_newest_version(
        session, organisation_id=actor.organisation_id, certificate_id=wish.certificate_id
    )
    made = await session.scalars(
        insert(NumberPattern)
        .values(**wish.model_dump(), organisation_id=actor.organisation_id, version=version, set_by=actor.id)
        .returning(NumberPattern)
    )
    pattern = made.one()
    await audit.record(
        session,
        actor,
        "set_number_pattern",
        institution_id=None,
        object_kind="number_pattern",
        object_id=pattern.id,
        detail={"version": version},
        after={"pattern": wish.pattern, "effective_from": wish.effective_from},
    )
    return pattern


def preview_pattern(wish: PatternPreviewIn) -> PatternPreviewOut:
    """Write what a pattern would come to, and set nothing."""
    occasion = rules.Occasion(year=wish.year, level=wish.level, institution=wish.institution_code)
    stem, digits = rules.stem_of(wish.pattern, occasion), rules.serial_digits(wish.pattern)
    return PatternPreviewOut(
        numbers=[rules.number_of(stem, serial=serial, digits=digits) for serial in range(1, _PREVIEWED + 1)],
        serials=10**digits - 1,
        may_clash=not rules.names_institution(wish.pattern),
    )


async def note_clashes(session: AsyncSession, actor: Actor, *, cause: UUID) -> Sequence[UUID]:
    """Write down which numbers clash across institutions, and forget those that no longer do."""
    now = clock.now()
    kept: list[UUID] = []
    for found in await queries.find_clashes(session):
        values = {"institution_ids": [str(each) for each in found.institution_ids], "seen_at": now}
        statement = upsert(NumberClash).values(
            organisation_id=found.organisation_id, number=found.number, found_at=now, **values
        )
        statement = statement.on_conflict_do_update(
            index_elements=[NumberClash.organisation_id, NumberClash.number], set_=values
        )
        kept.append((await session.scalars(statement.returning(NumberClash.id))).one())
    await session.execute(delete(NumberClash).where(NumberClash.id.not_in(kept)))
    await audit.record(
        session,
        actor,
        "note_number_clashes",
        institution_id=None,
        object_kind="number_clashes",
        object_id=cause,
        detail={"clashes": len(kept)},
    )
    return kept
