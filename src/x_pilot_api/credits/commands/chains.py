"""Loading the chain that conversions go, version after version."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.errors import ConversionPolicyInPast
from x_pilot_api.credits.models import ConversionPolicy
from x_pilot_api.credits.schemas import ConversionPolicyIn


async def load_conversion_policy(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: ConversionPolicyIn, today: date
) -> ConversionPolicy:
    """Load the next version of the chain; what was asked for before goes on the way it was asked for."""
    latest = await queries.find_latest_policy(session, institution_id)
    if latest is not None and _says_the_same(latest, wish):
        return latest
    earliest = max(today, latest.effective_from) if latest else today
    if wish.effective_from < earliest:
        raise ConversionPolicyInPast(effective_from=str(wish.effective_from), earliest=str(earliest))
    policy = ConversionPolicy(
        institution_id=institution_id,
        version=latest.version + 1 if latest else 1,
        loaded_by=actor.id,
        **wish.model_dump(),
    )
    session.add(policy)
    await session.flush()
    await session.refresh(policy)
    await audit.record(
        session,
        actor,
        "load_conversion_policy",
        institution_id=institution_id,
        object_kind=rules.POLICY_KIND,
        object_id=policy.id,
        detail=wish.model_dump(mode="json") | {"version": policy.version},
    )
    return policy


def _says_the_same(policy: ConversionPolicy, wish: ConversionPolicyIn) -> bool:
    """Tell whether a version is loaded once more, so that it stays one."""
    told = (policy.steps, policy.on_loss, policy.document_number, policy.effective_from)
    return told == (list(wish.steps), wish.on_loss, wish.document_number, wish.effective_from)
