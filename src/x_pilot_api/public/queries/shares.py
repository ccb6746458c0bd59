"""Telling of a certificate what its holder chose to show."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries as awards
from x_pilot_api.awards import rules as award_rules
from x_pilot_api.awards.errors import ShareClosed
from x_pilot_api.awards.models import AwardShare, ShareField
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.row_security import act_within
from x_pilot_api.credits import queries as credits_
from x_pilot_api.exams import queries as exams
from x_pilot_api.public import rules
from x_pilot_api.public.schemas import SharedAwardOut


async def open_share(session: AsyncSession, token: str, *, now: datetime) -> AwardShare:
    """Find the link that a secret opens; refuse one that was recalled or whose time is over."""
    found = await awards.find_shared(session, token) if token.isprintable() else None
    if found is None:
        raise NotFound(what="share link", zh="分享链接")
    share = found.share
    if not award_rules.is_open(
        expires_at=share.expires_at,
        recalled_at=share.recalled_at,
        views_max=share.views_max,
        views=found.views,
        now=now,
    ):
        raise ShareClosed
    return share


async def tell_shared(session: AsyncSession, share: AwardShare, *, now: datetime) -> SharedAwardOut:
    """Tell what a link shows, as it stands now."""
    await act_within(session, institution_id=share.institution_id)
    award = await awards.get_shared_award(session, share)
    paper = await awards.newest_paper(session, award)
    facts = await awards.find_verified(session, paper.verification_code)
    assert facts is not None  # noqa: S101 - the code was just read
    chosen = set(share.fields)
    score = await exams.find_best_score(session, award) if ShareField.SCORE in chosen else None
    credit = await credits_.find_credit_of(session, award) if ShareField.CREDIT in chosen else None

    def shown(field: ShareField, value: str) -> str | None:
        return value if field in chosen else None

    return SharedAwardOut(
        state=facts.state,
        is_test=facts.is_test,
        holder=shown(ShareField.FULL_NAME, facts.holder_name) or rules.mask_name(facts.holder_name),
        certificate=shown(ShareField.CERTIFICATE, facts.certificate_name),
        level=shown(ShareField.LEVEL, facts.level),
        organisation=shown(ShareField.ORGANISATION, facts.organisation_name),
        institution=shown(ShareField.INSTITUTION, facts.institution_name),
        number=shown(ShareField.NUMBER, facts.number),
        issued_on=facts.issued_on if ShareField.ISSUED_ON in chosen else None,
        score=score,
        credit=credit,
        shared_until=share.expires_at,
        as_of=now,
    )
