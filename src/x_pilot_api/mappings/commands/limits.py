"""Loading limits of policy, version after version, and withdrawing one that has not taken effect."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.mappings import queries, rules
from x_pilot_api.mappings.models import PolicyLimit
from x_pilot_api.mappings.schemas import PolicyLimitIn


async def load_limit(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: PolicyLimitIn, today: date
) -> PolicyLimit:
    """Load the next version of a limit; the version in force ends the day it starts."""
    if wish.certificate_level_id is not None:
        await certificates.get_level(session, wish.certificate_level_id)
    if wish.certificate_id is not None:
        await certificates.get_certificate(session, wish.certificate_id)
    await queries.lock_limits(session, institution_id)
    limit = PolicyLimit(
        institution_id=institution_id,
        **wish.model_dump(exclude={"credit"}),
        credit_hundredths=wish.credit,
        loaded_to=wish.effective_to,
        loaded_by=actor.id,
    )
    series = await queries.list_series(session, limit)
    earlier = rules.version_giving_way(
        series, effective_from=wish.effective_from, effective_to=wish.effective_to, today=today
    )
    if earlier is not None:
        was = changes.fields_of(earlier, "effective_to")
        earlier.effective_to = wish.effective_from
        # Written first, since the database checks row by row that one version holds on a day.
        await session.flush()
        await _record(session, actor, "end_policy_limit", earlier, before=was)
    limit.version = max((other.version for other in series), default=0) + 1
    session.add(limit)
    await session.flush()
    await session.refresh(limit)
    await _record(session, actor, "load_policy_limit", limit, basis=limit.document_number)
    return limit


async def withdraw_limit(
    session: AsyncSession, actor: Actor, *, limit_id: UUID, reason: str, today: date
) -> PolicyLimit:
    """Withdraw a version that has not taken effect; the one that was to end for it goes on."""
    seen = await queries.get_limit(session, actor, limit_id)
    await queries.lock_limits(session, seen.institution_id)
    series = await queries.list_series(session, seen)
    limit = next(other for other in series if other.id == seen.id)
    if limit.withdrawn_at is not None:
        return limit
    rules.check_limit_withdrawable(limit, today=today)
    was = changes.fields_of(limit, "withdrawn_at", "effective_to")
    limit.withdrawn_at = clock.now()
    await session.flush()
    prolonged = rules.version_to_prolong(series, limit)
    if prolonged is not None:
        earlier, end = prolonged
        before = changes.fields_of(earlier, "effective_to")
        earlier.effective_to = end
        await session.flush()
        await _record(session, actor, "prolong_policy_limit", earlier, before=before)
    await _record(session, actor, "withdraw_policy_limit", limit, before=was, reason=reason)
    return limit


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    limit: PolicyLimit,
    *,
    before: dict[str, object] | None = None,
    **detail: object,
) -> None:
    figures = {"code": limit.code, "version": limit.version}
    await audit.record(
        session,
        actor,
        deed,
        institution_id=limit.institution_id,
        object_kind=rules.LIMIT_KIND,
        object_id=limit.id,
        detail=figures | detail,
        before=before,
        after=changes.fields_of(
            limit, "credit_hundredths", "percent", "days", "is_waived", "effective_from", "effective_to", "withdrawn_at"
        ),
    )
