"""Finding links by which certificates are shown, and who looked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import rules
from x_pilot_api.awards.models import Award, AwardShare, AwardShareView, ShareField
from x_pilot_api.awards.schemas import AwardShareOut
from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Institution


@dataclass(frozen=True)
class Shared:
    """One link that somebody opened, and how often it was looked at before."""

    share: AwardShare
    views: int


def digest_of(token: str) -> bytes:
    """Tell what is kept of a link's secret."""
    return hashlib.sha256(token.encode()).digest()


def shares_of(actor: Actor) -> Select[AwardShare]:
    """Select the links that the holder made themself."""
    if actor.student_id is None:
        return select(AwardShare).where(false())
    return select(AwardShare).where(
        AwardShare.institution_id == actor.institution_id, AwardShare.student_id == actor.student_id
    )


async def get_share(session: AsyncSession, actor: Actor, share_id: UUID, *, lock: bool = False) -> AwardShare:
    """Read one link of the holder."""
    statement = shares_of(actor).where(AwardShare.id == share_id)
    return await lookups.get_one(session, statement, what="share link", zh="分享链接", lock=lock)


async def list_shares(
    session: AsyncSession, actor: Actor, award: Award, *, wish: PageWish
) -> tuple[list[AwardShareOut], str | None]:
    """List the holder's links to one certificate, oldest first."""
    statement = shares_of(actor).where(AwardShare.award_id == award.id)
    rows, token = await page_of(session, statement, order=(AwardShare.id,), wish=wish)
    return await tell_shares(session, rows), token


async def count_open(session: AsyncSession, award: Award, *, now: datetime) -> int:
    """Count the links to a certificate whose time is not over."""
    statement = (
        select(func.count())
        .select_from(AwardShare)
        .where(
            AwardShare.institution_id == award.institution_id,
            AwardShare.award_id == award.id,
            AwardShare.recalled_at.is_(None),
            AwardShare.expires_at > now,
        )
    )
    return int((await session.execute(statement)).scalar_one())


async def tell_shares(session: AsyncSession, rows: Sequence[AwardShare]) -> list[AwardShareOut]:
    """Tell links with how often they were looked at, in one statement however many they are."""
    statement = (
        select(AwardShareView.share_id, func.count().label("views"), func.max(AwardShareView.seen_at).label("last"))
        .where(
            AwardShareView.institution_id.in_({row.institution_id for row in rows}),
            AwardShareView.share_id.in_([row.id for row in rows]),
        )
        .group_by(AwardShareView.share_id)
    )
    seen = {row.share_id: row for row in (await session.execute(statement)).all()} if rows else {}
    now = clock.now()
    told: list[AwardShareOut] = []
    for row in rows:
        found = seen.get(row.id)
        views = int(found.views) if found else 0
        told.append(
            AwardShareOut(
                id=row.id,
                award_id=row.award_id,
                fields=[ShareField(name) for name in row.fields],
                created_at=row.created_at,
                expires_at=row.expires_at,
                views_max=row.views_max,
                views=views,
                last_seen_at=found.last if found else None,
                recalled_at=row.recalled_at,
                is_open=rules.is_open(
                    expires_at=row.expires_at,
                    recalled_at=row.recalled_at,
                    views_max=row.views_max,
                    views=views,
                    now=now,
                ),
            )
        )
    return told


async def list_views(
    session: AsyncSession, share: AwardShare, *, wish: PageWish
) -> tuple[Sequence[AwardShareView], str | None]:
    """List who looked at a link, oldest first."""
    statement = select(AwardShareView).where(
        AwardShareView.institution_id == share.institution_id, AwardShareView.share_id == share.id
    )
    return await page_of(session, statement, order=(AwardShareView.seen_at, AwardShareView.id), wish=wish)


async def find_shared(session: AsyncSession, token: str) -> Shared | None:
    """Find the link a secret opens; the secret says which institution to ask."""
    institution_code, _, _ = token.partition("-")
    statement = (
        select(AwardShare)
        .join(Institution, Institution.id == AwardShare.institution_id)
        .where(Institution.code == institution_code, AwardShare.token_hash == digest_of(token))
    )
    share = (await session.scalars(statement)).one_or_none()
    if share is None:
        return None
    counted = (
        select(func.count())
        .select_from(AwardShareView)
        .where(AwardShareView.institution_id == share.institution_id, AwardShareView.share_id == share.id)
    )
    return Shared(share, int((await session.execute(counted)).scalar_one()))


async def get_shared_award(session: AsyncSession, share: AwardShare) -> Award:
    """Read the certificate that a link shows."""
    statement = select(Award).where(Award.institution_id == share.institution_id, Award.id == share.award_id)
    return (await session.scalars(statement)).one()
