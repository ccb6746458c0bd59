"""Issuing ceilings and proposing fees under them, one at a time, so that neither misses the other."""

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.row_security import act_for
from x_pilot_api.fees import queries, rules
from x_pilot_api.fees.errors import CeilingOverlaps, FeeStandardOverlaps
from x_pilot_api.fees.models import FeeCeiling, FeeStandard
from x_pilot_api.fees.schemas import (
    FeeCeilingIn,
    FeeCeilingIssuedOut,
    FeeCeilingOut,
    FeeStandardIn,
    FeeStandardOut,
    SuspendedStandardOut,
)
from x_pilot_api.identity import queries as identity
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.commands import Announcement
from x_pilot_api.outbox.schemas import EventKind

FEES_LOCK = (0x46454553, 1)
"""The advisory lock of every deed that sets fees against ceilings: a class of our own ("FEES" in ASCII) and its key."""

_LOCK = text(f"SELECT pg_advisory_xact_lock({FEES_LOCK[0]}, {FEES_LOCK[1]})")

# A day on which a more specific ceiling applies is none of the new ceiling's business; what is left after taking those
# days out of the days both periods share are the days it rules.
_IN_THE_WRONG = """
FROM fee_ceilings AS issued, certificate_levels AS priced
WHERE issued.id = :ceiling_id
    AND priced.id = standard.certificate_level_id
    AND standard.state NOT IN ('suspended', 'superseded')
    AND standard.exam_form = issued.exam_form
    AND (issued.level IS NULL OR issued.level = priced.level)
    AND (issued.category IS NULL OR issued.category = standard.category)
    AND standard.fee_fen > issued.amount_fen
    AND NOT isempty(
        datemultirange(
            daterange(standard.effective_from, standard.effective_to)
            * daterange(issued.effective_from, issued.effective_to))
        - (SELECT coalesce(range_agg(daterange(other.effective_from, other.effective_to)), '{}')
            FROM fee_ceilings AS other
            WHERE other.exam_form = issued.exam_form
                AND (other.level IS NULL OR other.level = priced.level)
                AND (other.category IS NULL OR other.category = standard.category)
                AND num_nonnulls(other.level, other.category) > num_nonnulls(issued.level, issued.category)))
"""

_SUSPEND = text(f"""
UPDATE fee_standards AS standard SET state = 'suspended' {_IN_THE_WRONG} AND standard.institution_id = :institution_id
RETURNING standard.id, standard.institution_id, standard.fee_fen, old.state AS was, new.state
""")


async def issue_fee_ceiling(session: AsyncSession, actor: Actor, *, wish: FeeCeilingIn) -> FeeCeilingIssuedOut:
    """Issue a ceiling for all institutions; the fee standards it puts in the wrong are suspended."""
    await session.execute(_LOCK)
    existing = await queries.find_overlapping_ceiling(
        session,
        exam_form=wish.exam_form,
        level=wish.level,
        category=wish.category,
        effective_from=wish.effective_from,
        effective_to=wish.effective_to,
    )
    if existing is not None:
        raise CeilingOverlaps(
            ceiling_id=str(existing.id),
            amount_fen=existing.amount_fen,
            document_number=existing.document_number,
            period=rules.written_period(existing.effective_from, existing.effective_to),
        )
    made = await session.scalars(insert(FeeCeiling).values(**wish.model_dump()).returning(FeeCeiling))
    ceiling = FeeCeilingOut.model_validate(made.one(), from_attributes=True)
    suspended = await _suspend(session, actor, ceiling)
    await audit.record(
        session,
        actor,
        "issue_fee_ceiling",
        institution_id=None,
        object_kind="fee_ceiling",
        object_id=ceiling.id,
        detail={"amount_fen": ceiling.amount_fen, "suspended_standards": len(suspended)},
        after=wish.model_dump(include={"exam_form", "level", "category", "amount_fen", "effective_from"}),
    )
    return FeeCeilingIssuedOut(**dict(ceiling), suspended_standards=suspended)


async def _suspend(session: AsyncSession, actor: Actor, ceiling: FeeCeilingOut) -> list[SuspendedStandardOut]:
    """Suspend what the ceiling puts in the wrong, institution by institution, each told in its own log."""
    figures = {"ceiling_id": str(ceiling.id), "ceiling_fen": ceiling.amount_fen}
    suspended: list[SuspendedStandardOut] = []
    for institution_id in await identity.list_institution_ids(session):
        await act_for(session, actor, institution_id=institution_id)
        found = await session.execute(_SUSPEND, {"ceiling_id": ceiling.id, "institution_id": institution_id})
        standards = sorted(found.all(), key=lambda row: row.id)
        if not standards:
            continue
        await audit.record_each(
            session,
            actor,
            "suspend_fee_standard",
            institution_id=institution_id,
            object_kind="fee_standard",
            objects={
                row.id: audit.Told(
                    figures | {"fee_fen": row.fee_fen}, before={"state": row.was}, after={"state": row.state}
                )
                for row in standards
            },
        )
        counts = await queries.count_by_organisation(
            session, institution_id=institution_id, standard_ids=[row.id for row in standards]
        )
        told = [
            Announcement(
                organisation_id,
                EventKind.FEE_STANDARDS_SUSPENDED,
                "fee_ceiling",
                ceiling.id,
                {"ceiling_fen": ceiling.amount_fen, "standards": count},
            )
            for organisation_id, count in counts.items()
        ]
        await outbox.announce_each(session, actor, institution_id=institution_id, told=told)
        suspended.extend(SuspendedStandardOut.model_validate(row, from_attributes=True) for row in standards)
    return suspended


async def propose_fee_standard(session: AsyncSession, actor: Actor, *, wish: FeeStandardIn) -> FeeStandardOut:
    """Propose the fee of a certificate level in an institution, measured against the ceiling at once."""
    await session.execute(_LOCK)
    institution_id = await queries.find_institution_for(session, actor, wish.institution_id)
    await act_for(session, actor, institution_id=institution_id)
    level = await certificates.get_level(session, wish.certificate_level_id)
    if actor.organisation_id not in {None, level.organisation_id}:
        raise NotFound(what="certificate level", zh="证书等级")
    fee = rules.Fee(
        exam_form=wish.exam_form,
        level=level.level,
        category=wish.category,
        fee_fen=wish.fee_fen,
        effective_from=wish.effective_from,
        effective_to=wish.effective_to,
    )
    ceiling = rules.check_fee(await queries.list_ceilings_over(session, fee), fee)
    existing = await queries.find_overlapping_standard(
        session, institution_id=institution_id, certificate_level_id=wish.certificate_level_id, fee=fee
    )
    if existing is not None:
        raise FeeStandardOverlaps(
            standard_id=str(existing.id),
            fee_fen=existing.fee_fen,
            state=existing.state,
            period=rules.written_period(existing.effective_from, existing.effective_to),
        )
    values = wish.model_dump() | {
        "institution_id": institution_id,
        "organisation_id": level.organisation_id,
        "ceiling_id": ceiling.id,
        "ceiling_fen": ceiling.amount_fen,
    }
    made = await session.scalars(insert(FeeStandard).values(**values).returning(FeeStandard))
    standard = FeeStandardOut.model_validate(made.one(), from_attributes=True)
    await audit.record(
        session,
        actor,
        "propose_fee_standard",
        institution_id=institution_id,
        object_kind="fee_standard",
        object_id=standard.id,
        detail={"fee_fen": standard.fee_fen, "ceiling_id": str(ceiling.id), "ceiling_fen": ceiling.amount_fen},
        after={"state": standard.state, "fee_fen": standard.fee_fen, "effective_from": standard.effective_from},
    )
    return standard
