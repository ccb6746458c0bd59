"""Making mails of messages ready, and writing down what became of each try; nothing is held while they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.mail import Fate, Letter, Sent
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.inbox import queries, rules
from x_pilot_api.inbox.models import Mail, MailAddress, MailState

CLAIMED_MAX = 50
LEASE = timedelta(minutes=5)
"""Who claims mails has so long to send them; then they are due again, under the same reference."""

_CLAIM = text("""
UPDATE mails SET next_attempt_at = :leased_until
WHERE institution_id = :institution_id AND id IN (
    SELECT id FROM mails
    WHERE institution_id = :institution_id AND batch_id = :batch_id AND state = 'waiting' AND next_attempt_at <= :at
    ORDER BY id LIMIT :size FOR NO KEY UPDATE SKIP LOCKED)
RETURNING id, message_id, person_id
""")

_CLOSING = "\n\n本邮件由 X-Pilot 自动发出，请登录后查看详情。\nSent by X-Pilot; sign in to see more.\n"


@dataclass(frozen=True)
class Posted:
    """One mail ready to be sent, and what it is of."""

    mail_id: UUID
    person_id: UUID
    letter: Letter


async def claim(
    session: AsyncSession, *, institution_id: UUID, batch_id: UUID, sealer: Sealer, at: datetime
) -> list[Posted] | None:
    """Take some due mails of a batch for this sender alone; None when none is due.

    Whose message or address is gone meanwhile is dropped, and what was read in the inbox is mailed all the same.
    """
    values = {"institution_id": institution_id, "batch_id": batch_id, "at": at, "leased_until": at + LEASE}
    claimed = (await session.execute(_CLAIM, values | {"size": CLAIMED_MAX})).all()
    if not claimed:
        return None
    messages = await queries.find_messages(
        session, institution_id=institution_id, ids=[row.message_id for row in claimed]
    )
    addresses = await queries.find_addresses(session, [row.person_id for row in claimed])
    ready = [row for row in claimed if row.message_id in messages and row.person_id in addresses]
    lost = [row.id for row in claimed if row not in ready]
    if lost:
        dropped = update(Mail).where(Mail.institution_id == institution_id, Mail.id.in_(lost))
        await session.execute(dropped.values(state=MailState.DROPPED))
    posted: list[Posted] = []
    for row in sorted(ready, key=lambda row: row.id):
        message = messages[row.message_id]
        title, words = rules.words(message.kind, message.figures)
        letter = Letter(
            reference=row.id,
            recipient=queries.open_address(addresses[row.person_id], sealer),
            subject=f"{title.zh} / {title.en}",
            text=f"{words.zh}\n\n{words.en}{_CLOSING}",
        )
        posted.append(Posted(row.id, row.person_id, letter))
    return posted


async def keep_fates(
    session: AsyncSession, *, institution_id: UUID, posted: Sequence[Posted], sent: Sequence[Sent], at: datetime
) -> None:
    """Write down what became of mails: sent, later again, refused for good, or given up."""
    fates = {one.mail_id: fate for one, fate in zip(posted, sent, strict=True)}
    held = select(Mail).where(Mail.institution_id == institution_id, Mail.id.in_(fates)).order_by(Mail.id)
    for mail in await session.scalars(held.with_for_update()):
        fate = fates[mail.id]
        mail.attempts += 1
        mail.last_status, mail.last_error = fate.status, fate.error
        pause = rules.pause_after(mail.attempts)
        if fate.fate is Fate.TAKEN:
            mail.state, mail.sent_at = MailState.SENT, at
        elif fate.fate in {Fate.ADDRESS_REFUSED, Fate.LETTER_REFUSED}:
            mail.state = MailState.REFUSED
        elif pause is None:
            mail.state = MailState.FAILED
        else:
            mail.next_attempt_at = at + pause
    await session.flush()
    for one, fate in sorted(zip(posted, sent, strict=True), key=lambda pair: pair[0].person_id):
        if fate.fate is Fate.ADDRESS_REFUSED:
            await refuse_address(session, person_id=one.person_id, status=fate.status, at=at)


async def refuse_address(session: AsyncSession, *, person_id: UUID, status: int | None, at: datetime) -> None:
    """Write down that a receiving server refuses an address for good, so that nothing more goes there."""
    refused = update(MailAddress).where(MailAddress.person_id == person_id, MailAddress.refused_at.is_(None))
    await session.execute(refused.values(refused_at=at, refused_status=status or 0))
