"""Making and recalling links by which holders show their certificates, and noting who looked."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries, rules
from x_pilot_api.awards.errors import SharesTooMany
from x_pilot_api.awards.models import AwardShare, AwardShareView, ClientKind
from x_pilot_api.awards.schemas import AwardShareIn
from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import BodyInvalid, Fault, NotFound
from x_pilot_api.identity import queries as identity

_SECRET_BYTES = 24


@dataclass(frozen=True)
class Made:
    """A new link and its secret, which is nowhere kept."""

    share: AwardShare
    token: str = field(repr=False)


async def share_award(session: AsyncSession, actor: Actor, *, award_id: UUID, wish: AwardShareIn) -> Made:
    """Make a link to one of the actor's own certificates."""
    # Locked, so that of two links at once the second sees the first when they are counted.
    award = await queries.get_award(session, actor, award_id, lock=True)
    if actor.student_id is None or award.student_id != actor.student_id:
        raise NotFound(what="certificate", zh="证书")
    now = clock.now()
    if not now < wish.expires_at <= now + rules.LIFE_MAX:
        detail = f"must be after now, and at most {rules.LIFE_MAX.days} days from now"
        code = "less_than_equal" if wish.expires_at > now else "greater_than"
        fault: Fault = {"pointer": "/expires_at", "code": code, "detail": detail, "blocking": True}
        raise BodyInvalid(faults=[fault], count=1)
    count = await queries.count_open(session, award, now=now)
    if count >= rules.OPEN_MAX:
        raise SharesTooMany(count=count, limit=rules.OPEN_MAX)
    institution = await identity.get_institution(session, award.institution_id)
    token = f"{institution.code}-{secrets.token_urlsafe(_SECRET_BYTES)}"
    made = await session.scalars(
        insert(AwardShare)
        .values(
            institution_id=award.institution_id,
            award_id=award.id,
            student_id=actor.student_id,
            token_hash=queries.digest_of(token),
            fields=sorted(wish.fields),
            created_at=now,
            expires_at=wish.expires_at,
            views_max=wish.views_max,
        )
        .returning(AwardShare)
    )
    share = made.one()
    await _record(session, actor, "share_award", share, {"award_id": str(award.id), "fields": sorted(wish.fields)})
    return Made(share, token)


async def recall_share(session: AsyncSession, actor: Actor, *, share_id: UUID) -> AwardShare:
    """Let a link show nothing any more; recalling it twice leaves it recalled."""
    share = await queries.get_share(session, actor, share_id, lock=True)
    if share.recalled_at is None:
        share.recalled_at = clock.now()
        await session.flush()
        await _record(session, actor, "recall_share", share, {})
    return share


async def _record(session: AsyncSession, actor: Actor, deed: str, share: AwardShare, detail: dict[str, object]) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=share.institution_id,
        object_kind="award_share",
        object_id=share.id,
        detail=detail,
    )


async def note_view(session: AsyncSession, *, institution_id: UUID, share_id: UUID, client_kind: ClientKind) -> None:
    """Write down that somebody looked, and nothing of who; it is no deed of anybody we know."""
    await session.execute(
        insert(AwardShareView).values(institution_id=institution_id, share_id=share_id, client_kind=client_kind)
    )
