"""Loading the ratio by which hours of social training count as teaching workload."""

from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import WorkloadRatioOverlaps, WorkloadRatioUsed
from x_pilot_api.social_training.models import WorkloadRatio
from x_pilot_api.social_training.schemas import WorkloadRatioIn

_NO_END = date(9999, 12, 31)


async def load_ratio(session: AsyncSession, actor: Actor, *, wish: WorkloadRatioIn) -> WorkloadRatio:
    """Load a ratio by its document; the one without a last day ends the day before it begins.

    It never changes what is in the book: where its days were used by the one before, it is refused.
    """
    institution_id = actor.own_institution()
    standing = await queries.lock_ratios(
        session,
        institution_id=institution_id,
        first=wish.effective_from,
        last=wish.effective_to or _NO_END,
        share=False,
    )
    for ratio in standing:
        if ratio.effective_to is not None or ratio.effective_from >= wish.effective_from:
            raise _overlap(ratio)
        await _end_before(session, actor, ratio, wish.effective_from)
    exact = Fraction(wish.ratio)
    loaded = WorkloadRatio(
        institution_id=institution_id,
        numerator=exact.numerator,
        denominator=exact.denominator,
        document_number=wish.document_number,
        effective_from=wish.effective_from,
        effective_to=wish.effective_to,
        loaded_by=actor.id,
    )
    try:
        async with db.attempt(session):
            session.add(loaded)
            await session.flush()
    except IntegrityError:
        found = await queries.find_overlapping(
            session, institution_id=institution_id, first=wish.effective_from, last=wish.effective_to
        )
        if found is None:
            raise
        raise _overlap(found) from None
    await _record(session, actor, "load_workload_ratio", loaded, before=None)
    return loaded


async def _end_before(session: AsyncSession, actor: Actor, ratio: WorkloadRatio, day: date) -> None:
    used, last_on = await queries.count_used_after(session, ratio, day)
    if used:
        raise WorkloadRatioUsed(effective_from=day.isoformat(), records=used, last_on=str(last_on))
    before = _standing(ratio)
    ratio.effective_to = day - timedelta(days=1)
    await session.flush()
    await _record(session, actor, "end_workload_ratio", ratio, before=before)


def _overlap(ratio: WorkloadRatio) -> WorkloadRatioOverlaps:
    return WorkloadRatioOverlaps(
        document_number=ratio.document_number,
        effective_from=ratio.effective_from.isoformat(),
        effective_to=ratio.effective_to.isoformat() if ratio.effective_to else "-",
    )


def _standing(ratio: WorkloadRatio) -> audit.State:
    return changes.fields_of(ratio, "numerator", "denominator", "effective_from", "effective_to")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, ratio: WorkloadRatio, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=ratio.institution_id,
        object_kind=rules.RATIO_KIND,
        object_id=ratio.id,
        detail={"document": ratio.document_number},
        before=before,
        after=_standing(ratio),
    )
