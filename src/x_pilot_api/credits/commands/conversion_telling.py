"""What is written down and told of deeds on conversions that are staged."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.credits import rules
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.commands import Announcement
from x_pilot_api.outbox.schemas import EventKind

_IDS = text("SELECT conversion_id FROM staged_conversions ORDER BY place")
_CREDITS = text("SELECT coalesce(sum(credit), 0)::bigint FROM staged_conversions WHERE is_towards")
_STATES = text("""
SELECT staged.conversion_id, conversion.state, conversion.awaits FROM staged_conversions AS staged
JOIN conversions AS conversion ON conversion.institution_id = :institution_id
    AND conversion.id = staged.conversion_id
ORDER BY staged.place
""")
_EVENTS = (
    ("awaiting", EventKind.CONVERSIONS_AWAITING),
    ("granted", EventKind.CONVERSIONS_GRANTED),
    ("ended", EventKind.CONVERSIONS_ENDED),
    ("flagged", EventKind.CONVERSIONS_FLAGGED),
)


async def list_ids(session: AsyncSession) -> Sequence[UUID]:
    """List the conversions that are staged, in their order."""
    return (await session.scalars(_IDS)).all()


async def sum_credits(session: AsyncSession) -> int:
    """Add up the credits of what is staged, in hundredths."""
    return (await session.execute(_CREDITS)).scalar_one()


async def tell(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID,
    document_number: str | None = None,
    answered_on: date | None = None,
    reason: str | None = None,
) -> None:
    """Write the deed into each conversion's own record and the audit, and tell the organisations concerned."""
    values = {
        "institution_id": institution_id,
        "deed": deed,
        "actor_id": actor.id,
        "document_number": document_number,
        "answered_on": answered_on,
        "reason": reason,
    }
    await session.execute(text(rules.TELL_DECISIONS), values)
    rows = (await session.execute(_STATES, {"institution_id": institution_id})).all()
    detail = {"document_number": document_number} if document_number else {}
    await audit.record_each(
        session,
        actor,
        f"{deed}_conversion",
        institution_id=institution_id,
        object_kind=rules.CONVERSION_KIND,
        objects={row.conversion_id: Told(detail | {"state": row.state, "awaits": row.awaits}) for row in rows},
    )
    told = (await session.execute(text(rules.TOLD))).all()
    await outbox.announce_each(
        session,
        actor,
        institution_id=institution_id,
        told=[
            Announcement(
                row.organisation_id, kind, "certificate_level", row.certificate_level_id, {"conversions": number}
            )
            for row in told
            for name, kind in _EVENTS
            if (number := getattr(row, name))
        ],
    )
